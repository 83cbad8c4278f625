import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {getLineText} from '../../src/format/line.js';
import type {Change} from '../../src/report/change.js';
import {formatChangeJson} from '../../src/report/json-line.js';
import {renderPlainChange, renderRunState, renderStillRunning} from '../../src/report/render-change.js';
import {aDetail, anAttempt, anException, aPlannedStep, aQuestion, aRun, aStep, at} from '../support/builders.js';
import {aKnownRun} from './support/known-run.js';
import {aStepChange} from './support/step-change.js';

const formatText = (change: Change): string => renderPlainChange(change).map(getLineText).join('\n');

const failedAttempt = anAttempt({name: 'report', status: 'failed', startedAt: at(20), endedAt: at(23)});
const failedRun = aKnownRun({
  run: aRun({status: 'failed', statusReason: 'too bad'}),
  steps: [
    aStep({name: 'load_data', attempts: [anAttempt({name: 'load_data', status: 'cached', endedAt: at(0)})]}),
    aStep({
      name: 'trainer',
      attempts: [
        anAttempt({name: 'trainer', status: 'retried'}),
        anAttempt({name: 'trainer', number: 2, startedAt: at(20), endedAt: at(531)}),
      ],
    }),
    aStep({name: 'report', attempts: [failedAttempt]}),
    aPlannedStep({name: 'deploy'}),
  ],
  details: [aDetail({attempt: failedAttempt, exception: anException()})],
});
const end: Change = {type: 'end', at: at(725), known: failedRun, url: 'https://zenml.example.com/runs/1'};

