import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {findCriticalPath, sumSegments} from '../../../src/domain/timeline/critical-path.js';
import {buildRunSpans} from '../../../src/domain/timeline/run-spans.js';
import {computeSaving} from '../../../src/domain/timeline/saving.js';
import {type AttemptSpan, getWorkMs, type RunTimes, type StepSpan} from '../../../src/domain/timeline/step-span.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {anAttempt, aStep, at} from '../../support/builders.js';

const second = 1000;

type SpanOptions = {readonly upstream?: readonly string[]; readonly isLive?: boolean; readonly isInstant?: boolean};

/** A span from attempts given as pairs of seconds. */
const aSpan = (
  name: string,
  attempts: readonly (readonly [number, number])[],
  {upstream = [], isLive = false, isInstant = false}: SpanOptions = {},
): StepSpan => {
  const spans = attempts.map(
    ([from, to], index): AttemptSpan => ({
      number: index + 1,
      status: index < attempts.length - 1 ? 'retried' : isLive ? 'running' : 'completed',
      startedAt: from * second,
      endedAt: to * second,
      isLive: isLive && index === attempts.length - 1,
      isEndUnknown: false,
      clockBehindMs: 0,
    }),
  );
  return {
    name,
    attempts: spans,
    startedAt: Math.min(...spans.map(each => each.startedAt)),
    endedAt: Math.max(...spans.map(each => each.endedAt)),
    isLive,
    isInstant,
    isRetryPending: false,
    kind: 'step',
    upstream,
  };
};

const aRunUntil = (until: number): RunTimes => ({
  startedAt: 0,
  until: until * second,
  isOver: true,
});

const describeSegments = (spans: readonly StepSpan[], run: RunTimes, origin = 0): readonly string[] =>
  (findCriticalPath(spans, run)?.segments ?? []).map(
    ({kind, step = '', startedAt, endedAt}) =>
      `${kind} ${step} ${(startedAt - origin) / second}-${(endedAt - origin) / second}`,
  );

/** A diamond: `features_b` is the slowest branch, and `train` had to be retried. */
const diamond = [
  aSpan('ingest', [[2, 60]]),
  aSpan('features_a', [[60, 100]], {upstream: ['ingest']}),
  aSpan('features_b', [[61, 200]], {upstream: ['ingest']}),
  aSpan(
    'train',
    [
      [201, 300],
      [320, 500],
    ],
    {upstream: ['features_a', 'features_b']},
  ),
];

