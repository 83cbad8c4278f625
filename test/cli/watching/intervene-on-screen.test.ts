import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Interventions} from '../../../src/api/interventions.js';
import type {ApiResponse} from '../../../src/api/response.js';
import {interveneOnScreen} from '../../../src/cli/watching/intervene-on-screen.js';
import type {Connection} from '../../../src/connection/open-connection.js';
import {ExactNumber} from '../../../src/domain/exact-number.js';
import type {Failure} from '../../../src/domain/failure.js';
import {toStepId} from '../../../src/domain/ids.js';
import type {Intervention} from '../../../src/domain/intervention/intervention.js';
import type {Question} from '../../../src/domain/intervention/question.js';
import type {Run} from '../../../src/domain/run.js';
import {createStore} from '../../../src/store/store.js';
import {aQuestion, aRefusal, aRun, at} from '../../support/builders.js';
import {aSession, aWatchingState} from '../../support/watching.js';

const runId = aRun().id;
const interventions: readonly Intervention[] = [
  {kind: 'stop', runId, isForced: false},
  {kind: 'stop', runId, isForced: true},
  {kind: 'abort', runId, questionId: 'question'},
  {kind: 'answer', runId, questionId: 'question', value: true},
  {kind: 'refresh', runId},
  {kind: 'tag', runId, add: ['nightly'], remove: []},
  {kind: 'expire-cache', runId, stepId: toStepId('step'), stepName: 'train', at: at(600)},
];

const timing = {requestedAt: 0, respondedAt: 0, serverDateAt: undefined};
const createResponse = <T>(value: T): ApiResponse<T> => ({ok: true, value, timing});

/** Carries out an intervention that gets this response; later requests return the given run and question. */
const intervene = async (
  intervention: Intervention,
  response: ApiResponse<unknown>,
  {run = aRun(), question, isReadOnly = false}: {run?: Run; question?: Question; isReadOnly?: boolean} = {},
) => {
  const store = createStore(aWatchingState({session: aSession({isReadOnly})}));
  const notices: string[] = [];
  store.subscribe(() => {
    const text = store.get().notice?.text;
    if (text !== undefined && notices.at(-1) !== text) {
      notices.push(text);
    }
  });
  let requestCount = 0;
  const send = async () => {
    requestCount += 1;
    return response;
  };
  const connection = {
    interventions: new Proxy({} as Interventions, {get: () => send}),
    client: {
      fetchRun: async () => createResponse(run),
      fetchQuestions: async () => createResponse(question === undefined ? [] : [question]),
    },
  } as unknown as Connection;
  await interveneOnScreen(store, connection, intervention);
  return {store, notices, countRequests: () => requestCount};
};

const fail = (failure: Failure): ApiResponse<unknown> => ({ok: false, failure});

describe('an intervention whose response gets lost', () => {
  test.each(interventions)('$kind: is not repeated; its outcome is looked up', async intervention => {
    const failures: readonly Failure[] = [
      {kind: 'unreachable', host: 'zenml', reason: 'connection reset'},
      {kind: 'timed-out', afterMs: 60_000},
    ];
    for (const failure of failures) {
      const {notices, countRequests, store} = await intervene(intervention, fail(failure), {question: aQuestion()});
      assert.equal(countRequests(), 1);
      assert.equal(notices[0], 'It may or may not have been carried out. Checking…');
      assert.match(
        notices.at(-1)!,
        /^The connection was lost; it is not known whether this was carried out\. (The run is now running|The question is still open)\.$/,
      );
      assert.equal(store.get().intervention, undefined);
      assert.deepEqual(store.get().interventionsDone, []);
    }
  });
});

describe('an intervention with rejected credentials', () => {
  test.each(interventions)('$kind: says that nothing was carried out', async intervention => {
    const {notices, countRequests} = await intervene(intervention, fail({kind: 'not-signed-in', detail: 'expired'}));
    assert.equal(countRequests(), 1);
    assert.deepEqual(notices, [
      'Not carried out: the server rejected the credentials. Run `zenml login` and try again.',
    ]);
  });
});

