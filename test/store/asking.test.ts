import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Failure} from '../../src/domain/failure.js';
import type {Action} from '../../src/store/action.js';
import {retryPauseMs} from '../../src/store/backoff.js';
import {freshnessOf} from '../../src/store/freshness.js';
import {needsOf} from '../../src/store/needs.js';
import type {State} from '../../src/store/state.js';
import {aDag, anAttempt, aRun, at} from '../support/builders.js';
import {aConnectingState, arrived, aWatchingState, failed, after as later} from '../support/watching.js';

const unreachable: Failure = {kind: 'unreachable', host: 'zenml', reason: 'refused'};
const refused = (status: number, more: {retryAfterMs?: number; isPassing?: boolean} = {}): Failure => ({
  kind: 'refused',
  status,
  detail: '',
  retryAfterMs: undefined,
  requestId: undefined,
  ...more,
});

const runId = aRun().id;
const delta = `steps:delta:${runId}`;
const tick = (seconds: number): Action => ({type: 'clock/ticked', now: at(seconds)});
const noRows = (seconds: number): Action =>
  arrived(
    delta,
    {kind: 'steps', runId, slice: 'delta', size: 100, page: {items: [], index: 1, pageCount: 1, total: 0}},
    at(seconds),
  );

const watching = later(aWatchingState({attempts: [anAttempt({status: 'running'})]}), noRows(601), tick(601));

describe('the pause before another try', () => {
  const pause = (failure: Failure, failedInARow: number, jitter = 1, intervalMs = 1000): number =>
    retryPauseMs({failure, failedInARow, jitter}, intervalMs);

  test('doubles with each failure up to a ceiling', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 40].map(count => pause(refused(500), count)),
      [2000, 4000, 8000, 10_000, 10_000],
    );
  });

  test.each<[Failure, number]>([
    [unreachable, 5000],
    [{kind: 'timed-out', afterMs: 1}, 5000],
    [refused(503), 10_000],
    [{kind: 'not-signed-in', detail: ''}, 30_000],
    [{kind: 'forbidden', detail: ''}, 30_000],
  ])('%j: at most %i ms', (failure, ceiling) => {
    assert.equal(pause(failure, 100), ceiling);
  });

  test('is spread over its upper half, and no shorter than the interval', () => {
    assert.deepEqual(
      [0, 0.5, 1].map(jitter => pause(refused(500), 1, jitter)),
      [1000, 1500, 2000],
    );
    for (const intervalMs of [1000, 5000, 60_000]) {
      assert.ok(pause(unreachable, 1, 0, intervalMs) >= intervalMs);
      assert.ok(pause(unreachable, 100, 0, intervalMs) >= intervalMs);
    }
  });

  test('is what the server asks for, up to ten minutes', () => {
    assert.equal(pause(refused(429, {retryAfterMs: 7000}), 9), 7000);
    assert.equal(pause(refused(429, {retryAfterMs: 10 ** 9}), 1), 600_000);
  });

  test('comes after a failure of what would be asked at once, too', () => {
    const doubted = later(watching, {type: 'polling/demanded'}, failed(`dag:${runId}`, refused(500), at(602)));
    const need = needsOf(doubted).find(({key}) => key === `dag:${runId}`)!;
    assert.ok(need.dueAt >= at(603));
  });
});

test('one late answer does not slow down the asking, a server that stays slow does', () => {
  const slowly = (seconds: number): Action => ({...noRows(seconds), ...({answeredAt: at(seconds) + 4000} as object)});
  const gapAfter = (...actions: readonly Action[]): number => {
    const state = later(watching, ...actions);
    return needsOf(state).find(({key}) => key === delta)!.dueAt - state.requests.get(delta)!.answeredAt;
  };
  assert.ok(gapAfter(slowly(610)) <= 2600);
  assert.equal(gapAfter(...[610, 620, 630, 640, 650].map(slowly)), 5000);
});

