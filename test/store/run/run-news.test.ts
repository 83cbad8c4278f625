import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../../src/domain/attempt.js';
import type {Run} from '../../../src/domain/run.js';
import type {Action} from '../../../src/store/action.js';
import {emptyHistory} from '../../../src/store/history/history.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {OpenRun} from '../../../src/store/run/open-run.js';
import type {State} from '../../../src/store/state.js';
import {createStore} from '../../../src/store/store.js';
import {aDag, aDagStep, aDetail, anAttempt, aRun, at} from '../../support/builders.js';
import {aConnectingState, aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const runId = aRun().id;
const createRunArrival = (changes: Partial<Run>, seconds: number): Action =>
  createArrival(`run:${runId}`, {kind: 'run', run: aRun(changes), isHydrated: true}, at(seconds));
const createDagArrival = (seconds: number): Action =>
  createArrival(`dag:${runId}`, {kind: 'dag', runId, dag: plan}, at(seconds));
const createRowsArrival = (items: readonly ReturnType<typeof anAttempt>[], seconds: number): Action =>
  createArrival(
    `steps:delta:${runId}`,
    {kind: 'steps', runId, subset: 'delta', size: 100, page: {items, index: 1, pageCount: 1, total: items.length}},
    at(seconds),
  );
const createListArrival = (items: readonly ReturnType<typeof anAttempt>[], seconds: number): Action =>
  createArrival(
    `steps:newest:${runId}`,
    {kind: 'steps', runId, subset: 'newest', size: 200, page: {items, index: 1, pageCount: 1, total: items.length}},
    at(seconds),
  );
const tick = (seconds: number): Action => ({type: 'clock/ticked', now: at(seconds)});

const plan = aDag({
  steps: [
    aDagStep({name: 'load'}),
    aDagStep({name: 'trainer', upstream: ['load']}),
    aDagStep({name: 'deploy', upstream: ['trainer']}),
  ],
});
const load = anAttempt({name: 'load'});
const running = aWatchingState({dag: plan, attempts: [load, anAttempt({status: 'running'})]});

const findDueAt = (state: State, key: string): number | undefined =>
  getNeeds(state).find(need => need.key === key)?.dueAt;
const getFiniteKeys = (state: State): readonly string[] =>
  getNeeds(state)
    .filter(({dueAt}) => Number.isFinite(dueAt))
    .map(({key}) => key.replace(`:${runId}`, ''));

describe('the end of a run', () => {
  const over = reduceAll(running, tick(620), createRunArrival({status: 'completed'}, 620));
  const seenAt = at(620) + 200;
  const ended = [anAttempt({updatedAt: at(619)}), anAttempt({name: 'deploy', updatedAt: at(619)})];

  test('is not accepted while steps are unfinished: the rows and the graph are fetched from scratch first', () => {
    assert.equal(over.openRun?.endSeenAt, seenAt);
    assert.equal(over.openRun?.overAt, undefined);
    const missed = reduceAll(over, createRowsArrival([], 621));
    assert.equal(missed.openRun?.overAt, undefined);
    assert.ok(findDueAt(missed, `steps:newest:${runId}`)! <= at(621) + 200);
    assert.ok(findDueAt(missed, `dag:${runId}`)! <= at(621) + 200);

    const mended = reduceAll(missed, createListArrival([load, ...ended], 622));
    assert.equal(mended.openRun?.overAt, seenAt);
    const listed = reduceAll(missed, createListArrival([load], 622));
    assert.equal(listed.openRun?.overAt, undefined, 'the graph must agree, too');
    assert.equal(reduceAll(listed, createDagArrival(622)).openRun?.overAt, seenAt, 'both agree');
  });

  test('fetches changes immediately, again three seconds later, together with the graph, and after that only the run', () => {
    assert.ok(findDueAt(over, `steps:delta:${runId}`)! <= seenAt);
    assert.equal(findDueAt(over, `dag:${runId}`), seenAt + 3000);

    const once = reduceAll(over, createRowsArrival(ended, 621));
    assert.equal(once.openRun?.overAt, seenAt);
    assert.equal(findDueAt(once, `steps:delta:${runId}`), seenAt + 3000);
    assert.equal(findDueAt(once, `steps:newest:${runId}`), undefined);

    const done = reduceAll(
      once,
      createRowsArrival([], 624),
      createDagArrival(624),
      createRunArrival({status: 'completed'}, 624),
    );
    assert.deepEqual(
      getFiniteKeys(done).filter(key => key !== 'info' && !key.startsWith('step:')),
      ['run'],
    );
    assert.equal(findDueAt(done, `run:${runId}`), at(684) + 200);
  });

  test('leaves only the run to be fetched if it had ended long before it was opened', () => {
    const old = aWatchingState({run: aRun({status: 'completed', endedAt: at(100)}), dag: plan, attempts: [load]});
    assert.equal(old.openRun?.overAt, at(100));
    assert.deepEqual(
      getFiniteKeys(old).filter(key => key !== 'info' && !key.startsWith('step:')),
      ['run'],
    );
  });

  test('is revoked if the run continues, and everything is fetched again', () => {
    const resumed = reduceAll(over, tick(640), createRunArrival({status: 'resuming', isInProgress: true}, 640));
    assert.equal(resumed.openRun?.overAt, undefined);
    for (const key of [`dag:${runId}`, `steps:delta:${runId}`]) {
      assert.ok(findDueAt(resumed, key)! <= at(640), key);
    }
    assert.ok(findDueAt(resumed, `run:${runId}`)! > at(640), 'the run itself has just been seen');
  });
});

describe('a failed run that never reports its end', () => {
  const stuck: Partial<Run> = {status: 'failed', isInProgress: true, endedAt: at(20)};
  const failedStep = anAttempt({status: 'failed'});
  const anOpenRun = (...actions: readonly Action[]): OpenRun => reduceAll(aConnectingState(), ...actions).openRun!;

  test('is over once the plan shows that nothing remains', () => {
    assert.notEqual(
      anOpenRun(createRunArrival(stuck, 600), createDagArrival(600), createRowsArrival([load, failedStep], 601)).overAt,
      undefined,
    );
  });

  test('is not over before the plan is known', () => {
    assert.equal(anOpenRun(createRunArrival(stuck, 600), createRowsArrival([load, failedStep], 601)).overAt, undefined);
  });

  test('is not over while another branch is still running', () => {
    const rows = [load, failedStep, anAttempt({name: 'other branch', status: 'running'})];
    assert.equal(
      anOpenRun(createRunArrival(stuck, 600), createDagArrival(600), createRowsArrival(rows, 601)).overAt,
      undefined,
    );
  });

  test('is over after a minute without news if it is dynamic', () => {
    const dynamic = {...stuck, isDynamic: true};
    const rows = [{...failedStep, endedAt: at(595)}];
    const dag = aDag({steps: [aDagStep({name: 'trainer'})]});
    const dagArrival = createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, at(600));
    const active = reduceAll(
      aConnectingState(),
      createRunArrival(dynamic, 600),
      dagArrival,
      createRowsArrival(rows, 601),
    );
    assert.equal(active.openRun?.overAt, undefined);
    const quiet = reduceAll(active, tick(662), createRunArrival(dynamic, 662));
    assert.equal(quiet.openRun?.overAt, undefined, 'its rows are fetched once more');
    assert.notEqual(reduceAll(quiet, createRowsArrival([], 663)).openRun?.overAt, undefined);
  });
});

