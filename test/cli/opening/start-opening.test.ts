import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {RunTime} from '../../../src/cli/opening/run-time.js';
import {startOpening} from '../../../src/cli/opening/start-opening.js';
import {failWith, failWithUsageError, type Outcome, succeedWith} from '../../../src/connection/problem.js';
import type {Failure} from '../../../src/domain/failure.js';
import {aRefusal} from '../../support/builders.js';
import {createHandClock} from '../../support/hand-clock.js';

const second = 1000;

const unreachable: Failure = {kind: 'unreachable', host: 'zenml', reason: 'connection refused'};
const createFailure = (failure: Failure): Outcome<string> =>
  failWith({message: `failed: ${failure.kind}`, hint: '', exitCode: 4, candidates: [], failure});

/** Opens with these outcomes, one per attempt and the last one from then on; counts the attempts. */
const openWith = (outcomes: readonly Outcome<string>[], giveUpAfterMs = Number.POSITIVE_INFINITY, isReplay = false) => {
  const clock = createHandClock();
  const time: RunTime = {
    clock,
    random: () => 1,
    start: () => {},
    replay: isReplay ? {speed: 1, endAt: clock.now()} : undefined,
  };
  let attempts = 0;
  const opening = startOpening(async () => outcomes[Math.min(attempts++, outcomes.length - 1)]!, {
    time,
    intervalMs: second,
    giveUpAfterMs,
  });
  return {clock, opening, countAttempts: () => attempts};
};

test.each([
  ['a closed port', unreachable],
  ['a request that timed out', {kind: 'timed-out', afterMs: 10 * second} as const],
  ['error 503', aRefusal(503)],
  ['error 429', aRefusal(429)],
])('retries after %s until the server responds', async (_, failure) => {
  const {clock, opening, countAttempts} = openWith([
    createFailure(failure),
    createFailure(failure),
    succeedWith('run'),
  ]);
  await clock.advance(0);
  assert.equal(opening.getState().pendingRetry?.failure, failure);
  await clock.advance(10 * second);
  assert.deepEqual(await opening.outcome, succeedWith('run'));
  assert.equal(countAttempts(), 3);
});

test('waits for as long as Retry-After says', async () => {
  const {clock, opening, countAttempts} = openWith([
    createFailure(aRefusal(503, {retryAfterMs: 7 * second})),
    succeedWith('run'),
  ]);
  await clock.advance(7 * second - 1);
  assert.equal(countAttempts(), 1);
  await clock.advance(1);
  assert.equal(countAttempts(), 2);
  assert.deepEqual(await opening.outcome, succeedWith('run'));
});

test('gives up after the given time, with the reason', async () => {
  const {clock, opening} = openWith([createFailure(unreachable)], 5 * second);
  await clock.advance(5 * second);
  assert.deepEqual(await opening.outcome, createFailure(unreachable));
});

test('does not retry if it must give up at once', async () => {
  const {opening, countAttempts} = openWith([createFailure(unreachable)], 0);
  assert.deepEqual(await opening.outcome, createFailure(unreachable));
  assert.equal(countAttempts(), 1);
});

test.each([
  ['a usage error', failWithUsageError('No such run.', '')],
  ['rejected credentials', createFailure({kind: 'not-signed-in', detail: ''})],
  ['an untrusted certificate', createFailure({kind: 'untrusted', host: 'zenml', reason: ''})],
  ['something that is not ZenML', createFailure({kind: 'not-zenml', contentType: 'text/html'})],
])('does not retry after %s, which only a person can fix', async (_, outcome) => {
  const {opening, countAttempts} = openWith([outcome]);
  assert.deepEqual(await opening.outcome, outcome);
  assert.equal(countAttempts(), 1);
});

test('does not retry a recording, which will not change', async () => {
  const {opening, countAttempts} = openWith([createFailure(unreachable)], Number.POSITIVE_INFINITY, true);
  assert.deepEqual(await opening.outcome, createFailure(unreachable));
  assert.equal(countAttempts(), 1);
});

test('retries at once on request, and stops when it is aborted', async () => {
  const {clock, opening, countAttempts} = openWith([createFailure(aRefusal(503, {retryAfterMs: 60 * second}))]);
  await clock.advance(0);
  opening.retry();
  await clock.advance(0);
  assert.equal(countAttempts(), 2);
  opening.abort();
  assert.equal((await opening.outcome).ok, false);
  assert.equal(countAttempts(), 2);
  assert.equal(clock.countTimers(), 0);
});

test('stops without waiting for the next attempt if it is aborted when it shows the trouble', async () => {
  const {clock, opening, countAttempts} = openWith([createFailure(aRefusal(503, {retryAfterMs: 60 * second}))]);
  opening.subscribe(() => opening.abort());
  await clock.advance(0);
  assert.deepEqual(await opening.outcome, createFailure(aRefusal(503, {retryAfterMs: 60 * second})));
  assert.equal(countAttempts(), 1);
  assert.equal(clock.countTimers(), 0);
});

test('at the timeout, says that the server has not responded rather than that the request was aborted', async () => {
  const clock = createHandClock();
  const opening = startOpening<string>(
    signal =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => resolve(createFailure(unreachable)));
      }),
    {
      time: {clock, random: () => 1, start: () => {}, replay: undefined},
      intervalMs: second,
      giveUpAfterMs: 60 * second,
      timeoutMs: 1,
    },
  );
  const outcome = await opening.outcome;
  assert.ok(!outcome.ok);
  assert.equal(outcome.problem.exitCode, 124);
  assert.match(outcome.problem.message, /^Timed out after .+\. The server has not responded\.$/);
});
