import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import type {Failure} from '../../src/domain/failure.js';
import type {Question} from '../../src/domain/intervention/question.js';
import {isReportComplete} from '../../src/report/completeness.js';
import {emptyNarration, type Narration, updateNarration} from '../../src/report/narration.js';
import type {State} from '../../src/store/state.js';
import {
  aDag,
  aDagStep,
  aDetail,
  anAttempt,
  anException,
  aQuestion,
  aRun,
  aServerInfo,
  aStepConfig,
  at,
} from '../support/builders.js';
import {
  aConnectingState,
  aSession,
  aWatchingState,
  createArrival,
  createFailedRequest,
  reduceAll,
} from '../support/watching.js';

const session = aSession({isScreenless: true});
const runId = aRun().id;
const dag = aDag({steps: [aDagStep({name: 'trainer'})]});
const running = anAttempt({name: 'trainer', status: 'running'});
const broken = anAttempt({name: 'trainer', status: 'failed', endedAt: at(601), updatedAt: at(601)});
const watchingState = aWatchingState({dag, attempts: [running], session});

const createRowsArrival = (attempts: readonly Attempt[], requestedAt: number, subset: 'newest' | 'delta' = 'delta') => {
  const page = {items: attempts, index: 1, pageCount: 1, total: attempts.length};
  return createArrival(`steps:${subset}:${runId}`, {kind: 'steps', runId, subset, page, size: 200}, requestedAt);
};
const createTick = (now: number) => ({type: 'clock/ticked', now}) as const;

/** The changes reported for a sequence of states. */
const collectChanges = (...states: readonly State[]): readonly (readonly string[])[] => {
  let narration: Narration = emptyNarration;
  return states.map(state => {
    const next = updateNarration(narration, state);
    narration = next.narration;
    return next.changes.map(change => (change.type === 'step' ? `${change.name} ${change.to}` : change.type));
  });
};