describe('when the run itself is fetched', () => {
  const getDueAt = (state: State): number => findDueAt(state, `run:${runId}`)!;

  test('rarely while its steps run, because they show when it is due', () => {
    assert.equal(getDueAt(running), at(620));
  });

  test('even more rarely while steps start, because only a running run starts steps', () => {
    const start = (name: string, seconds: number) =>
      createRowsArrival([anAttempt({name, status: 'running', updatedAt: at(seconds)})], seconds);
    assert.equal(getDueAt(reduceAll(running, start('next', 610))), at(630) + 200);
    assert.equal(getDueAt(reduceAll(running, start('next', 610), start('last', 659))), at(660));
  });

  test.each<[string, readonly ReturnType<typeof anAttempt>[]]>([
    ['a step failed', [anAttempt({status: 'failed', updatedAt: at(690)})]],
    ['the last step ended', [anAttempt({updatedAt: at(690)}), anAttempt({name: 'deploy', updatedAt: at(690)})]],
  ])('at once when %s', (_, rows) => {
    assert.ok(getDueAt(reduceAll(running, createRowsArrival(rows, 601))) <= at(601) + 200);
  });

  test('not when a step with successors ends, unless none of them starts within 3 s', () => {
    const ended = anAttempt({status: 'completed', updatedAt: at(609), endedAt: at(609)});
    const next = anAttempt({name: 'deploy', status: 'running', updatedAt: at(612)});
    const between = reduceAll(running, createRunArrival({}, 605), tick(610), createRowsArrival([ended], 610));
    assert.equal(getDueAt(between), between.openRun!.changedAt + 3000);
    assert.ok(getDueAt(reduceAll(between, tick(612), createRowsArrival([next], 612))) > at(620));
  });

  test('as often as the rows until it has been seen running', () => {
    const starting = aWatchingState({run: aRun({status: 'initializing'})});
    assert.equal(getDueAt(starting), at(601));
  });
});

