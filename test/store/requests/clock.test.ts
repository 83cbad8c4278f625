import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {toRunId} from '../../../src/domain/ids.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import {noClockEvidence} from '../../../src/store/requests/clock-evidence.js';
import type {State} from '../../../src/store/state.js';
import {anAttempt, aRun, aServerInfo, at} from '../../support/builders.js';
import {aListedRun, aRunList, listNow} from '../../support/run-lists.js';
import {aWatchingState, createArrival, createFailedRequest, reduceAll} from '../../support/watching.js';

const tick = (now: number): Action => ({type: 'clock/ticked', now});
/** No response has had a Date so far. */
const watching: State = {...aWatchingState({attempts: [anAttempt({status: 'running'})]}), clock: noClockEvidence};

/**
 * A response whose Date was written at the fraction `within` of the round trip, by a server whose clock is `aheadMs`
 * ahead and was read `staleMs` earlier.
 */
const createDatedArrival = (timing: ResponseTiming, requestedAt: number, aheadMs: number): Action => ({
  type: 'news/arrived',
  key: 'other',
  news: {kind: 'run', run: aRun(), isHydrated: true},
  requestedAt,
  respondedAt: requestedAt + timing.tookMs,
  serverDateAt: Math.floor((requestedAt + timing.tookMs * timing.within - timing.staleMs + aheadMs) / 1000) * 1000,
});

type ResponseTiming = {
  readonly waitMs: number;
  readonly tookMs: number;
  readonly within: number;
  readonly staleMs: number;
};

const anyTimings: fc.Arbitrary<readonly ResponseTiming[]> = fc.array(
  fc.record({
    waitMs: fc.integer({min: 0, max: 3000}),
    tookMs: fc.integer({min: 1, max: 400}),
    within: fc.double({min: 0, max: 1, noNaN: true}),
    staleMs: fc.integer({min: 0, max: 1500}),
  }),
  {minLength: 1, maxLength: 80},
);

/** Calls `check` with the state after each of these responses. */
const receiveResponses = (timings: readonly ResponseTiming[], aheadMs: number, check: (state: State) => void): void => {
  let state: State = watching;
  let requestedAt = at(600);
  for (const timing of timings) {
    requestedAt += timing.waitMs + timing.tookMs;
    state = reduceAll(state, createDatedArrival(timing, requestedAt, aheadMs));
    check(state);
  }
};

describe('the offset between the clocks', () => {
  test('is estimated to within three seconds from the first response, however large it is', () => {
    fc.assert(
      fc.property(anyTimings, fc.integer({min: -100_000, max: 100_000}), (timings, aheadMs) => {
        receiveResponses(timings, aheadMs, ({clockOffsetMs}) => assert.ok(Math.abs(clockOffsetMs - aheadMs) <= 3000));
      }),
    );
  });

  test('stays zero between clocks that agree, even if the Date of a busy server is old', () => {
    fc.assert(
      fc.property(anyTimings, timings =>
        receiveResponses(timings, 0, ({clockOffsetMs}) => assert.equal(clockOffsetMs, 0)),
      ),
    );
  });

  test('is unchanged by a response without a Date', () => {
    const state = {...watching, clockOffsetMs: 777};
    const undated = createArrival('other', {kind: 'run', run: aRun(), isHydrated: true}, at(601));
    assert.equal(reduceAll(state, undated).clockOffsetMs, 777);
  });

  /** A delta with rows written at these instants of the server clock. */
  const createDeltaArrival = (requestedAt: number, writtenAt: readonly number[], serverDateAt?: number): Action => {
    const items = writtenAt.map((updatedAt, nth) => anAttempt({name: `step ${nth} ${updatedAt}`, updatedAt}));
    const page = {items, index: 1, pageCount: 1, total: items.length};
    const {runId} = watching.openRun!;
    const news = {kind: 'steps', runId, subset: 'delta', size: 100, page} as const;
    return {...createArrival(`steps:delta:${runId}`, news, requestedAt), serverDateAt} as Action;
  };

  test('is never less than the newest row implies, which was written before it arrived', () => {
    const state = reduceAll(watching, createDeltaArrival(at(600), [at(609) + 900, at(1)]));
    assert.equal(state.clockOffsetMs, 9700);
  });

  test.each([-7200, -60, 2, 5, 60, 7200])('comes from the rows if a proxy writes a Date %d s ahead', aheadS => {
    const getDateAt = (seconds: number): number => at(seconds + aheadS);
    const quiet = reduceAll(
      watching,
      createDeltaArrival(at(601), [], getDateAt(601)),
      createDeltaArrival(at(602), [], getDateAt(602)),
    );
    const moved = reduceAll(quiet, createDeltaArrival(at(603), [at(602) + 900], getDateAt(603)));
    assert.ok(Math.abs(moved.clockOffsetMs) <= 3000, `${moved.clockOffsetMs} ms`);
    const quietAgain = reduceAll(moved, createDeltaArrival(at(604), [], getDateAt(604)));
    assert.ok(Math.abs(quietAgain.clockOffsetMs) <= 3000, 'and stays so');
  });

  test('is measured again after a sleep, during which either clock may have been set', () => {
    const beforeSleep = reduceAll(watching, createDeltaArrival(at(601), []), createDeltaArrival(at(602), [at(611)]));
    assert.ok(beforeSleep.clockOffsetMs >= 8000);
    const afterSleep = reduceAll(
      beforeSleep,
      tick(at(700)),
      createDatedArrival({waitMs: 0, tookMs: 40, within: 1, staleMs: 0}, at(700), 1000),
    );
    assert.ok(afterSleep.clockOffsetMs <= 4000);
  });
});