describe('while the server is away', () => {
  const away = later(watching, failed(delta, unreachable, at(610)), failed(`run:${runId}`, unreachable, at(611)));
  const asked = (state: State): readonly string[] =>
    needsOf(state)
      .filter(({dueAt}) => Number.isFinite(dueAt))
      .map(({key}) => key);

  test('one failure alone changes nothing for the others', () => {
    const once = later(watching, failed(delta, unreachable, at(610)));
    assert.ok(asked(once).length > 1);
  });

  test('only the run is asked for', () => {
    assert.deepEqual(asked(away), [`run:${runId}`]);
    assert.deepEqual(needsOf(away).map(({dueAt}) => dueAt)[0], at(612));
  });

  test('any answer ends that, also one that says no to what was asked', () => {
    assert.ok(asked(later(away, failed(`run:${runId}`, refused(500), at(620)))).length > 1);
    assert.ok(asked(later(away, noRows(620))).length > 1);
  });

  test('what is known is doubted when it was long', () => {
    assert.equal(later(away, noRows(620)).watch?.doubtedAt, undefined);
    assert.equal(later(away, noRows(700)).watch?.doubtedAt, at(700));
  });

  test('the reader may have it tried at once', () => {
    const demanded = later(away, {type: 'polling/demanded'});
    assert.ok(needsOf(demanded)[0]!.dueAt <= demanded.now);
  });
});

describe('how far the screen can be trusted', () => {
  const kindOf = (state: State): string => freshnessOf(state).kind;

  test('before the first answer it is connecting, and says why nothing came', () => {
    const connecting = aConnectingState();
    assert.deepEqual(freshnessOf(connecting), {kind: 'connecting', failure: undefined, retryInMs: 0});
    const failing = later(connecting, failed(`run:${runId}`, unreachable, at(600)));
    assert.deepEqual(freshnessOf(failing), {kind: 'connecting', failure: unreachable, retryInMs: 1000});
  });

  test('a live one tells its age, in milliseconds', () => {
    assert.deepEqual(freshnessOf(later(watching, tick(605))), {kind: 'live', ageMs: 4000});
  });

  test('a failure that the next try mends is not worth a word', () => {
    const failing = later(watching, failed(delta, unreachable, at(602)), tick(604));
    assert.equal(kindOf(failing), 'live');
    assert.equal(kindOf(later(failing, noRows(604), tick(606))), 'live');
  });

  test('one that lasts is stale, with its age, its reason and when it is tried again', () => {
    const failing = later(
      watching,
      failed(delta, unreachable, at(602)),
      failed(`run:${runId}`, unreachable, at(604)),
      tick(605),
    );
    assert.deepEqual(freshnessOf(failing), {kind: 'stale', ageMs: 4000, retryInMs: 0, failure: unreachable});
  });

  test('a hiccup that the server is known for may come a few times', () => {
    const passing = refused(400, {isPassing: true});
    const thrice = later(watching, ...[602, 604, 606].map(seconds => failed(delta, passing, at(seconds))), tick(610));
    assert.equal(kindOf(thrice), 'live');
    assert.equal(kindOf(later(thrice, failed(delta, passing, at(610)), tick(611))), 'stale');
  });

  test('a paused one tells its age, and nothing is waited for', () => {
    const paused = later(watching, {type: 'polling/toggled'}, tick(650));
    assert.deepEqual(freshnessOf(paused), {kind: 'paused', ageMs: 49_000});
    assert.deepEqual(needsOf(paused), []);
    const connecting = later(aConnectingState(), {type: 'polling/toggled'});
    assert.deepEqual(freshnessOf(connecting), {kind: 'connecting', failure: undefined, retryInMs: 0});
  });

  test('a run that has ended is over', () => {
    const run = aRun({status: 'completed'});
    assert.equal(kindOf(aWatchingState({run, dag: aDag(), attempts: [anAttempt()]})), 'over');
  });
});
