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
const watching = aWatchingState({dag, attempts: [running], session});

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
    const opened = reduceAll(aConnectingState({session}), run);
    const planned = reduceAll(opened, graph);
    const loaded = reduceAll(planned, createRowsArrival([running], at(600), 'newest'));
    assert.deepEqual(collectChanges(opened, planned, loaded), [['run'], [], ['trainer running']]);
  });

  test('does not report steps again when a new list of them turns out to be incomplete', () => {
    const page = {items: [running], index: 1, pageCount: 2, total: 300};
    const createListArrival = (subset: 'newest' | 'retried', seconds: number) =>
      createArrival(`steps:${subset}:${runId}`, {kind: 'steps', runId, subset, page, size: 200}, at(seconds));
    const incomplete = reduceAll(watching, createListArrival('newest', 602));
    const complete = reduceAll(incomplete, createListArrival('retried', 603));
    assert.deepEqual(collectChanges(watching, incomplete, complete).slice(1), [[], []]);
  });

  test('delays a failure until its exception is loaded', () => {
    const failing = reduceAll(watching, createRowsArrival([broken], at(602)));
    const detail = aDetail({attempt: broken, exception: anException()});
    const explained = reduceAll(failing, createArrival(`step:${broken.id}`, {kind: 'step', detail}, at(602)));
    assert.deepEqual(collectChanges(watching, failing, explained).slice(1), [[], ['trainer failed']]);
  });

  test('reports a failure without its exception if that cannot be loaded or takes too long', () => {
    const failing = reduceAll(watching, createRowsArrival([broken], at(602)));
    const gone: Failure = {kind: 'not-found', detail: ''};
    const refused = reduceAll(failing, createFailedRequest(`step:${broken.id}`, gone, at(602)));
    assert.deepEqual(collectChanges(watching, failing, refused).slice(1), [[], ['trainer failed']]);
    const createArrivals = (seconds: number) => [
      createArrival(`run:${runId}`, {kind: 'run', run: aRun(), isHydrated: false}, at(seconds)),
      createRowsArrival([], at(seconds)),
    ];
    const later = [603, 606, 608].map(seconds =>
      reduceAll(failing, ...createArrivals(seconds), createTick(at(seconds))),
    );
    assert.deepEqual(collectChanges(watching, ...later).slice(1), [[], [], ['trainer failed']]);
  });

  test('reports a delayed failure before the disappearance of the run', () => {
    const failing = reduceAll(watching, createRowsArrival([broken], at(602)));
    const missing: Failure = {kind: 'not-found', detail: ''};
    const gone = reduceAll(
      failing,
      createFailedRequest(`run:${runId}`, missing, at(603)),
      createFailedRequest(`run:${runId}`, missing, at(604)),
    );
    assert.deepEqual(collectChanges(watching, failing, gone, gone).slice(1), [[], ['trainer failed', 'gone'], []]);
  });

  test('reports changes that happened while a failure was delayed', () => {
    const other = anAttempt({name: 'report', status: 'completed', updatedAt: at(602)});
    const failing = reduceAll(watching, createRowsArrival([broken], at(602)));
    const more = reduceAll(failing, createRowsArrival([other], at(603)));
    const detail = aDetail({attempt: broken, exception: anException()});
    const explained = reduceAll(more, createArrival(`step:${broken.id}`, {kind: 'step', detail}, at(603)));
    assert.deepEqual(collectChanges(watching, failing, more, explained).slice(1), [
      [],
      [],
      ['trainer failed', 'report completed'],
    ]);
  });

  test('reports a question once, and its answer with the name of the user who gave it', () => {
    const createQuestionsArrival = (question: Question, seconds: number) =>
      createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [question]}, at(seconds));
    const asked = reduceAll(watching, createQuestionsArrival(aQuestion(), 601));
    const answered = reduceAll(
      asked,
      createQuestionsArrival(aQuestion({isPending: false, resolution: 'continue', resolvedById: 'grace-id'}), 604),
    );
    const named = reduceAll(
      answered,
      createArrival('user:grace-id', {kind: 'user', user: {id: 'grace-id', name: 'grace'}}, at(604)),
    );
    assert.deepEqual(collectChanges(watching, asked, asked, answered, named, named).slice(1), [
      ['question'],
      [],
      [],
      ['question'],
      [],
    ]);
    const unknown = reduceAll(answered, createFailedRequest('user:grace-id', {kind: 'not-found', detail: ''}, at(605)));
    assert.deepEqual(collectChanges(asked, answered, unknown).slice(1), [[], ['question']]);
  });

  test('reports why a step is queued, once the server has given the reason', () => {
    const queued = anAttempt({name: 'trainer', status: 'queued', resourceRequestId: 'request'});
    const state = aWatchingState({dag, attempts: [queued], session});
    const request = {id: 'request', reason: 'pool gpu is full', queuedAt: at(500)};
    const explained = reduceAll(
      state,
      createArrival('resource-request:request', {kind: 'resource-request', request}, at(602)),
    );
    assert.deepEqual(collectChanges(state, explained, explained).slice(1), [['wait'], []]);
  });

  test('reports that a step is being provisioned only once that has taken a minute', () => {
    const provisioned = anAttempt({name: 'trainer', status: 'provisioning', startedAt: at(560)});
    const early = aWatchingState({dag, attempts: [provisioned], session});
    const [first, second] = collectChanges(early, reduceAll(early, createTick(at(621))));
    assert.deepEqual([first?.includes('wait'), second?.includes('wait')], [false, true]);
  });

  test('reports that a step waits for its next attempt, unless that is due already', () => {
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
    const states = [watching];
    for (const now of tries) {
      states.push(reduceAll(states.at(-1)!, createTick(now), createFailedRequest(`steps:delta:${runId}`, away, now)));
    }

    const back = reduceAll(states.at(-1)!, createTick(at(700)), createRowsArrival([], at(700)));
    assert.deepEqual(
      collectChanges(...states, back)
        .slice(1)
        .flat(),
      ['problem', 'problem', 'recovered'],
    );
  });
});

