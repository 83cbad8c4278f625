import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import {getMedian} from '../../src/domain/median.js';
import {buildPastRun, getWorkTimes, type PastRun, type PastStep} from '../../src/domain/past-run.js';
import type {Step} from '../../src/domain/step.js';
import {estimateTimeLeft} from '../../src/domain/time-left.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {createReplayingClient, isAtLeast, never, readRecording, versions} from '../api/recorded.js';
import {aDag, aDagStep, anAttempt, aPlannedStep, aRun, aStep, at} from '../support/builders.js';

/** A step: its name, its start and end in seconds after the start of the run, and what it waits for. */
type PlannedStep = readonly [name: string, startedAt: number, endedAt: number, upstream?: readonly string[]];

const aPastRun = (plan: readonly PlannedStep[], endedAt: number, reused: readonly string[] = []): PastRun => ({
  id: toRunId('44444444-4444-4444-8444-444444444444'),
  startedAt: at(0),
  endedAt: at(endedAt),
  stepsByName: new Map(
    plan.map(([name, from, to]): [string, PastStep] => [
      name,
      {startedAt: at(from), endedAt: at(to), lastAttemptMs: (to - from) * 1000, isReused: reused.includes(name)},
    ]),
  ),
});

/** A run that follows the plan exactly, as it is after the given number of seconds. */
const buildStepsAt = (plan: readonly PlannedStep[], seconds: number): readonly Step[] =>
  plan.map(([name, from, to, upstream = []]) => {
    if (from > seconds) {
      return aPlannedStep({name, upstream});
    }

    const isDone = to <= seconds;
    const status = isDone ? ('completed' as const) : ('running' as const);
    const endedAt = isDone ? at(to) : undefined;
    return aStep({name, upstream, attempts: [anAttempt({name, status, startedAt: at(from), endedAt})]});
  });

const estimateLeft = (past: readonly PastRun[], steps: readonly Step[], seconds: number) =>
  estimateTimeLeft(past, createStepTable(steps), at(seconds));

const getSecondsLeft = (past: readonly PastRun[], steps: readonly Step[], seconds: number): number =>
  (estimateLeft(past, steps, seconds)?.ms ?? Number.NaN) / 1000;

const oneByOne: readonly PlannedStep[] = [
  ['load', 2, 10],
  ['train', 12, 100, ['load']],
  ['report', 101, 105, ['load']],
  ['deploy', 110, 120, ['train']],
];
const sideBySide: readonly PlannedStep[] = [
  ['load', 0, 10],
  ['train', 10, 100, ['load']],
  ['report', 40, 50, ['load']],
  ['deploy', 110, 120, ['train', 'report']],
];