describe('a tick of the clock', () => {
  test('advances the time and removes an expired notice', () => {
    const noticed = reduceAll(watching, {type: 'notice/shown', text: 'copied', tone: 'info'});
    assert.equal(reduceAll(noticed, tick(at(603))).notice?.text, 'copied');
    assert.equal(reduceAll(noticed, tick(at(604))).notice, undefined);
  });

  test('marks everything for a refetch after a sleep', () => {
    assert.equal(reduceAll(watching, tick(at(625))).openRun?.sync.invalidatedAt, undefined);
    assert.equal(reduceAll(watching, tick(at(700))).openRun?.sync.invalidatedAt, at(700));
  });

  test('leaves no time in the future after the clock was set back, so that nothing waits for it', () => {
    const over = aWatchingState({run: aRun({status: 'completed'})});
    for (const state of [watching, over]) {
      const back = reduceAll(state, tick(at(-3600)));
      const dueTimes = getNeeds(back)
        .map(({dueAt}) => dueAt)
        .filter(Number.isFinite);
      assert.ok(Math.max(...dueTimes) <= at(-3600) + 60_000, 'something waits for the old time');
      assert.ok((back.openRun?.overAt ?? 0) < at(-3600));
      assert.equal(back.openRun?.sync.invalidatedAt, at(-3600));
    }
  });

  test('does not delay the list of runs after the clock was set back', () => {
    const backAt = at(listNow - 3600);
    const back = reduceAll(aRunList([aListedRun(1)]), tick(backAt));
    const delta = getNeeds(back).find(({key}) => key === 'runs:delta');
    assert.ok(delta !== undefined && delta.dueAt <= backAt + 60_000, `due in ${(delta?.dueAt ?? 0) - backAt} ms`);
    const foundTimes = [...back.runs.foundAtById.values()];
    assert.ok(foundTimes.length > 0 && foundTimes.every(foundAt => foundAt <= backAt));
  });

  test('does not make zentop fetch /info over and over after the clock was set back', () => {
    const doubted = reduceAll(watching, createFailedRequest('other', {kind: 'forbidden', detail: ''}, at(600)));
    assert.equal(doubted.serverInvalidatedAt, at(600));
    const backAt = at(-3600);
    const info = createArrival('info', {kind: 'info', info: aServerInfo()}, backAt + 1000);
    const back = reduceAll(doubted, tick(backAt), tick(backAt + 1000), info);
    const need = getNeeds(back).find(({key}) => key === 'info');
    assert.ok(need !== undefined && need.dueAt > backAt + 60_000, `due in ${(need?.dueAt ?? 0) - backAt} ms`);
  });

  test('sets back the times of the runs that the user left, too', () => {
    const followed = reduceAll(watching, {type: 'linkedRun/opened', runId: toRunId('other'), stepName: undefined});
    const back = reduceAll(followed, tick(at(-3600)), {type: 'run/returned'});
    assert.ok(back.openRun!.changedAt <= at(-3600));
    const listed = reduceAll(watching, {type: 'runs/shown'}, tick(at(-3600)), {type: 'run/reopened'});
    assert.ok(listed.openRun!.changedAt <= at(-3600));
  });
});