describe('how often changes are fetched', () => {
  type Circumstances = {readonly run?: Partial<Run>; readonly tookMs?: number; readonly intervalMs?: number};
  const getGapIn = (before: State, seconds: number, rows: readonly Attempt[], circumstances: Circumstances): number => {
    const {tookMs = 40, intervalMs = 1000, run = {}} = circumstances;
    const arrival = {...createRowsArrival(rows, seconds), respondedAt: at(seconds) + tookMs} as Action;
    const {session, ...state} = reduceAll(before, createRunArrival(run, 600), tick(seconds), arrival);
    const paced = {...state, session: {...session, intervalMs}};
    return Math.round(findDueAt(paced, `steps:delta:${runId}`)! - at(seconds) - tookMs);
  };
  const getGapAfter = (quietSeconds: number, circumstances: Circumstances = {}): number =>
    getGapIn(running, 600 + quietSeconds, [], circumstances);
  const trainerStarts = anAttempt({status: 'running', updatedAt: at(609)});
  const trainerEnds = anAttempt({status: 'completed', updatedAt: at(609), endedAt: at(609)});
  const onlyLoaded = aWatchingState({dag: plan, attempts: [load]});
  /** The trainer is running, and every remaining step waits for it; it took the given number of seconds in previous runs. */
  const aTrainingState = (...pastSeconds: readonly number[]): State => {
    const state = aWatchingState({
      run: aRun({isDynamic: false}),
      dag: aDag({steps: [aDagStep({name: 'trainer'}), aDagStep({name: 'deploy', upstream: ['trainer']})]}),
      attempts: [anAttempt({status: 'running', updatedAt: at(599)})],
    });
    const pastRuns = pastSeconds.map((seconds, index) => ({
      id: aRun({id: `past-${index}` as Run['id']}).id,
      startedAt: at(0),
      endedAt: at(900),
      stepsByName: new Map([
        ['trainer', {startedAt: at(0), endedAt: at(seconds), lastAttemptMs: seconds * 1000, isReused: false}],
      ]),
    }));
    return {...state, openRun: {...state.openRun!, history: {...emptyHistory, pastRuns}}};
  };

  test.each([
    ['every interval between two steps', getGapIn(running, 610, [trainerEnds], {}), 1000],
    [
      'after two intervals when the only running step has just started',
      getGapIn(onlyLoaded, 610, [trainerStarts], {}),
      2000,
    ],
    ['every one and a third intervals while a step is running', getGapAfter(10), 1333],
    [
      'every other interval while a step is running that took much longer in previous runs',
      getGapIn(aTrainingState(20, 25), 610, [], {}),
      2000,
    ],
    [
      'every one and a third intervals once the step has taken nearly as long as in previous runs',
      getGapIn(aTrainingState(20, 25), 615, [], {}),
      1333,
    ],
    ['every one and a third intervals after a single previous run', getGapIn(aTrainingState(20), 610, [], {}), 1333],
    ['every other interval after half a minute', getGapAfter(60), 2000],
    ['every five seconds after five minutes', getGapAfter(400), 5000],
    ['every five seconds while the run is paused', getGapAfter(10, {run: {status: 'paused'}}), 5000],
    ['more slowly from a server that is slow', getGapAfter(10, {tookMs: 300}), 3000],
    ['but a single slow response does not stop updates', getGapAfter(10, {tookMs: 20_000}), 5000],
    ['never faster than the interval', getGapAfter(10, {intervalMs: 7000}), 9333],
  ])('%s', (_, gapMs, expected) => {
    assert.equal(gapMs, expected);
  });
});

describe('news without changes', () => {
  test('keeps the identity of the run, the table and the details', () => {
    const details = createArrival(
      'step:x',
      {kind: 'step', detail: aDetail({attempt: anAttempt({status: 'running'})})},
      at(601),
    );
    const before = reduceAll(running, details).openRun!;
    const after = reduceAll(
      {...running, openRun: before},
      details,
      createRunArrival({}, 602),
      createDagArrival(602),
      createRowsArrival([load, anAttempt({status: 'running'})], 603),
    ).openRun!;
    for (const part of ['run', 'table', 'detailsById', 'childRuns', 'waitConditions', 'list', 'changedAt'] as const) {
      assert.equal(after[part], before[part], part);
    }
  });

  test('changes nothing if it is about another run', () => {
    const other = aRun({id: 'other' as Run['id'], name: 'other'});
    const after = reduceAll(running, createArrival('run:other', {kind: 'run', run: other, isHydrated: true}, at(601)));
    assert.equal(after.openRun, running.openRun);
  });
});

test('a store calls a listener for each action that changes something, until the listener is unsubscribed', () => {
  const store = createStore(running);
  let calls = 0;
  const stop = store.subscribe(() => calls++);
  store.dispatch({type: 'text/scrolled', by: 1});
  assert.equal(calls, 0);
  store.dispatch({type: 'help/toggled'});
  stop();
  store.dispatch({type: 'help/toggled'});
  assert.equal(calls, 1);
});

test('without /dag the plan is fetched from the snapshot, once', () => {
  const state = reduceAll(running, createRunArrival({snapshotId: 'snapshot'}, 601), {
    type: 'news/failed',
    key: `dag:${runId}`,
    failure: {kind: 'no-route', path: 'dag'},
    at: at(602),
    jitter: 0,
  });
  const planless = {...state, openRun: {...state.openRun!, hasPlan: false}};
  assert.ok(findDueAt(planless, `planned:${runId}`)! <= at(602));
  const planned = reduceAll(planless, createArrival(`planned:${runId}`, {kind: 'dag', runId, dag: plan}, at(603)));
  assert.equal(findDueAt(planned, `planned:${runId}`), Number.POSITIVE_INFINITY);
  assert.equal(findDueAt(planned, `dag:${runId}`), undefined);
});
