import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Failure} from '../../../src/domain/failure.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import {getRetryDelayMs} from '../../../src/store/requests/backoff.js';
import {selectFreshness} from '../../../src/store/requests/freshness.js';
import type {State} from '../../../src/store/state.js';
import {aDag, anAttempt, aRefusal, aRun, at} from '../../support/builders.js';
import {screens} from '../../support/screens.js';
import {
  aConnectingState,
  aWatchingState,
  createArrival,
  createFailedRequest,
  reduceAll,
} from '../../support/watching.js';

const unreachable: Failure = {kind: 'unreachable', host: 'zenml', reason: 'refused'};
const runId = aRun().id;
const delta = `steps:delta:${runId}`;
/** The interval of one second, shortened as much as jitter can, as for a request that `createFailedRequest` fails. */
const shortestIntervalMs = 750;
const tick = (seconds: number): Action => ({type: 'clock/ticked', now: at(seconds)});
/** The clock of zentop: one tick per second. */
const createTicks = (from: number, to: number): readonly Action[] =>
  Array.from({length: to - from}, (_, nth) => tick(from + nth + 1));
const createEmptyArrival = (seconds: number): Action =>
  createArrival(
    delta,
    {kind: 'steps', runId, subset: 'delta', size: 100, page: {items: [], index: 1, pageCount: 1, total: 0}},
    at(seconds),
  );

const watching = reduceAll(
  aWatchingState({attempts: [anAttempt({status: 'running'})]}),
  createEmptyArrival(601),
  tick(601),
);

describe('the delay before a retry', () => {
  type RetryOptions = {count?: number; ageMs?: number; jitter?: number; intervalMs?: number; isOwn?: boolean};
  const getDelayMs = (
    failure: Failure,
    {count = 40, ageMs = 0, jitter = 1, intervalMs = 1000, isOwn = false}: RetryOptions = {},
  ): number => getRetryDelayMs({failure, failedInARow: count, ageMs, isOwn, jitter}, intervalMs);
  const failuresOfEveryKind: readonly Failure[] = [
    unreachable,
    {kind: 'proxy-refused', proxy: 'proxy:3128', status: 407, isLoginSent: false},
    {kind: 'timed-out', afterMs: 1},
    {kind: 'untrusted', host: '', reason: ''},
    {kind: 'not-signed-in', detail: ''},
    {kind: 'forbidden', detail: ''},
    {kind: 'not-found', detail: ''},
    {kind: 'no-route', path: ''},
    {kind: 'not-zenml', contentType: ''},
    {kind: 'malformed', where: ''},
    {kind: 'too-large', limitBytes: 1},
    aRefusal(500),
    aRefusal(503),
    aRefusal(429),
  ];

  test('is half an interval at first, then a full one, and no more while the outage is recent', () => {
    assert.deepEqual(
      [1, 2, 3, 40].map(count => getDelayMs(unreachable, {count, ageMs: 20_000})),
      [500, 1000, 1000, 1000],
    );
  });

  test.each(failuresOfEveryKind)('is at most one interval when %j has lasted 20 s', failure => {
    for (const intervalMs of [1000, 5000, 60_000]) {
      assert.ok(getDelayMs(failure, {ageMs: 20_000, intervalMs}) <= intervalMs);
    }
  });

  test('is multiplied by the number of requests that the retry costs', () => {
    const loop: Failure = {...unreachable, reason: 'redirect loop', requestCount: 4};
    assert.deepEqual([getDelayMs(loop), getDelayMs(loop, {ageMs: 3_600_000})], [4000, 20_000]);
  });

  test('grows with the age of the outage', () => {
    const seconds = [30, 60, 90, 3600].map(age => getDelayMs(unreachable, {ageMs: age * 1000}) / 1000);
    assert.deepEqual(seconds, [1, 2, 3, 5]);
  });

  test.each<[Failure, number]>([
    [unreachable, 5000],
    [{kind: 'timed-out', afterMs: 1}, 5000],
    [aRefusal(503), 10_000],
    [aRefusal(429), 30_000],
    [{kind: 'not-signed-in', detail: ''}, 30_000],
    [{kind: 'forbidden', detail: ''}, 30_000],
  ])('after %j is at most %i ms, however long it has lasted', (failure, ceiling) => {
    assert.equal(getDelayMs(failure, {ageMs: 10 ** 8}), ceiling);
  });

  test('is longer if the server reports too many requests', () => {
    assert.equal(getDelayMs(aRefusal(429), {count: 1}), 1000);
    assert.ok(getDelayMs(aRefusal(429), {ageMs: 60_000}) > getDelayMs(aRefusal(503), {ageMs: 60_000}));
  });

  test('is longer for one request that fails while others succeed', () => {
    const getDelaysSeconds = (failure: Failure) =>
      [1, 2, 3, 4, 5].map(count => getDelayMs(failure, {count, isOwn: true}) / 1000);
    assert.deepEqual(getDelaysSeconds(aRefusal(500)), [2, 4, 8, 10, 10]);
    assert.deepEqual(getDelaysSeconds({kind: 'forbidden', detail: ''}), [2, 4, 8, 16, 30]);
  });

  test('becomes longer as soon as another request, sent later than the failed one, has succeeded', () => {
    const getDelayAfter = (...actions: readonly Action[]): number =>
      getNeeds(reduceAll(watching, ...actions)).find(({key}) => key === `dag:${runId}`)!.dueAt - at(610);
    const failedRequest = createFailedRequest(`dag:${runId}`, aRefusal(500), at(610));
    assert.equal(getDelayAfter(failedRequest), shortestIntervalMs / 2);
    assert.equal(getDelayAfter(failedRequest, createEmptyArrival(610)), shortestIntervalMs / 2);
    assert.equal(getDelayAfter(failedRequest, createEmptyArrival(610.1)), 2 * shortestIntervalMs);
  });

  test('does not become longer for a request that the screen depends on', () => {
    const dag = createArrival(`dag:${runId}`, {kind: 'dag', runId, dag: aDag()}, at(611));
    const failing = reduceAll(watching, createFailedRequest(delta, aRefusal(500), at(610)), dag);
    assert.equal(getNeeds(failing).find(({key}) => key === delta)!.dueAt - at(610), shortestIntervalMs / 2);
  });

  test('is shortened at random by up to a quarter', () => {
    assert.deepEqual(
      [0, 0.5, 1].map(jitter => getDelayMs(aRefusal(500), {jitter})),
      [750, 875, 1000],
    );
  });

  test('is what the server requests, up to ten minutes', () => {
    assert.equal(getDelayMs(aRefusal(429, {retryAfterMs: 7000})), 7000);
    assert.equal(getDelayMs(aRefusal(429, {retryAfterMs: 10 ** 9})), 600_000);
  });

  test('also applies after a failure of a request that is due immediately', () => {
    const refetching = reduceAll(
      watching,
      {type: 'polling/demanded'},
      createFailedRequest(`dag:${runId}`, aRefusal(500), at(602)),
    );
    const need = getNeeds(refetching).find(({key}) => key === `dag:${runId}`)!;
    assert.ok(need.dueAt > at(602));
  });
});