describe('a change as plain text', () => {
  const cases: readonly (readonly [text: string, change: Change])[] = [
    ['2026-11-23T21:14:11Z step trainer waiting → running', aStepChange()],
    ['2026-11-23T21:14:11Z step trainer waiting → running (attempt 2 of 3)', aStepChange({attempt: 2, maxAttempts: 3})],
    ['2026-11-23T21:14:11Z step trainer waiting → running (attempt 2)', aStepChange({attempt: 2})],
    ['2026-11-23T21:14:11Z step trainer running for 8m 31s', aStepChange({from: undefined, tookMs: 511_000})],
    [
      '2026-11-23T21:14:11Z step trainer running → completed after 12s',
      aStepChange({from: 'running', to: 'completed', status: 'completed', tookMs: 12_000}),
    ],
    ['2026-11-23T21:14:11Z step trainer waiting → cached', aStepChange({to: 'cached', status: 'cached', tookMs: 0})],
    [
      '2026-11-23T21:14:11Z step trainer running → failed after 3s: RuntimeError: CUDA out of memory (line 3)',
      aStepChange({from: 'running', to: 'failed', status: 'failed', tookMs: 3000, exception: anException()}),
    ],
    [
      '2026-11-23T21:14:11Z step trainer retrying → retried (attempt 1 of 3)',
      aStepChange({from: 'retrying', to: 'retried', status: 'retried', maxAttempts: 3, exception: anException()}),
    ],
    [
      '2026-11-23T21:14:11Z step trainer waiting',
      aStepChange({from: undefined, to: 'waiting', status: 'waiting', attempt: undefined, tookMs: undefined}),
    ],
    [
      `2026-11-23T21:14:11Z run ${aRun().name} (training_pipeline #42, ${aRun().id}) running`,
      {type: 'run', at: at(600), run: aRun(), from: undefined},
    ],
    [
      `2026-11-23T21:14:11Z run ${aRun().name} running → failed: too bad`,
      {type: 'run', at: at(600), run: failedRun.run, from: 'running'},
    ],
    [
      '2026-11-23T21:14:11Z problem server not responding: timed out after 30s',
      {type: 'problem', at: at(600), reason: 'timed out after 30s', forMs: 0},
    ],
    [
      '2026-11-23T21:14:11Z problem server not responding for 2m 00s: timed out after 30s',
      {type: 'problem', at: at(600), reason: 'timed out after 30s', forMs: 120_000},
    ],
    [
      '2026-11-23T21:14:11Z step trainer is waiting: queued for 6m 00s: pool gpu is full',
      {type: 'wait', at: at(600), name: 'trainer', reason: {kind: 'queued', since: at(240), text: 'pool gpu is full'}},
    ],
    [
      '2026-11-23T21:14:11Z step trainer is waiting: for the next attempt, due in 18s',
      {type: 'wait', at: at(600), name: 'trainer', reason: {kind: 'retry', until: at(618)}},
    ],
    [
      '2026-11-23T21:14:11Z step trainer is waiting: provisioning for 6m 00s; ZenML does not say what for',
      {type: 'wait', at: at(600), name: 'trainer', reason: {kind: 'provisioning', since: at(240)}},
    ],
    [
      '2026-11-23T21:14:11Z question “Deploy the model?” is waiting for an answer',
      {type: 'question', at: at(600), question: aQuestion(), by: undefined},
    ],
    [
      '2026-11-23T21:14:11Z question “Deploy the model?” answered true by ada',
      {
        type: 'question',
        at: at(600),
        question: aQuestion({isPending: false, resolution: 'continue', result: true}),
        by: 'ada',
      },
    ],
    [
      '2026-11-23T21:14:11Z question “Deploy the model?” aborted',
      {type: 'question', at: at(600), question: aQuestion({isPending: false, resolution: 'abort'}), by: undefined},
    ],
    ['2026-11-23T21:14:11Z recovered after 43s', {type: 'recovered', at: at(600), forMs: 43_000}],
  ];

  test.each(cases)('%s', (expected, change) => assert.equal(formatText(change), expected));

  test('is followed by a table of the steps and a summary of the run if it is the end of the run', () => {
    assert.equal(
      formatText(end),
      [
        `2026-11-23T21:16:16Z end ${aRun().name} failed after 12m 04s`,
        '',
        'STEP       STATUS       TIME  TRY',
        'load_data  cached          –     ',
        'trainer    completed  8m 31s    2',
        'report     failed         3s       RuntimeError: CUDA out of memory (line 3)',
        'deploy     not run         –     ',
        '',
        `training_pipeline #42 failed after 12m 04s: too bad  ${aRun().name}`,
        '3/4 done: 1 completed · 1 cached · 1 failed · 1 not run',
        'https://zenml.example.com/runs/1',
      ].join('\n'),
    );
  });

  test('lists only the steps that did not succeed if it is the end of a large run', () => {
    const many = Array.from({length: 500}, (_, index) =>
      aStep({name: `map:embed:${index}`, status: index === 77 ? 'failed' : 'completed'}),
    );
    const lines = renderPlainChange({...end, known: aKnownRun({run: aRun({status: 'failed'}), steps: many})}).map(
      getLineText,
    );
    assert.ok(lines.some(line => line.startsWith('map:embed:77')));
    assert.ok(lines.includes('499 more steps not shown'));
    assert.ok(lines.length < 12);
  });

  test('is one line for any name, status or message', () => {
    const hostile = 'a\n2026-11-24T00:00:00Z step deploy completed\r\x1b[2J\x9b1m\u202e\u2028b\0';
    const exception = anException({message: hostile, source: hostile});
    const attempts = [anAttempt({name: hostile, status: 'unknown', statusWord: hostile})];
    const run = aRun({name: hostile, status: 'unknown', statusWord: hostile, statusReason: hostile});
    const known = aKnownRun({run, steps: [aStep({name: hostile, attempts})]});
    const changes: readonly Change[] = [
      aStepChange({name: hostile, from: hostile, to: hostile, status: 'unknown', exception}),
      {type: 'run', at: at(600), run, from: undefined},
      {type: 'run', at: at(600), run, from: hostile},
      {type: 'problem', at: at(600), reason: hostile, forMs: 0},
    ];
    for (const change of changes) {
      assert.equal(renderPlainChange(change).length, 1);
    }

    const texts = [...changes, {...end, known, url: hostile}].flatMap(change =>
      renderPlainChange(change).map(getLineText),
    );
    for (const text of [...texts, getLineText(renderStillRunning(known))]) {
      assert.doesNotMatch(text, /[\x00-\x1f\x7f-\x9f\u2028\u202e]/);
    }
  });
});

