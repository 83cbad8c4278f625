import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {buildRunSpans, getRunTimes} from '../../../src/domain/timeline/run-spans.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {anAttempt, aRun, aStep, at} from '../../support/builders.js';

const second = 1000;

/** A step from 10 s to 40 s by the server's clock, whose worker's clock is behind by this many seconds. */
const aStepBehind = (seconds: number, changes: Parameters<typeof anAttempt>[0] = {}) =>
  aStep({
    attempts: [
      anAttempt({
        startedAt: at(10 - seconds),
        endedAt: at(40 - seconds),
        createdAt: at(10.2),
        updatedAt: at(40.3),
        ...changes,
      }),
    ],
  });

const getSpan = (step: ReturnType<typeof aStep>, isOver = true) => {
  const [span] = buildRunSpans(createStepTable([step]), {startedAt: at(0), until: at(100), isOver});
  return span!.attempts[0]!;
};

const getSeconds = (instant: number) => Math.round((instant - at(0)) / second);

describe('the clock of a worker', () => {
  test.each([12, -30, 3600, -3600])('that is %s s behind does not move the bar', skew => {
    const {startedAt, endedAt, clockBehindMs} = getSpan(aStepBehind(skew));
    assert.deepEqual([getSeconds(startedAt), getSeconds(endedAt), getSeconds(at(0) + clockBehindMs)], [10, 40, skew]);
  });

  test.each([0, 4, -0.5])(
    'that is %s s behind is assumed to be right, because rows are written a little later',
    skew => {
      assert.equal(getSpan(aStepBehind(skew)).clockBehindMs, 0);
    },
  );

  test('is unknown for an attempt that is only in the graph', () => {
    assert.equal(getSpan(aStepBehind(12, {createdAt: undefined})).clockBehindMs, 0);
  });

  test('does not move an end that the server wrote for a worker that had died', () => {
    assert.equal(getSeconds(getSpan(aStepBehind(20, {endedAt: at(40)})).endedAt), 40);
  });

  test('does not move the current end of a running step', () => {
    const {startedAt, endedAt} = getSpan(aStepBehind(-60, {status: 'running', endedAt: undefined}), false);
    assert.deepEqual([getSeconds(startedAt), getSeconds(endedAt)], [10, 100]);
  });

  test('does not put steps before or long after the start of the run, which is recorded by the client’s clock', () => {
    for (const skew of [-3600, 3600]) {
      const run = aRun({startedAt: at(-skew), createdAt: at(0), endedAt: at(100)});
      const times = getRunTimes(run, createStepTable([aStepBehind(skew)]), true, at(200));
      assert.ok(times !== undefined && times.startedAt >= at(0) && times.startedAt <= at(10.2), String(skew));
    }
  });
});
