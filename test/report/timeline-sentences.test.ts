import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getLineText} from '../../src/format/line.js';
import {renderTimelineSentences} from '../../src/report/timeline-sentences.js';
import {aDetail, anAttempt, aPlannedStep, aQuestion, aRun, aStep, at} from '../support/builders.js';
import {aKnownRun} from './support/known-run.js';

const aTimedStep = (
  name: string,
  upstream: readonly string[],
  ...attempts: readonly Parameters<typeof anAttempt>[0][]
) => aStep({name, upstream, attempts: attempts.map((each, index) => anAttempt({name, number: index + 1, ...each}))});

test('says in a sentence what each step waited for, how long it ran, and whether it is on the critical path', () => {
  const known = aKnownRun({
    run: aRun({status: 'running', startedAt: at(0)}),
    steps: [
      aTimedStep('ingest', [], {startedAt: at(1), endedAt: at(61)}),
      aTimedStep('labels', [], {status: 'cached', startedAt: at(1), endedAt: at(1)}),
      aTimedStep(
        'train',
        ['ingest'],
        {status: 'retried', startedAt: at(80), endedAt: at(100)},
        {number: 2, status: 'running', startedAt: at(110)},
      ),
      aPlannedStep({name: 'deploy', upstream: ['train']}),
    ],
    now: at(150),
  });
  assert.deepEqual(renderTimelineSentences(known).map(getLineText).slice(-4), [
    'ingest ran for 1m 00s, status completed, on the critical path.',
    'labels was cached.',
    'train waited 19s, has been running for 1m 00s in 2 attempts, on the critical path.',
    'deploy has not started.',
  ]);
  assert.match(getLineText(renderTimelineSentences(known)[0]!), /^critical path so far: ingest > train$/);
});

test('says how long a child run ran, and how long questions waited', () => {
  const known = {
    ...aKnownRun({
      run: aRun({status: 'running', startedAt: at(0)}),
      steps: [aTimedStep('train', [], {startedAt: at(1), endedAt: at(10)})],
      questions: [
        aQuestion({isPending: false, createdAt: at(20), resolvedAt: at(40)}),
        aQuestion({id: 'second', name: 'publish', createdAt: at(50)}),
      ],
      now: at(60),
    }),
    childRuns: [
      {
        id: undefined,
        name: 'tune',
        status: {status: 'completed', statusWord: 'completed'} as const,
        startedAt: at(11),
        durationMs: 8000,
      },
    ],
  };
  assert.deepEqual(renderTimelineSentences(known).map(getLineText).slice(-3), [
    'The question approve waited 20s for its answer, on the critical path.',
    'The question publish has waited 10s for an answer, on the critical path.',
    'The child run tune ran for 8s, status completed, on the critical path.',
  ]);
});

test('says that the status of a child run is unknown', () => {
  const status = {status: 'unknown', statusWord: 'archived'} as const;
  const known = {
    ...aKnownRun({run: aRun({startedAt: at(0)}), steps: [], now: at(60)}),
    childRuns: [{id: undefined, name: 'tune', status, startedAt: at(11), durationMs: 8000}],
  };
  assert.match(
    renderTimelineSentences(known).map(getLineText).join(' '),
    /The child run tune ran for 8s, status unknown/,
  );
});

test('says how far along a running step is', () => {
  const attempt = anAttempt({name: 'train', status: 'running', startedAt: at(10)});
  const known = aKnownRun({
    run: aRun({status: 'running', startedAt: at(0)}),
    steps: [aStep({name: 'train', attempts: [attempt]})],
    details: [aDetail({attempt, metadata: {epoch: 7, total: 20, loss: 0.213}})],
    now: at(60),
  });
  assert.deepEqual(renderTimelineSentences(known).map(getLineText), [
    'train has been running for 50s, on the critical path, at epoch 7/20 loss 0.213.',
  ]);
});

test('says that a retry is awaited', () => {
  const known = aKnownRun({
    run: aRun({status: 'running', startedAt: at(0)}),
    steps: [aTimedStep('train', [], {status: 'retried', startedAt: at(10), endedAt: at(40)})],
    now: at(60),
  });
  assert.deepEqual(renderTimelineSentences(known).map(getLineText), [
    'train ran for 30s and is waiting for another attempt, on the critical path.',
  ]);
});