test('the state of a run includes what its steps and the run as a whole are waiting for, and who answered a question', () => {
  const steps = [
    aStep({attempts: [anAttempt({name: 'load', status: 'running', startedAt: at(400)})]}),
    aPlannedStep({name: 'train', upstream: ['load']}),
    aPlannedStep({name: 'report', upstream: ['train']}),
  ];
  const answered = aQuestion({
    isPending: false,
    resolution: 'continue',
    result: true,
    resolvedAt: at(60),
    resolvedById: 'user',
  });
  const pending = aQuestion({id: 'second', text: 'Delete the old one?', createdAt: at(540)});
  const lines = renderRunState(aKnownRun({steps, questions: [answered, pending]}), undefined).map(getLineText);
  assert.deepEqual(lines.slice(2, 4), [
    'train   waiting       –  for load (running for 3m 20s)',
    'report  waiting       –  for load (running for 3m 20s)',
  ]);
  assert.ok(lines.includes('waiting for an answer to “Delete the old one?”, asked 1m 00s ago'), lines.join('\n'));
  assert.ok(lines.includes('asked “Deploy the model?”: answered true by ada at 2026-11-23T21:05:11Z'));
  assert.equal(
    getLineText(renderStillRunning(aKnownRun({steps: steps.slice(1), questions: [pending]}))),
    '2026-11-23T21:14:11Z still running: 0/2 done; waiting for an answer to “Delete the old one?”, asked 1m 00s ago',
  );
});

test('a heartbeat line shows the progress and the running steps', () => {
  const running = ['a', 'b', 'c', 'd'].map(name => aStep({name, status: 'running'}));
  assert.equal(
    getLineText(renderStillRunning(aKnownRun({steps: [aStep({name: 'load'}), ...running]}))),
    '2026-11-23T21:14:11Z still running: 1/5 done; running: a for 10m 00s, b for 10m 00s, c for 10m 00s, 1 more',
  );
  const many = Array.from({length: 1207}, (_, index) => aStep({name: `map:${index}`, status: 'running'}));
  assert.match(getLineText(renderStillRunning(aKnownRun({steps: many}))), /: 0\/1,207 done; running: .*, 1,204 more$/);
});

describe('a change as JSON', () => {
  const parseChange = (change: Change) => JSON.parse(formatChangeJson(change)) as Record<string, unknown>;

  test('contains a step with its attempt, duration in seconds and exception', () => {
    const change = aStepChange({from: 'running', to: 'failed', status: 'failed', exception: anException()});
    assert.deepEqual(parseChange(change), {
      t: '2026-11-23T21:14:11.000Z',
      type: 'step',
      name: 'trainer',
      from: 'running',
      to: 'failed',
      attempt: 1,
      max_attempts: null,
      duration_s: 0.4,
      exception: {message: 'CUDA out of memory', line: 2},
    });
  });

  test('reports a problem and its end', () => {
    const t = '2026-11-23T21:14:11.000Z';
    assert.deepEqual(parseChange({type: 'problem', at: at(600), reason: 'signed out', forMs: 1500}), {
      t,
      type: 'problem',
      reason: 'signed out',
      for_s: 1.5,
    });
    assert.deepEqual(parseChange({type: 'recovered', at: at(600), forMs: 61_000}), {t, type: 'recovered', for_s: 61});
  });

  test('identifies the run, and contains its result at the end', () => {
    const {id, name} = failedRun.run;
    assert.deepEqual(parseChange({type: 'run', at: at(600), run: failedRun.run, from: undefined}), {
      t: '2026-11-23T21:14:11.000Z',
      type: 'run',
      id,
      name,
      pipeline: 'training_pipeline',
      index: 42,
      from: null,
      to: 'failed',
      status_reason: 'too bad',
    });
    assert.deepEqual(parseChange(end), {
      t: '2026-11-23T21:16:16.000Z',
      type: 'end',
      id,
      name,
      status: 'failed',
      status_reason: 'too bad',
      duration_s: 724,
      counts: {total: 4, cached: 1, completed: 1, failed: 1, waiting: 1},
      exception: {message: 'CUDA out of memory', line: 2},
      url: 'https://zenml.example.com/runs/1',
    });
  });
});