describe('the time left according to one past run', () => {
  test('is the whole duration of the past run before the first step has started', () => {
    assert.equal(getSecondsLeft([aPastRun(oneByOne, 125)], buildStepsAt(oneByOne, 1), 1), 125);
    assert.equal(getSecondsLeft([aPastRun(sideBySide, 121)], buildStepsAt(sideBySide, -1), -1), 121);
  });

  test('in the middle of a step is the rest of the step and everything after it, including waits', () => {
    assert.equal(getSecondsLeft([aPastRun(oneByOne, 125)], buildStepsAt(oneByOne, 40), 40), 85);
    assert.equal(getSecondsLeft([aPastRun(sideBySide, 125)], buildStepsAt(sideBySide, 45), 45), 80);
  });

  test('assumes that an overdue step ends now, and that the rest is slower too', () => {
    const steps = buildStepsAt(oneByOne, 40);
    const secondsLeft = getSecondsLeft([aPastRun(oneByOne, 125)], steps, 300);
    // In the past run, `report` took 4 s and `deploy` 10 s; the waits before, between and after them took 1, 5 and 5 s.
    assert.ok(secondsLeft >= 1 + 4 + 5 + 10 + 5 && secondsLeft <= 1 + 2 * 4 + 5 + 2 * 10 + 5, `${secondsLeft} s`);
  });

  test('is overdue once nothing has run for as long as the rest should take', () => {
    const steps = buildStepsAt(oneByOne, 105);
    assert.deepEqual(
      [106, 120, 130].map(seconds => estimateLeft([aPastRun(oneByOne, 125)], steps, seconds)?.isOverdue),
      [false, false, true],
    );
  });

  test('is not overdue during the usual wait for the next step', () => {
    const plan: readonly PlannedStep[] = [
      ['load', 0, 10],
      ['report', 70, 75, ['load']],
    ];
    assert.deepEqual(
      [43, 69, 76].map(seconds => {
        const estimate = estimateLeft([aPastRun(plan, 75)], buildStepsAt(plan, 43), seconds);
        return [estimate?.ms, estimate?.isOverdue];
      }),
      [
        [32_000, false],
        [6000, false],
        [5000, true],
      ],
    );
  });

  test('is zero and overdue once the last step has taken longer than in the past run', () => {
    const steps = buildStepsAt(oneByOne, 112);
    const late = estimateLeft([aPastRun(oneByOne, 125)], steps, 200);
    assert.deepEqual([late?.ms, late?.isOverdue], [0, true]);
  });

  test('is shorter if a step ended sooner than in the past run', () => {
    const steps = buildStepsAt(oneByOne, 100);
    assert.equal(getSecondsLeft([aPastRun(oneByOne, 125)], steps, 20), 25);
  });

  test('includes a whole attempt for a step that waits for its next one', () => {
    const retried = anAttempt({name: 'train', status: 'retried', startedAt: at(12), endedAt: at(30)});
    const steps = buildStepsAt(oneByOne, 40).map(step =>
      step.name === 'train' ? {...step, attempts: [retried]} : step,
    );
    // In the past run, `train` took 88 s, and 25 s after it had ended, the run was over.
    assert.equal(getSecondsLeft([aPastRun(oneByOne, 125)], steps, 40), 88 + 25);
  });

  test('is unknown after a failure, or if the past run lacks a step or reused one that must run now', () => {
    const past = aPastRun(oneByOne, 125);
    const steps = buildStepsAt(oneByOne, 40);
    const failed = [aStep({name: 'load', status: 'failed'}), ...steps.slice(1)];
    assert.equal(estimateLeft([past], failed, 40), undefined);
    assert.equal(estimateLeft([past], [...steps, aPlannedStep({name: 'new'})], 40), undefined);
    assert.equal(estimateLeft([aPastRun(oneByOne, 125, ['train'])], steps, 40), undefined);
  });

  test('is unknown without past runs, and once every step has ended', () => {
    assert.equal(estimateLeft([], buildStepsAt(oneByOne, 40), 40), undefined);
    assert.equal(estimateLeft([aPastRun(oneByOne, 125)], buildStepsAt(oneByOne, 120), 121), undefined);
  });

  test('can come from a past run that reused only steps that have ended in this one', () => {
    assert.equal(getSecondsLeft([aPastRun(oneByOne, 125, ['load'])], buildStepsAt(oneByOne, 40), 40), 85);
  });
});

test('several past runs give the median, the minimum, the maximum and their number', () => {
  const times = [60, 90, 300, 100];
  const past = times.map(end => aPastRun([['train', 0, end]], end));
  const unusable = aPastRun([['other', 0, 1]], 1);
  assert.deepEqual(estimateLeft([...past, unusable], buildStepsAt([['train', 0, 1000]], 30), 30), {
    ms: 65_000,
    minMs: 30_000,
    maxMs: 270_000,
    runCount: 4,
    isOverdue: false,
  });
});