test('one late response does not slow down polling, but a server that stays slow does', () => {
  const createSlowArrival = (seconds: number): Action =>
    ({...createEmptyArrival(seconds), respondedAt: at(seconds) + 4000}) as Action;
  const getGapAfter = (...actions: readonly Action[]): number => {
    const state = reduceAll(watching, ...actions);
    return getNeeds(state).find(({key}) => key === delta)!.dueAt - state.requestsByKey.get(delta)!.respondedAt;
  };
  assert.ok(getGapAfter(createSlowArrival(610)) <= 2600);
  assert.equal(getGapAfter(...[610, 620, 630, 640, 650].map(createSlowArrival)), 5000);
});

describe('while the server is unreachable', () => {
  const unreachableState = reduceAll(
    watching,
    createFailedRequest(delta, unreachable, at(610)),
    createFailedRequest(`run:${runId}`, unreachable, at(611)),
  );
  const getDueKeys = (state: State): readonly string[] =>
    getNeeds(state)
      .filter(({dueAt}) => Number.isFinite(dueAt))
      .map(({key}) => key);

  test('a single failure does not affect other requests', () => {
    const once = reduceAll(watching, createFailedRequest(delta, unreachable, at(610)));
    assert.ok(getDueKeys(once).length > 1);
  });

  test('only one request is sent at a time, the urgent ones in turn', () => {
    assert.deepEqual(getDueKeys(unreachableState), [delta]);
    assert.deepEqual(getNeeds(unreachableState).find(({key}) => key === delta)?.dueAt, at(611.75));
    assert.deepEqual(getDueKeys(reduceAll(unreachableState, createFailedRequest(delta, unreachable, at(612)))), [
      `run:${runId}`,
    ]);
  });

  test('the server is polled less and less often', () => {
    let state = unreachableState;
    const delays: number[] = [];
    for (let minutes = 0; minutes < 5; minutes += 1) {
      const seconds = 612 + 60 * minutes;
      state = reduceAll(state, createFailedRequest(delta, unreachable, at(seconds)));
      delays.push((Math.min(...getNeeds(state).map(({dueAt}) => dueAt)) - at(seconds)) / shortestIntervalMs);
    }
    assert.deepEqual(
      delays.map(delay => Math.round(delay * 10) / 10),
      [1, 2.1, 4.1, 5, 5],
    );
  });

  test('two failures with no response in between mean an outage', () => {
    const malformed: Failure = {kind: 'malformed', where: ''};
    const once = reduceAll(
      watching,
      createFailedRequest(delta, malformed, at(610)),
      createFailedRequest(delta, malformed, at(611)),
    );
    assert.ok(getDueKeys(once).length > 1);
    assert.equal(getDueKeys(reduceAll(once, createFailedRequest(`run:${runId}`, malformed, at(612)))).length, 1);
    assert.ok(
      getDueKeys(reduceAll(once, createEmptyArrival(612), createFailedRequest(`run:${runId}`, malformed, at(613))))
        .length > 1,
    );
  });

  test('requests that failed during the outage are soon retried after it; earlier failures keep their pace', () => {
    const forbidden: Failure = {kind: 'forbidden', detail: ''};
    const [old, young] = ['dag', 'steps:live'].map(name => `${name}:${runId}`) as [string, string];
    const createForbiddenFailure = (key: string, seconds: number) => createFailedRequest(key, forbidden, at(seconds));
    const denied = reduceAll(
      watching,
      ...[500, 502, 506, 514].map(seconds => createForbiddenFailure(old, seconds)),
      createEmptyArrival(515),
      ...[520, 522].flatMap(seconds => [
        createForbiddenFailure(delta, seconds),
        createForbiddenFailure(young, seconds),
      ]),
      createForbiddenFailure(old, 523),
      createEmptyArrival(524),
    );
    const getDueAt = (wanted: string) => getNeeds(denied).find(({key}) => key === wanted)!.dueAt;
    assert.ok(getDueAt(young) <= at(524));
    assert.ok(getDueAt(old) > at(530));
  });

  test('any response ends the outage, even a refusal', () => {
    assert.ok(
      getDueKeys(reduceAll(unreachableState, createFailedRequest(`run:${runId}`, aRefusal(500), at(620)))).length > 1,
    );
    assert.ok(getDueKeys(reduceAll(unreachableState, createEmptyArrival(620))).length > 1);
  });

  test('everything is fetched again after a long outage', () => {
    assert.equal(reduceAll(unreachableState, createEmptyArrival(620)).openRun?.sync.invalidatedAt, undefined);
    assert.equal(reduceAll(unreachableState, createEmptyArrival(700)).openRun?.sync.invalidatedAt, at(700));
  });

  test('the user can retry immediately', () => {
    const demanded = reduceAll(unreachableState, {type: 'polling/demanded'});
    assert.ok(getNeeds(demanded)[0]!.dueAt <= demanded.now);
  });
});

