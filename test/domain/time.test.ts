import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {findOverdueHeartbeatAgeMs} from '../../src/domain/attempt.js';
import {getElapsedMs, pickLater} from '../../src/domain/instant.js';
import {getMaxAttempts, getRetryDelaySeconds} from '../../src/domain/retry.js';
import {anAttempt, at} from '../support/builders.js';

describe('elapsed time', () => {
  test.each([
    ['is unknown before the start', undefined, undefined, undefined],
    ['is counted until now if there is no end', at(0), undefined, 60_000],
    ['is counted until the end', at(0), at(12), 12_000],
    ['is never negative if clocks differ', at(61), undefined, 0],
  ])('%s', (_, startedAt, endedAt, expected) => {
    assert.equal(getElapsedMs({startedAt, endedAt}, at(60)), expected);
  });
});

test('the later of two instants is the known one if only one is known', () => {
  assert.equal(pickLater(undefined, 1), 1);
  assert.equal(pickLater(2, undefined), 2);
  assert.equal(pickLater(1, 2), 2);
  assert.equal(pickLater(undefined, undefined), undefined);
});

describe('an overdue heartbeat', () => {
  const beating = {status: 'running' as const, heartbeatThresholdMs: 60_000, heartbeatAt: at(100)};
  test.each([
    ['is reported with the time since the last one', beating, 61_000],
    ['is not reported at the threshold', {...beating, heartbeatAt: at(101)}, undefined],
    [
      'is measured from the start if there has been none',
      {...beating, heartbeatAt: undefined, startedAt: at(0)},
      161_000,
    ],
    ['is not reported for a step without heartbeats', {...beating, heartbeatThresholdMs: undefined}, undefined],
    ['is not reported after the end', {...beating, endedAt: at(102)}, undefined],
    ['is not reported for a finished attempt', {...beating, status: 'retried' as const, endedAt: undefined}, undefined],
  ])('%s', (_, changes, expected) => {
    assert.equal(findOverdueHeartbeatAgeMs(anAttempt(changes), at(161)), expected);
  });
});

describe('the retries of a step', () => {
  test('are in addition to the first attempt', () => {
    assert.equal(getMaxAttempts(undefined), 1);
    assert.equal(getMaxAttempts({maxRetries: 2, delaySeconds: 10, backoff: 2}), 3);
  });

  test('wait longer each time, by the backoff factor', () => {
    const retry = {maxRetries: 3, delaySeconds: 10, backoff: 2};
    assert.deepEqual(
      [1, 2, 3].map(number => getRetryDelaySeconds(retry, number)),
      [10, 20, 40],
    );
  });
});