describe('an intervention that the server refuses', () => {
  test.each(interventions.filter(({kind}) => kind !== 'abort' && kind !== 'answer'))(
    '$kind: because something else was done in the meantime, says what the run is now',
    async intervention => {
      const refusal: Failure = {kind: 'forbidden', detail: 'Run is already being stopped.'};
      const stoppingRun = aRun({status: 'stopping'});
      const {notices, store} = await intervene(intervention, fail(refusal), {run: stoppingRun});
      assert.deepEqual(notices, ['Refused by the server: Run is already being stopped. The run is now stopping.']);
      assert.deepEqual(store.get().interventionsDone, []);
    },
  );

  test.each(interventions.filter(({kind}) => kind === 'abort' || kind === 'answer'))(
    '$kind: because the question was resolved elsewhere in the meantime, says how',
    async intervention => {
      const refusal: Failure = {kind: 'forbidden', detail: 'Wait condition has already been resolved.'};
      const answeredQuestion = aQuestion({isPending: false, resolution: 'continue', result: false});
      const {notices} = await intervene(intervention, fail(refusal), {question: answeredQuestion});
      assert.match(notices[0]!, /already been resolved\. It was resolved with continue false\.$/);
      const abortedQuestion = aQuestion({isPending: false, resolution: 'abort', result: null});
      const afterAbort = await intervene(intervention, fail(refusal), {question: abortedQuestion});
      assert.match(afterAbort.notices[0]!, /It was resolved with abort\.$/);
      const exactQuestion = aQuestion({isPending: false, resolution: 'continue', result: new ExactNumber('1.0')});
      const afterExactAnswer = await intervene(intervention, fail(refusal), {question: exactQuestion});
      assert.match(afterExactAnswer.notices[0]!, /It was resolved with continue 1\.0\.$/);
    },
  );

  test('for lack of permissions: does not look anything up', async () => {
    const refusal: Failure = {kind: 'forbidden', detail: "Insufficient permissions to UPDATE resource 'x'."};
    const {notices} = await intervene(interventions[0]!, fail(refusal));
    assert.match(notices[0]!, /^You can view this run but not change it\. The server says: Insufficient/);
  });

  test('for lack of an integration: shows the command to run elsewhere', async () => {
    const refusal = aRefusal(500, {detail: "No module named 'kubernetes'"});
    const {store} = await intervene(interventions[0]!, fail(refusal));
    const {screen} = store.get();
    assert.ok(screen.name === 'menu');
    assert.equal(screen.entries[0]?.text, `zenml pipeline runs stop ${runId} -g`);
    assert.equal(store.get().notice, undefined);
  });

  test('to force: counts as done, because the run is stopping', async () => {
    const refusal = aRefusal(501, {detail: "'LocalOrchestrator'"});
    const {store, notices} = await intervene(interventions[1]!, fail(refusal));
    assert.match(notices[0]!, /LocalOrchestrator cannot force a stop\. The run is stopping gracefully/);
    assert.equal(store.get().interventionsDone.length, 1);
  });
});

test('a refresh says whether the status of the run has changed', async () => {
  const refresh = interventions[4]!;
  const unchanged = await intervene(refresh, createResponse(null));
  assert.deepEqual(unchanged.notices, ['refreshed from the orchestrator: the run is still running']);
  const changed = await intervene(refresh, createResponse(null), {run: aRun({status: 'failed'})});
  assert.deepEqual(changed.notices, ['refreshed from the orchestrator: the run is now failed']);
});

test('a problem that does not fit on one line is shown as a whole', async () => {
  const detail = `Insufficient permissions to UPDATE resource '${'x'.repeat(200)}'.`;
  const {store} = await intervene(interventions[0]!, fail({kind: 'forbidden', detail}));
  const {screen} = store.get();
  assert.ok(screen.name === 'value');
  assert.ok(screen.text.endsWith(detail));
  assert.equal(store.get().notice, undefined);
  const short = await intervene(interventions[0]!, fail({kind: 'forbidden', detail: 'No.'}));
  assert.equal(short.store.get().screen.name, 'run');
});

test('what was done is remembered, for the summary at exit', async () => {
  for (const intervention of interventions) {
    const {store, notices} = await intervene(intervention, createResponse(null));
    assert.deepEqual(
      store.get().interventionsDone.map(({text}) => text),
      notices,
    );
  }
});

test.each(interventions)('$kind: a second one is not sent while the first is under way', async intervention => {
  const store = createStore(aWatchingState({session: aSession({isReadOnly: false})}));
  const resolvers: ((response: ApiResponse<unknown>) => void)[] = [];
  const send = () => new Promise<ApiResponse<unknown>>(resolve => resolvers.push(resolve));
  const connection = {
    interventions: new Proxy({} as Interventions, {get: () => send}),
    client: {fetchRun: async () => createResponse(aRun())},
  } as unknown as Connection;
  const first = interveneOnScreen(store, connection, intervention);
  await Promise.all(interventions.map(other => interveneOnScreen(store, connection, other)));
  assert.equal(resolvers.length, 1);
  resolvers[0]?.(createResponse(null));
  await first;
  assert.equal(store.get().interventionsDone.length, 1);
});

test('nothing is sent in read-only mode', async () => {
  for (const intervention of interventions) {
    const {countRequests} = await intervene(intervention, createResponse(null), {isReadOnly: true});
    assert.equal(countRequests(), 0);
  }
});
