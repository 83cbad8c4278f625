import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {toRunId} from '../../src/domain/ids.js';
import {buildPastRun, canHaveRetries, getWorkTimes, type PastRun} from '../../src/domain/past-run.js';
import type {StepTable} from '../../src/domain/step-table.js';
import {estimateTimeLeft} from '../../src/domain/time-left.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {aDag, aDagStep, anAttempt, aPlannedStep, aRun, aStep, at} from '../support/builders.js';

/** Start and end of each attempt of each step, in seconds after the start of the run. */
type Times = {
  readonly endedAt: number;
  readonly steps: Readonly<Record<string, readonly (readonly [number, number])[]>>;
};

const createPastRun = ({endedAt, steps}: Times): PastRun => {
  const dagSteps = Object.entries(steps).map(([name, attempts]) => {
    const [from, to] = attempts.at(-1)!;
    const status = {status: 'completed', statusWord: 'completed'} as const;
    return aDagStep({name, status, startedAt: at(from), durationMs: (to - from) * 1000});
  });
  const retried = Object.entries(steps).flatMap(([name, attempts]) =>
    attempts
      .slice(0, -1)
      .map(([from, to]) => anAttempt({name, status: 'retried', startedAt: at(from), endedAt: at(to)})),
  );
  const run = aRun({id: toRunId(String(endedAt)), status: 'completed', startedAt: at(0), endedAt: at(endedAt)});
  return buildPastRun(run, aDag({steps: dagSteps}), retried)!;
};

/** The attempts of a step that have started after the given number of seconds. */
const buildAttemptsAt = (name: string, times: Times['steps'][string], seconds: number): readonly Attempt[] => {
  const started = times.filter(([from]) => from <= seconds);
  return started.map(([from, to], index) => {
    const attempt = {name, number: index + 1, startedAt: at(from)};
    if (to > seconds) {
      return anAttempt({...attempt, status: 'running', endedAt: undefined});
    }

    if (index === times.length - 1) {
      return anAttempt({...attempt, status: 'completed', endedAt: at(to)});
    }

    return anAttempt({...attempt, status: index < started.length - 1 ? 'retried' : 'retrying', endedAt: at(to)});
  });
};

/** The run as it is after the given number of seconds. */
const createTableAt = ({steps}: Times, seconds: number): StepTable => {
  const names = Object.keys(steps);
  return createStepTable(
    names.map((name, index) => {
      const upstream = names.slice(Math.max(0, index - 1), index);
      const attempts = buildAttemptsAt(name, steps[name]!, seconds);
      return attempts.length === 0 ? aPlannedStep({name, upstream}) : aStep({name, upstream, attempts});
    }),
  );
};

const estimateLeft = (past: readonly Times[], run: Times, seconds: number) =>
  estimateTimeLeft(past.map(createPastRun), createTableAt(run, seconds), at(seconds));

const getSecondsLeft = (past: readonly Times[], run: Times, seconds: number): number =>
  (estimateLeft(past, run, seconds)?.ms ?? Number.NaN) / 1000;

const retriedRun: Times = {
  endedAt: 60,
  steps: {
    load: [[0, 10]],
    fetch: [
      [10, 15],
      [20, 25],
      [35, 40],
    ],
    report: [[40, 60]],
  },
};