describe('the narration of a run', () => {
  test('starts with the run, and reports steps once all are loaded', () => {
    const run = createArrival(`run:${runId}`, {kind: 'run', run: aRun(), isHydrated: true}, at(600));
    const graph = createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, at(600));
    const openedState = reduceAll(aConnectingState({session}), run);
    const plannedState = reduceAll(openedState, graph);
    const loadedState = reduceAll(plannedState, createRowsArrival([running], at(600), 'newest'));
    assert.deepEqual(collectChanges(openedState, plannedState, loadedState), [['run'], [], ['trainer running']]);
  });

  test('does not report steps again when a new list of them turns out to be incomplete', () => {
    const page = {items: [running], index: 1, pageCount: 2, total: 300};
    const createListArrival = (subset: 'newest' | 'retried', seconds: number) =>
      createArrival(`steps:${subset}:${runId}`, {kind: 'steps', runId, subset, page, size: 200}, at(seconds));
    const incompleteState = reduceAll(watchingState, createListArrival('newest', 602));
    const completeState = reduceAll(incompleteState, createListArrival('retried', 603));
    assert.deepEqual(collectChanges(watchingState, incompleteState, completeState).slice(1), [[], []]);
  });

  test('delays a failure until its exception is loaded', () => {
    const failingState = reduceAll(watchingState, createRowsArrival([broken], at(602)));
    const detail = aDetail({attempt: broken, exception: anException()});
    const explainedState = reduceAll(failingState, createArrival(`step:${broken.id}`, {kind: 'step', detail}, at(602)));
    assert.deepEqual(collectChanges(watchingState, failingState, explainedState).slice(1), [[], ['trainer failed']]);
  });

  test('reports a failure without its exception if that cannot be loaded or takes too long', () => {
    const failingState = reduceAll(watchingState, createRowsArrival([broken], at(602)));
    const gone: Failure = {kind: 'not-found', detail: ''};
    const refusedState = reduceAll(failingState, createFailedRequest(`step:${broken.id}`, gone, at(602)));
    assert.deepEqual(collectChanges(watchingState, failingState, refusedState).slice(1), [[], ['trainer failed']]);
    const createArrivals = (seconds: number) => [
      createArrival(`run:${runId}`, {kind: 'run', run: aRun(), isHydrated: false}, at(seconds)),
      createRowsArrival([], at(seconds)),
    ];
    const laterStates = [603, 606, 608].map(seconds =>
      reduceAll(failingState, ...createArrivals(seconds), createTick(at(seconds))),
    );
    assert.deepEqual(collectChanges(watchingState, ...laterStates).slice(1), [[], [], ['trainer failed']]);
  });

  test('reports a delayed failure before the disappearance of the run', () => {
    const failingState = reduceAll(watchingState, createRowsArrival([broken], at(602)));
    const missing: Failure = {kind: 'not-found', detail: ''};
    const goneState = reduceAll(
      failingState,
      createFailedRequest(`run:${runId}`, missing, at(603)),
      createFailedRequest(`run:${runId}`, missing, at(604)),
    );
    assert.deepEqual(collectChanges(watchingState, failingState, goneState, goneState).slice(1), [
      [],
      ['trainer failed', 'gone'],
      [],
    ]);
  });

  test('reports changes that happened while a failure was delayed', () => {
    const other = anAttempt({name: 'report', status: 'completed', updatedAt: at(602)});
    const failingState = reduceAll(watchingState, createRowsArrival([broken], at(602)));
    const changedState = reduceAll(failingState, createRowsArrival([other], at(603)));
    const detail = aDetail({attempt: broken, exception: anException()});
    const explainedState = reduceAll(changedState, createArrival(`step:${broken.id}`, {kind: 'step', detail}, at(603)));
    assert.deepEqual(collectChanges(watchingState, failingState, changedState, explainedState).slice(1), [
      [],
      [],
      ['trainer failed', 'report completed'],
    ]);
  });

  test('reports a question once, and its answer with the name of the user who gave it', () => {
    const createQuestionsArrival = (question: Question, seconds: number) =>
      createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [question]}, at(seconds));
    const askedState = reduceAll(watchingState, createQuestionsArrival(aQuestion(), 601));
    const answeredState = reduceAll(
      askedState,
      createQuestionsArrival(aQuestion({isPending: false, resolution: 'continue', resolvedById: 'grace-id'}), 604),
    );
    const namedState = reduceAll(
      answeredState,
      createArrival('user:grace-id', {kind: 'user', user: {id: 'grace-id', name: 'grace'}}, at(604)),
    );
    assert.deepEqual(
      collectChanges(watchingState, askedState, askedState, answeredState, namedState, namedState).slice(1),
      [['question'], [], [], ['question'], []],
    );
    const unknownState = reduceAll(
      answeredState,
      createFailedRequest('user:grace-id', {kind: 'not-found', detail: ''}, at(605)),
    );
    assert.deepEqual(collectChanges(askedState, answeredState, unknownState).slice(1), [[], ['question']]);
  });

  test('reports why a step is queued, once the server has given the reason', () => {
    const queued = anAttempt({name: 'trainer', status: 'queued', resourceRequestId: 'request'});
    const state = aWatchingState({dag, attempts: [queued], session});
    const request = {id: 'request', reason: 'pool gpu is full', queuedAt: at(500)};
    const explainedState = reduceAll(
      state,
      createArrival('resource-request:request', {kind: 'resource-request', request}, at(602)),
    );
    assert.deepEqual(collectChanges(state, explainedState, explainedState).slice(1), [['wait'], []]);
  });

  test('reports that a step is being provisioned only once that has taken a minute', () => {
    const provisioned = anAttempt({name: 'trainer', status: 'provisioning', startedAt: at(560)});
    const earlyState = aWatchingState({dag, attempts: [provisioned], session});
    const [first, second] = collectChanges(earlyState, reduceAll(earlyState, createTick(at(621))));
    assert.deepEqual([first?.includes('wait'), second?.includes('wait')], [false, true]);
  });

  test('reports that a step is waiting for its next attempt, unless that is due already', () => {
    for (const [delaySeconds, isReported] of [
      [60, true],
      [1, false],
    ] as const) {
      const failed = anAttempt({name: 'trainer', status: 'retrying', startedAt: at(500), endedAt: at(590)});
      const config = aStepConfig({retry: {maxRetries: 2, delaySeconds, backoff: 1}});
      const detail = aDetail({attempt: failed, config, exception: anException()});
      const state = reduceAll(
        aWatchingState({dag, attempts: [failed], session}),
        createArrival(`step:${failed.id}`, {kind: 'step', detail}, at(600)),
      );
      const changes = collectChanges(state).flat();
      assert.equal(changes.includes('wait'), isReported, changes.join());
    }
  });

  test('reports an outage when it starts, every minute, and when it is over', () => {
    const away: Failure = {kind: 'unreachable', host: 'zenml.example.com', reason: 'connection refused'};
    const tries = Array.from({length: 45}, (_, index) => at(602 + 2 * index));
    const states = [watchingState];
    for (const now of tries) {
      states.push(reduceAll(states.at(-1)!, createTick(now), createFailedRequest(`steps:delta:${runId}`, away, now)));
    }

    const recoveredState = reduceAll(states.at(-1)!, createTick(at(700)), createRowsArrival([], at(700)));
    assert.deepEqual(
      collectChanges(...states, recoveredState)
        .slice(1)
        .flat(),
      ['problem', 'problem', 'recovered'],
    );
  });
});