describe('the critical path', () => {
  test('goes through the branch that ended last, with a segment for each attempt and pause', () => {
    assert.deepEqual(describeSegments(diamond, aRunUntil(505)), [
      'startup ingest 0-2',
      'work ingest 2-60',
      'wait features_b 60-61',
      'work features_b 61-200',
      'wait train 200-201',
      'failed train 201-300',
      'pause train 300-320',
      'work train 320-500',
      'tail  500-505',
    ]);
  });

  test('shows a long wait as a segment if no other step explains it', () => {
    const spans = [aSpan('dedupe', [[0, 70]]), aSpan('geocode', [[128, 428]], {upstream: ['dedupe']})];
    assert.deepEqual(describeSegments(spans, aRunUntil(428)), [
      'work dedupe 0-70',
      'wait geocode 70-128',
      'work geocode 128-428',
    ]);
  });

  test('goes through the step whose slot was taken if steps take turns', () => {
    const spans = [aSpan('a', [[0, 10]]), aSpan('b', [[10, 100]]), aSpan('c', [[101, 200]])];
    const path = findCriticalPath(spans, aRunUntil(200));
    assert.deepEqual(path?.steps, ['a', 'b', 'c']);
    assert.deepEqual([...(path?.slotSteps ?? [])].sort(), ['b', 'c']);
  });

  test('passes through cached steps without taking time', () => {
    const spans = [aSpan('load', [[1, 1]], {isInstant: true}), aSpan('train', [[2, 50]], {upstream: ['load']})];
    assert.deepEqual(findCriticalPath(spans, aRunUntil(50))?.steps, ['load', 'train']);
  });

  test('ends with a step that is running', () => {
    const spans = [aSpan('a', [[0, 10]]), aSpan('b', [[10, 90]], {upstream: ['a'], isLive: true})];
    assert.deepEqual(findCriticalPath(spans, {...aRunUntil(90), isOver: false})?.steps, ['a', 'b']);
  });

  test('ends with the step that the rest of the run is expected to wait for', () => {
    const spans = [
      aSpan('a', [[0, 50]]),
      ...['b', 'c'].map(name => aSpan(name, [[50, 90]], {upstream: ['a'], isLive: true})),
    ];
    assert.deepEqual(findCriticalPath(spans, {...aRunUntil(90), isOver: false}, ['b', 'd'])?.steps, ['a', 'b']);
  });

  test('continues with the steps that are expected to follow', () => {
    const path = findCriticalPath([aSpan('a', [[0, 50]], {isLive: true})], {...aRunUntil(50), isOver: false}, [
      'a',
      'b',
    ]);
    assert.deepEqual(path?.expectedSteps, ['b']);
  });

  test('counts the wait for another attempt as a pause of the step, not as time after the last step', () => {
    const table = createStepTable([
      aStep({
        name: 'train',
        attempts: [anAttempt({name: 'train', status: 'retried', startedAt: at(10), endedAt: at(40)})],
      }),
    ]);
    const run = {startedAt: at(0), until: at(60), isOver: false};
    assert.deepEqual(describeSegments(buildRunSpans(table, run), run, at(0)), [
      'startup train 0-10',
      'failed train 10-40',
      'pause train 40-60',
    ]);
  });

  test('orders child runs by time, because ZenML records no edges for them', () => {
    const child = {...aSpan('tune #1', [[13, 100]]), kind: 'child-run'} as const;
    const spans = [aSpan('prepare', [[0, 10]]), aSpan('other', [[0, 5]]), child, aSpan('select', [[101, 110]])];
    assert.deepEqual(findCriticalPath(spans, aRunUntil(110))?.steps, ['prepare', 'tune #1', 'select']);
  });

  const aQuestionSpan = (name: string, from: number, to: number) =>
    ({...aSpan(name, [[from, to]]), kind: 'question'}) as const;

  test('goes through a question that a step waited for, and counts its time as a wait', () => {
    const spans = [
      aSpan('train', [[0, 10]]),
      aSpan('deploy', [[61, 70]], {upstream: ['train']}),
      aQuestionSpan('approve', 11, 60),
    ];
    assert.deepEqual(findCriticalPath(spans, aRunUntil(70))?.steps, ['train', 'approve', 'deploy']);
    assert.deepEqual(describeSegments(spans, aRunUntil(70)), [
      'work train 0-10',
      'wait approve 10-11',
      'wait approve 11-60',
      'wait deploy 60-61',
      'work deploy 61-70',
    ]);
  });

  test('goes through a question and a child run however long the next step took to start after them', () => {
    const child = {...aSpan('tune #1', [[11, 20]]), kind: 'child-run'} as const;
    const train = aSpan('train', [[0, 10]]);
    const late = aSpan('deploy', [[100, 110]], {upstream: ['train']});
    assert.deepEqual(findCriticalPath([train, late, child, aQuestionSpan('approve', 21, 60)], aRunUntil(110))?.steps, [
      'train',
      'tune #1',
      'approve',
      'deploy',
    ]);
    assert.deepEqual(findCriticalPath([train, late, child], aRunUntil(110))?.steps, ['train', 'tune #1', 'deploy']);
  });

  test('does not go through a question that was answered while an upstream step was still running', () => {
    const spans = [
      aSpan('train', [[0, 80]]),
      aSpan('deploy', [[90, 100]], {upstream: ['train']}),
      aQuestionSpan('approve', 11, 60),
    ];
    assert.deepEqual(findCriticalPath(spans, aRunUntil(100))?.steps, ['train', 'deploy']);
  });

  test('ends with the question that a run is waiting for', () => {
    const spans = [aSpan('train', [[0, 10]]), {...aQuestionSpan('approve', 11, 60), isLive: true}];
    assert.deepEqual(findCriticalPath(spans, {...aRunUntil(60), isOver: false})?.steps, ['train', 'approve']);
  });

  test('is unknown before the first step has started', () => {
    assert.equal(findCriticalPath([], aRunUntil(10)), undefined);
  });

  test('does not go through a cached step that no other step waited for', () => {
    const spans = [aSpan('labels', [[10, 10]], {isInstant: true}), aSpan('ingest', [[10, 60]])];
    assert.deepEqual(findCriticalPath(spans, aRunUntil(60))?.steps, ['ingest']);
  });

  test('does not loop in a graph with a cycle', () => {
    const spans = [aSpan('a', [[0, 10]], {upstream: ['b']}), aSpan('b', [[10, 20]], {upstream: ['a']})];
    assert.deepEqual(findCriticalPath(spans, aRunUntil(20))?.steps, ['a', 'b']);
  });
});