describe('a run that is exactly like a past run', () => {
  const durations = fc.array(fc.integer({min: 1, max: 100}), {minLength: 1, maxLength: 12});

  const checkEstimate = (plan: readonly PlannedStep[], end: number, now: number): void => {
    const estimate = estimateLeft([aPastRun(plan, end)], buildStepsAt(plan, now), now);
    assert.ok(Math.abs((estimate?.ms ?? Number.NaN) / 1000 - (end - now)) < 1e-6);
    assert.equal(estimate?.isOverdue, false);
  };

  test('with one step after another, ends when the estimate says and is never overdue', () => {
    const waitsAndLengths = fc.array(fc.tuple(fc.nat({max: 300}), fc.integer({min: 1, max: 100})), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(waitsAndLengths, fc.double({min: 0, max: 0.999, noNaN: true}), (pairs, part) => {
        let end = 0;
        const plan = pairs.map(([wait, length], index): PlannedStep => {
          const from = index === 0 ? 0 : end + wait;
          end = from + length;
          return [`step_${index}`, from, end, index % 2 === 0 ? [] : [`step_${index - 1}`]];
        });
        checkEstimate(plan, end, end * part);
      }),
    );
  });

  test('with parallel steps, ends when the estimate says and is never overdue', () => {
    const graphs = durations.chain(lengths =>
      fc.tuple(
        fc.constant(lengths),
        fc.array(fc.array(fc.nat(), {maxLength: 3}), {minLength: lengths.length, maxLength: lengths.length}),
      ),
    );
    fc.assert(
      fc.property(graphs, fc.double({min: 0, max: 0.999, noNaN: true}), ([lengths, picks], part) => {
        const ends: number[] = [];
        const plan = lengths.map((length, index): PlannedStep => {
          const upstream = index === 0 ? [] : [...new Set((picks[index] ?? []).map(pick => pick % index))];
          const from = Math.max(0, ...upstream.map(other => ends[other]!));
          ends.push(from + length);
          return [`step_${index}`, from, from + length, upstream.map(other => `step_${other}`)];
        });
        const end = Math.max(...ends);
        checkEstimate(plan, end, end * part);
      }),
    );
  });
});

describe('a past run', () => {
  const dag = aDag({
    steps: [
      aDagStep({
        name: 'load',
        status: {status: 'cached', statusWord: 'cached'},
        startedAt: at(1),
        durationMs: undefined,
      }),
      aDagStep({
        name: 'train',
        status: {status: 'completed', statusWord: 'completed'},
        startedAt: at(2),
        durationMs: 9000,
      }),
      aDagStep({
        name: 'hung',
        status: {status: 'completed', statusWord: 'completed'},
        startedAt: at(2),
        durationMs: undefined,
      }),
      aDagStep({name: 'planned', status: undefined, startedAt: undefined, durationMs: undefined}),
    ],
  });

  test('has the start and end of each step, and whether it was reused', () => {
    const past = buildPastRun(aRun({status: 'completed', endedAt: at(20)}), dag, []);
    assert.deepEqual(
      [...(past?.stepsByName ?? [])],
      [
        ['load', {startedAt: at(1), endedAt: at(1), lastAttemptMs: 0, isReused: true}],
        ['train', {startedAt: at(2), endedAt: at(11), lastAttemptMs: 9000, isReused: false}],
      ],
    );
    assert.deepEqual(getWorkTimes(past ? [past, past] : [], 'train'), [9000, 9000]);
    assert.deepEqual(getWorkTimes(past ? [past] : [], 'load'), []);
  });

  test('is undefined unless the run completed', () => {
    assert.equal(buildPastRun(aRun({status: 'failed', endedAt: at(20)}), dag, []), undefined);
    assert.equal(buildPastRun(aRun({status: 'running'}), dag, []), undefined);
  });
});

test.each(versions.filter(version => isAtLeast(version, '0.85.0')))(
  'the graphs of ZenML %s contain the end times of steps',
  async version => {
    const {client} = createReplayingClient(
      readRecording(version, 'dag_fail'),
      readRecording(version, 'steps_list_fail'),
    );
    const [dag, steps] = [
      await client.fetchDag(toRunId('1'), never),
      await client.fetchSteps(toRunId('1'), {projectId: undefined, size: 100}, never),
    ];
    assert.ok(dag.ok && steps.ok);
    const past = buildPastRun(aRun({status: 'completed'}), dag.value, []);
    const completed = steps.value.items.filter(({status}) => status === 'completed');
    assert.ok(completed.length > 0);
    for (const {name, startedAt, endedAt} of completed) {
      const then = past?.stepsByName.get(name);
      assert.ok(then !== undefined && startedAt !== undefined && endedAt !== undefined, name);
      assert.equal(then.startedAt, startedAt);
      assert.ok(Math.abs(then.endedAt - endedAt) <= 1000, `${name} ended ${then.endedAt - endedAt} ms later`);
    }
  },
);

test('the median is the middle value, or the mean of the two middle values', () => {
  assert.equal(getMedian([9, 1, 3]), 3);
  assert.equal(getMedian([4, 1, 3, 9]), 3.5);
  assert.equal(getMedian([]), undefined);
});