const serverInfoArrival = createArrival('info', {kind: 'info', info: aServerInfo()}, at(600));

describe('a report of a run', () => {
  const ended = aRun({status: 'completed', endedAt: at(590)});

  test('is not complete until the URL of the dashboard is known or could not be fetched', () => {
    const oldState = aWatchingState({run: aRun({status: 'completed', endedAt: at(100)}), dag, attempts: [], session});
    assert.equal(isReportComplete(oldState), false);
    assert.equal(isReportComplete(reduceAll(oldState, serverInfoArrival)), true);
    const unknown: Failure = {kind: 'not-found', detail: ''};
    assert.equal(isReportComplete(reduceAll(oldState, createFailedRequest('info', unknown, at(601)))), true);
  });

  test('is complete once a run that ended long ago is loaded', () => {
    const done = anAttempt({name: 'trainer', endedAt: at(12)});
    const oldState = aWatchingState({
      run: aRun({status: 'completed', endedAt: at(100)}),
      dag,
      attempts: [done],
      session,
    });
    assert.equal(isReportComplete(reduceAll(oldState, serverInfoArrival)), true);
  });

  test('is not complete while the run is in progress', () => {
    assert.equal(isReportComplete(reduceAll(watchingState, serverInfoArrival)), false);
  });

  test('is not complete until the run and its steps have been fetched again after the end', () => {
    const createWholeArrivals = (requestedAt: number) => [
      createArrival(`run:${runId}`, {kind: 'run', run: ended, isHydrated: true}, requestedAt),
      createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, requestedAt),
      createRowsArrival([{...running, status: 'completed', endedAt: at(590), updatedAt: at(590)}], requestedAt),
    ];
    const endedState = reduceAll(watchingState, serverInfoArrival, ...createWholeArrivals(at(602)));
    assert.equal(isReportComplete(endedState), false);
    const confirmedState = reduceAll(endedState, ...createWholeArrivals(at(607)));
    assert.equal(isReportComplete(confirmedState), true);
  });

  test('is not complete during an outage', () => {
    const away: Failure = {kind: 'timed-out', afterMs: 30_000};
    const run = aRun({status: 'completed', endedAt: at(100)});
    const oldState = reduceAll(aWatchingState({run, dag, attempts: [], session}), serverInfoArrival);
    assert.equal(isReportComplete(oldState), true);
    const lostState = reduceAll(
      oldState,
      createFailedRequest(`run:${runId}`, away, at(610)),
      createFailedRequest(`run:${runId}`, away, at(612)),
    );
    assert.equal(isReportComplete(lostState), false);
  });
});