describe('the freshness of the screen', () => {
  const getKind = (state: State): string => selectFreshness(state).kind;

  test('is connecting before the first response, with the reason for the delay', () => {
    const connecting = aConnectingState();
    assert.deepEqual(selectFreshness(connecting), {kind: 'connecting', failure: undefined, retryInMs: 0});
    const failing = reduceAll(connecting, createFailedRequest(`run:${runId}`, unreachable, at(600)));
    assert.deepEqual(selectFreshness(failing), {
      kind: 'connecting',
      failure: unreachable,
      retryInMs: shortestIntervalMs / 2,
    });
  });

  test('is live with an age in milliseconds', () => {
    assert.deepEqual(selectFreshness(reduceAll(watching, tick(605))), {kind: 'live', ageMs: 4000});
  });

  test('does not mention a failure that the next retry fixes', () => {
    const failing = reduceAll(watching, createFailedRequest(delta, unreachable, at(602)), tick(604));
    assert.equal(getKind(failing), 'live');
    assert.equal(getKind(reduceAll(failing, createEmptyArrival(604), tick(606))), 'live');
  });

  test('is stale during an outage, with its age, reason and next retry', () => {
    const failing = reduceAll(
      watching,
      createFailedRequest(delta, unreachable, at(602)),
      createFailedRequest(`run:${runId}`, unreachable, at(604)),
      tick(605),
    );
    assert.deepEqual(selectFreshness(failing), {
      kind: 'stale',
      ageMs: 4000,
      retryInMs: 0,
      failure: unreachable,
      isOverdue: false,
    });
  });

  test('becomes stale when a response is overdue, with the time since the last one', () => {
    assert.equal(getKind(reduceAll(watching, tick(604))), 'live');
    const hanging = reduceAll(watching, ...createTicks(601, 606));
    assert.deepEqual(selectFreshness(hanging), {
      kind: 'stale',
      ageMs: 5000,
      retryInMs: 0,
      failure: {kind: 'timed-out', afterMs: 2800},
      isOverdue: true,
    });
    assert.equal(getKind(reduceAll(hanging, createEmptyArrival(606), tick(607))), 'live');
  });

  test('does not blame the server for time in which zentop itself was suspended', () => {
    assert.equal(getKind(reduceAll(watching, tick(606))), 'live');
    assert.equal(getKind(reduceAll(watching, tick(606), tick(607))), 'live');
    assert.equal(getKind(reduceAll(watching, tick(606), tick(607), tick(608))), 'stale');
  });

  test('is not affected by a response that is as late as usual', () => {
    const slow = {...createEmptyArrival(602), respondedAt: at(605)} as Action;
    const state = reduceAll(watching, slow, slow, slow, slow, slow, slow);
    const {tookMs} = state.requestsByKey.get(delta)!;
    assert.ok(tookMs > 700, `${tookMs}`);
    const dueAt = getNeeds(state).find(({key}) => key === delta)!.dueAt;
    assert.equal(getKind(reduceAll(state, {type: 'clock/ticked', now: dueAt + 3 * tookMs - 1})), 'live');
  });

  test('is not restored by a request that timed out', () => {
    const hung = {
      ...createFailedRequest(delta, {kind: 'timed-out', afterMs: 10_000}, at(612)),
      requestedAt: at(602),
    } as Action;
    assert.equal(getKind(reduceAll(watching, hung, tick(612))), 'stale');
  });

  test('has the age of the steps, however fresh the run itself is', () => {
    const createRunArrival = (seconds: number) =>
      createArrival(`run:${runId}`, {kind: 'run', run: aRun(), isHydrated: false}, at(seconds));
    const hung = [602, 604, 606, 608].map(seconds => createFailedRequest(delta, aRefusal(500), at(seconds)));
    const state = reduceAll(watching, ...hung, createRunArrival(611), tick(612));
    const freshness = selectFreshness(state);
    assert.ok(freshness.kind === 'stale' && freshness.ageMs === 11_000, JSON.stringify(freshness));
  });

  test('does not present a completed run as done while its steps are stale', () => {
    const done = createArrival(
      `run:${runId}`,
      {kind: 'run', run: aRun({status: 'completed'}), isHydrated: true},
      at(611),
    );
    const hung = [602, 604, 606, 608].map(seconds => createFailedRequest(delta, aRefusal(500), at(seconds)));
    const state = reduceAll(watching, ...hung, done, tick(612));
    assert.equal(getKind(state), 'stale');
    assert.equal(state.openRun?.overAt, undefined);
  });

  test('tolerates a few occurrences of a known server hiccup', () => {
    const passing = aRefusal(400, {isTransient: true});
    const thrice = reduceAll(
      watching,
      ...[602, 604, 606].map(seconds => createFailedRequest(delta, passing, at(seconds))),
      tick(610),
    );
    assert.equal(getKind(thrice), 'live');
    assert.equal(getKind(reduceAll(thrice, createFailedRequest(delta, passing, at(610)), tick(611))), 'stale');
  });

  test('shows the age while paused, and expects no response', () => {
    const paused = reduceAll(watching, {type: 'polling/toggled'}, tick(650));
    assert.deepEqual(selectFreshness(paused), {kind: 'paused', ageMs: 49_000});
    assert.deepEqual(getNeeds(paused), []);
    const connecting = reduceAll(aConnectingState(), {type: 'polling/toggled'});
    assert.deepEqual(selectFreshness(connecting), {kind: 'connecting', failure: undefined, retryInMs: 0});
  });

  test('is over for a finished run', () => {
    const run = aRun({status: 'completed'});
    assert.equal(getKind(aWatchingState({run, dag: aDag(), attempts: [anAttempt()]})), 'over');
  });
});

describe('after a request of the user for everything', () => {
  test.each(Object.entries(screens))('%s: it is clear when each need is due', (_, createState) => {
    const state = reduceAll(createState(), {type: 'polling/demanded'});
    assert.deepEqual(
      getNeeds(state).filter(({dueAt}) => Number.isNaN(dueAt)),
      [],
    );
  });

  test('unfinished steps are not listed if deltas and the graph suffice', () => {
    const findDueAt = (state: State) => getNeeds(state).find(({key}) => key.startsWith('steps:live'))?.dueAt;
    assert.equal(findDueAt(watching), Number.POSITIVE_INFINITY);
    assert.equal(findDueAt(reduceAll(watching, {type: 'polling/demanded'})), Number.POSITIVE_INFINITY);
  });
});
