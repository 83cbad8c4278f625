import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodeStepDetail} from '../../../src/api/decode/step-detail.js';
import {decodeRecord} from '../../../src/api/decode/wire.js';
import {formatFailureReason} from '../../../src/format/detail/attempt-lines.js';
import {buildAttemptRows} from '../../../src/format/detail/attempt-rows.js';
import {buildHeadline} from '../../../src/format/detail/headline.js';
import {readRecording} from '../../api/recorded.js';
import {aDetail, anAttempt, anException, aPlannedStep, aStep, at} from '../../support/builders.js';
import {traceback} from '../../support/screens.js';

const first = anAttempt({status: 'retried', number: 1, startedAt: at(0), endedAt: at(41)});
const second = anAttempt({status: 'running', number: 2, startedAt: at(51)});
const step = aStep({attempts: [first, second]});
const detail = aDetail({attempt: first, exception: anException({message: 'CUDA out of\nmemory'})});
const input = {
  step,
  isRunOver: false,
  now: at(562),
  width: 80,
  findDetail: (id: string) => (id === first.id ? detail : undefined),
  getUtcOffset: () => 0,
};

test('shows one row per attempt, with the reason for a failure if known', () => {
  assert.deepEqual(buildAttemptRows(input), [
    {attempt: '1', status: 'retried', started: '21:04:11', took: '41s', why: 'CUDA out of⏎memory'},
    {attempt: '2', status: 'running', started: '21:05:02', took: '8m 31s', why: ''},
  ]);
});

test('cuts the reason when narrow, then drops it, the start and the duration, in this order', () => {
  assert.deepEqual(buildAttemptRows({...input, width: 56})[0], {
    attempt: '1',
    status: 'retried',
    started: '21:04:11',
    took: '41s',
    why: 'CUDA out of…',
  });
  assert.deepEqual(Object.keys(buildAttemptRows({...input, width: 50})[0]!), ['attempt', 'status', 'started', 'took']);
  assert.deepEqual(Object.keys(buildAttemptRows({...input, width: 36})[0]!), ['attempt', 'status', 'took']);
  assert.deepEqual(Object.keys(buildAttemptRows({...input, width: 20})[0]!), ['attempt', 'status']);
});

test('has no column for reasons if none is known', () => {
  assert.ok(!('why' in buildAttemptRows({...input, findDetail: () => undefined})[0]!));
});

test('shows name, status and duration in the headline', () => {
  const context = {isRunOver: false, now: at(562), nameCells: 20};
  assert.deepEqual(buildHeadline({step, attempt: second, ...context}), {
    name: 'trainer',
    word: 'running',
    tone: 'busy',
    duration: '8m 31s',
  });
  assert.deepEqual(
    buildHeadline({step: aPlannedStep({name: 'map:embed_everything:1199'}), attempt: undefined, ...context}),
    {
      name: 'map:embed_…hing:1199',
      word: 'waiting',
      tone: 'waiting',
      duration: '',
    },
  );
  const cached = anAttempt({status: 'cached', endedAt: at(0)});
  assert.equal(buildHeadline({step, attempt: cached, ...context}).duration, '');
  const {word, tone} = buildHeadline({step, attempt: second, ...context, isRunOver: true});
  assert.deepEqual([word, tone], ['running?', 'warning']);
});

test('without a stored message, takes the reason from the traceback: its last line, or else the line of code that failed', () => {
  const page = decodeStepDetail(decodeRecord(readRecording('0.84.3', 'step_retry_retried').body))!;
  assert.equal(page.exception?.message, undefined);
  assert.match(formatFailureReason(page.exception)!, /^raise \w+/);
  assert.equal(
    formatFailureReason(anException({message: undefined, source: undefined, traceback})),
    'RuntimeError: CUDA out of memory',
  );
});