const serverInfoArrival = createArrival('info', {kind: 'info', info: aServerInfo()}, at(600));

describe('a report of a run', () => {
  const ended = aRun({status: 'completed', endedAt: at(590)});

  test('is not complete until the address of the dashboard is known or could not be fetched', () => {
    const old = aWatchingState({run: aRun({status: 'completed', endedAt: at(100)}), dag, attempts: [], session});
    assert.equal(isReportComplete(old), false);
    assert.equal(isReportComplete(reduceAll(old, serverInfoArrival)), true);
    const unknown: Failure = {kind: 'not-found', detail: ''};
    assert.equal(isReportComplete(reduceAll(old, createFailedRequest('info', unknown, at(601)))), true);
  });

  test('is complete once a run that ended long ago is loaded', () => {
    const done = anAttempt({name: 'trainer', endedAt: at(12)});
    const old = aWatchingState({run: aRun({status: 'completed', endedAt: at(100)}), dag, attempts: [done], session});
    assert.equal(isReportComplete(reduceAll(old, serverInfoArrival)), true);
  });

  test('is not complete while the run is in progress', () => {
    assert.equal(isReportComplete(reduceAll(watching, serverInfoArrival)), false);
  });

  test('is not complete until the run and its steps have been fetched again after the end', () => {
    const createWholeArrivals = (requestedAt: number) => [
      createArrival(`run:${runId}`, {kind: 'run', run: ended, isHydrated: true}, requestedAt),
      createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, requestedAt),
      createRowsArrival([{...running, status: 'completed', endedAt: at(590), updatedAt: at(590)}], requestedAt),
    ];
    const atEnd = reduceAll(watching, serverInfoArrival, ...createWholeArrivals(at(602)));
    assert.equal(isReportComplete(atEnd), false);
    const confirmed = reduceAll(atEnd, ...createWholeArrivals(at(607)));
    assert.equal(isReportComplete(confirmed), true);
  });

  test('is not complete during an outage', () => {
    const away: Failure = {kind: 'timed-out', afterMs: 30_000};
    const run = aRun({status: 'completed', endedAt: at(100)});
    const old = reduceAll(aWatchingState({run, dag, attempts: [], session}), serverInfoArrival);
    assert.equal(isReportComplete(old), true);
    const lost = reduceAll(
      old,
      createFailedRequest(`run:${runId}`, away, at(610)),
      createFailedRequest(`run:${runId}`, away, at(612)),
    );
    assert.equal(isReportComplete(lost), false);
  });
});