describe('the retries of past runs', () => {
  test('are fetched only if a step started some time after the previous one had ended', () => {
    const createDag = (starts: readonly number[]) => {
      const status = {status: 'completed', statusWord: 'completed'} as const;
      return aDag({
        steps: starts.map(start => aDagStep({name: `at ${start}`, status, startedAt: at(start), durationMs: 5000})),
      });
    };
    assert.equal(canHaveRetries(createDag([0, 5, 11]), at(-1)), false);
    assert.equal(canHaveRetries(createDag([0, 5, 15]), at(-1)), true);
    assert.equal(canHaveRetries(createDag([0, 5, 11]), at(-9)), true);
    assert.equal(canHaveRetries(createDag([11, 0, 5]), at(-1)), false, 'in any order');
    assert.equal(canHaveRetries(createDag([15, 0, 5]), at(-1)), true, 'in any order');
    assert.equal(canHaveRetries(createDag([0, 0.5, 7]), at(-1)), false, 'after the latest end');
    assert.equal(canHaveRetries(createDag([0, 1, 2, 9]), undefined), true);
  });

  test('are part of the usual duration of a step', () => {
    assert.deepEqual(getWorkTimes([createPastRun(retriedRun)], 'fetch'), [30_000]);
  });

  test.each([0, 5, 12, 17, 22, 30, 37, 45])('are part of the estimate after %d s', seconds => {
    assert.equal(getSecondsLeft([retriedRun], retriedRun, seconds), 60 - seconds);
  });

  test('make a running attempt last at least as long as the last attempt of the past run', () => {
    const late = {
      ...retriedRun,
      steps: {...retriedRun.steps, fetch: [...retriedRun.steps['fetch']!.slice(0, 2), [60, 65]], report: [[65, 85]]},
    } as Times;
    assert.equal(getSecondsLeft([retriedRun], late, 61), 4 + 20);
  });
});

describe('a run that is slower than past runs', () => {
  const plan: Times = {endedAt: 100, steps: {load: [[0, 40]], train: [[40, 80]], report: [[80, 100]]}};
  const slow: Times = {endedAt: 150, steps: {load: [[0, 60]], train: [[60, 120]], report: [[120, 150]]}};

  test('gets longer estimates for the rest', () => {
    const estimate = getSecondsLeft([plan], slow, 60);
    assert.ok(estimate > 80 && estimate <= 90, `${estimate} s`);
  });

  test('is recognized by a step that is still running, but even one that hangs at most doubles the estimate', () => {
    const hanging: Times = {...plan, steps: {...plan.steps, load: [[0, 1000]]}};
    assert.ok(getSecondsLeft([plan], hanging, 79) > 60);
    assert.ok(getSecondsLeft([plan], hanging, 900) <= 2 * 60);
  });

  test('is overdue when the running step takes longer than expected, and its estimate still includes the steps after it', () => {
    const hanging: Times = {...plan, steps: {...plan.steps, report: [[80, 500]]}};
    assert.equal(estimateLeft([plan], plan, 90)?.isOverdue, false);
    assert.deepEqual(
      [estimateLeft([plan], hanging, 200)?.isOverdue, estimateLeft([plan], hanging, 200)?.ms],
      [true, 0],
    );
    const early: Times = {...plan, steps: {...plan.steps, train: [[40, 500]], report: [[500, 520]]}};
    const estimate = estimateLeft([plan], early, 400);
    assert.equal(estimate?.isOverdue, true);
    assert.ok(estimate.ms >= 20_000 && estimate.ms <= 40_000);
  });

  test('counts down the wait between two steps', () => {
    const waiting: Times = {endedAt: 70, steps: {load: [[0, 10]], train: [[40, 70]]}};
    assert.equal(getSecondsLeft([waiting], waiting, 30), 40);
  });
});

/** Twelve runs of one pipeline on a ZenML 0.98.0 server, each with one or two retries. The fastest took 30 s, the slowest 58 s. */
const recordedRuns = JSON.parse(readFileSync('test/fixtures/retried-runs.json', 'utf8')) as readonly Times[];

test.each([
  ['a third', 5, 1 / 3],
  ['two thirds', 2, 2 / 3],
])(
  'after %s of ten recorded runs with retries, estimates are off by at most %d s on average',
  (_, maxErrorSeconds, part) => {
    const errors = recordedRuns.slice(2).map((run, index) => {
      const past = recordedRuns.slice(Math.max(0, index - 3), index + 2);
      const seconds = run.endedAt * part;
      return Math.abs(getSecondsLeft(past, run, seconds) - (run.endedAt - seconds));
    });
    assert.equal(errors.length, 10);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    assert.ok(mean <= maxErrorSeconds, `${mean} s`);
  },
);