describe('making a step instant', () => {
  const run = aRunUntil(500);
  const getSaving = (name: string) => computeSaving(diamond, run, findCriticalPath(diamond, run)!, name);

  test('saves its own time if no other branch takes over', () => {
    assert.deepEqual(getSaving('train'), {ms: 299 * second, nextStep: undefined});
  });

  test('saves only the difference from the next slowest branch, and names that branch', () => {
    assert.deepEqual(getSaving('features_b'), {ms: 100 * second, nextStep: 'features_a'});
  });

  test('saves nothing if it is not on the path', () => {
    assert.deepEqual(getSaving('features_a'), {ms: 0, nextStep: undefined});
  });
});

/** Runs with any times, even contradictory ones, and upstream steps anywhere. */
const anyRun = fc
  .array(
    fc.record({
      attempts: fc.array(fc.tuple(fc.integer({min: -50, max: 500}), fc.nat(200)), {minLength: 1, maxLength: 4}),
      upstream: fc.array(fc.nat(11), {maxLength: 3}),
      kind: fc.constantFrom('step', 'step', 'step', 'child-run', 'question'),
    }),
    {minLength: 1, maxLength: 12},
  )
  .map(steps =>
    steps.map(({attempts, upstream, kind}, index) => ({
      ...aSpan(
        `s${index}`,
        attempts.map(([from, length]) => [from, from + length] as const),
        {upstream: kind === 'step' ? upstream.map(other => `s${other}`) : []},
      ),
      kind,
    })),
  );

test('the segments of any run follow each other without gaps and add up to its elapsed time', () => {
  fc.assert(
    fc.property(anyRun, fc.nat(800), (spans, until) => {
      const run = aRunUntil(until);
      const path = findCriticalPath(spans, run)!;
      const sum = sumSegments(path, 'startup', 'work', 'failed', 'pause', 'wait', 'tail');
      assert.equal(sum, path.elapsedMs);
      let previousEndAt = run.startedAt;
      for (const {startedAt, endedAt} of path.segments) {
        assert.equal(startedAt, previousEndAt);
        assert.ok(endedAt > startedAt);
        previousEndAt = endedAt;
      }
      assert.equal(previousEndAt, run.until);
      assert.equal(new Set(path.steps).size, path.steps.length);
    }),
  );
});

test('no step of any run saves more than its own time', () => {
  fc.assert(
    fc.property(anyRun, fc.nat(800), (spans, until) => {
      const run = aRunUntil(until);
      const path = findCriticalPath(spans, run)!;
      for (const span of spans) {
        const {ms} = computeSaving(spans, run, path, span.name);
        assert.ok(ms >= 0);
        assert.ok(ms <= (path.slotSteps.size > 0 ? getWorkMs(span) : span.endedAt - span.startedAt));
      }
    }),
  );
});
