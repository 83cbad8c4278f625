import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import type {Failure} from '../../src/domain/failure.js';
import {toProjectId} from '../../src/domain/ids.js';
import type {Run} from '../../src/domain/run.js';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import type {Session} from '../../src/store/session.js';
import type {ScreenSize} from '../../src/store/state.js';
import {aDag, aDagStep, aDetail, anAttempt, aRefusal, aRun, startOfRun} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {startPolled} from '../support/polled.js';
import {createScriptedClient, type Script, type ScriptedRequest} from '../support/scripted-client.js';

const unreachable: Failure = {kind: 'unreachable', host: 'zenml', reason: 'connection refused'};

const names = ['load', 'trainer', 'deploy'];
const trainer = anAttempt({name: 'trainer', status: 'running'});
const isStepsRequest = (request: ScriptedRequest): boolean => request.method === 'fetchSteps';
const createPage = (...items: readonly unknown[]) => ({items, index: 1, pageCount: 1, total: items.length});

/** A server with a run of three steps, the second of which is running. */
const createHealthyScript =
  (run: Run = aRun()): Script =>
  ({method, args}) => {
    switch (method) {
      case 'fetchServerInfo':
        return {value: {version: '0.98.0'}};
      case 'fetchRun':
        return {value: run};
      case 'fetchDag':
        return {value: aDag({steps: names.map(name => aDagStep({name}))})};
      case 'fetchSteps':
        return {value: createPage(...((args[1] as {order: string}).order === 'last-updated-first' ? [trainer] : []))};
      case 'fetchStep':
        return {value: aDetail({attempt: trainer})};
      case 'fetchStepLogs':
        return {value: []};
      default:
        return undefined;
    }
  };

/** The same server once the step `trainer` has changed. */
const withTrainer =
  (attempt: Attempt): Script =>
  request =>
    isStepsRequest(request)
      ? {value: createPage(attempt)}
      : request.method === 'fetchStep'
        ? {value: aDetail({attempt})}
        : createHealthyScript()(request);

const createFailingScript =
  (failure: Failure): Script =>
  () => ({failure});

type Options = {readonly script?: Script; readonly size?: ScreenSize; readonly session?: Partial<Session>};

const startScripted = (options: Options = {}) => {
  const clock = createHandClock();
  const current = {script: options.script ?? createHealthyScript()};
  const scripted = createScriptedClient(clock, () => current.script);
  // Too few rows for a pane.
  const size = options.size ?? {columns: 45, rows: 11};
  const {store, state, stop} = startPolled({
    client: scripted.client,
    clock,
    runId: aRun().id,
    size,
    session: {...options.session},
  });
  return {
    ...scripted,
    clock,
    store,
    state,
    stop,
    setScript: (script: Script) => {
      current.script = script;
    },
    /** Requests sent while the given number of milliseconds passes. */
    collectRequests: async (ms: number): Promise<readonly ScriptedRequest[]> => {
      const from = scripted.requests.length;
      await clock.advance(ms);
      return scripted.requests.slice(from);
    },
  };
};

describe('the first requests', () => {
  test('fetch the run and its graph, then its steps, each once', async () => {
    const {requests, clock, stop} = startScripted();
    await clock.advance(500);
    assert.deepEqual(
      requests.map(({method}) => method),
      ['fetchRun', 'fetchDag', 'fetchSteps', 'fetchServerInfo'],
    );
    stop();
  });

  test('fetch no steps before the project of the run, which may differ from the chosen one, is known', async () => {
    const {requests, clock, getOpenRequests, stop} = startScripted({script: () => undefined});
    await clock.advance(5000);
    assert.equal(requests.some(isStepsRequest), false);
    getOpenRequests()[0]!.respond(aRun());
    await clock.advance(1);
    const steps = requests.find(isStepsRequest)!;
    assert.equal((steps.args[1] as {projectId: string}).projectId, aRun().projectId);
    stop();
  });

  test('fetch a run that ended long ago once, and then poll it once a minute', async () => {
    const run = aRun({status: 'completed', endedAt: startOfRun - 3_600_000});
    const done = {...trainer, status: 'completed' as const, endedAt: startOfRun - 3_600_000, updatedAt: 0};
    const {requests, clock, collectRequests, stop} = startScripted({
      script: request => (isStepsRequest(request) ? {value: createPage(done)} : createHealthyScript(run)(request)),
    });
    await clock.advance(30_000);
    assert.deepEqual(
      requests.map(({method}) => method),
      ['fetchRun', 'fetchDag', 'fetchSteps', 'fetchServerInfo'],
    );
    const later = await collectRequests(600_000);
    assert.deepEqual(
      later.map(({method}) => method),
      Array.from({length: 10}, () => 'fetchRun'),
    );
    stop();
  });
});

describe('while the run is active', () => {
  test('changes are fetched every 1.3 s while a step is running, everything else occasionally', async () => {
    const {clock, collectRequests, stop} = startScripted();
    await clock.advance(1000);
    const requests = await collectRequests(20_000);
    const count = (method: string) => requests.filter(request => request.method === method).length;
    assert.ok(count('fetchSteps') >= 14 && count('fetchSteps') <= 15, `${count('fetchSteps')} deltas`);
    assert.ok(requests.length - count('fetchSteps') <= 2, `${requests.length} requests`);
    stop();
  });

  test('the interval starts when the response has arrived, so a slow server is polled no faster than it responds', async () => {
    const {clock, getOpenRequests, getRequests, collectRequests, setScript, stop} = startScripted();
    await clock.advance(1500);
    setScript(request => (isStepsRequest(request) ? undefined : createHealthyScript()(request)));
    await clock.advance(2500);
    const before = getRequests('fetchSteps').length;
    assert.equal(
      (await collectRequests(4000)).filter(isStepsRequest).length,
      0,
      'sent again before the response arrived',
    );
    getOpenRequests().find(isStepsRequest)!.respond(createPage());
    assert.equal((await collectRequests(900)).filter(isStepsRequest).length, 0, 'sent again without a pause');
    await clock.advance(60_000);
    assert.ok(getRequests('fetchSteps').length > before);
    stop();
  });

  test('at most two requests are open at a time, and never two for the same query', async () => {
    const {requests, clock, getMaxOpenCount, setScript, state, store, stop} = startScripted({
      size: {columns: 120, rows: 40},
    });
    await clock.advance(3000);
    setScript(() => undefined);
    await clock.advance(10_000);
    store.dispatch({type: 'polling/demanded'});
    await clock.advance(10_000);
    assert.equal(getMaxOpenCount(), 2);
    const open = requests.filter(request => request.isOpen());
    assert.equal(new Set(open.map(({method, args}) => JSON.stringify([method, args]))).size, open.length);
    assert.ok(state().requestsByKey.size > 2);
    stop();
  });

  test('a pause by the user aborts open requests and sends none, and resuming fetches everything', async () => {
    const {requests, clock, collectRequests, getOpenRequests, setScript, store, stop} = startScripted();
    await clock.advance(3000);
    setScript(() => undefined);
    await clock.advance(2000);
    const [waiting] = getOpenRequests();
    store.dispatch({type: 'polling/toggled'});
    assert.equal(waiting?.isAborted(), true);
    assert.deepEqual(await collectRequests(120_000), []);
    setScript(createHealthyScript());
    const before = requests.length;
    store.dispatch({type: 'polling/toggled'});
    await clock.advance(500);
    const methods = new Set(requests.slice(before).map(({method}) => method));
    assert.deepEqual([...methods].sort(), ['fetchDag', 'fetchRun', 'fetchServerInfo', 'fetchSteps']);
    stop();
  });

  test('opening another run replaces the first, and news of the first changes nothing', async () => {
    const {requests, clock, setScript, state, store, stop} = startScripted();
    await clock.advance(1000);
    setScript(() => undefined);
    await clock.advance(3000);
    const old = requests.findLast(request => request.isOpen())!;
    const other = aRun({id: '99999999-9999-4999-8999-999999999999' as Run['id'], name: 'other'});
    setScript(createHealthyScript(other));
    store.dispatch({type: 'run/opened', runId: other.id});
    assert.equal(old.isAborted(), true);
    old.respond(createPage(anAttempt({name: 'of the first'})));
    await clock.advance(1000);
    assert.equal(state().openRun?.run?.name, 'other');
    assert.equal(state().openRun?.table.structure.indexByName.has('of the first'), false);
    stop();
  });

  test('choosing another project aborts the request for the list of the previous one', async () => {
    const projects = ['a', 'b'].map(name => ({id: toProjectId(`${name}-project`), name}));
    const {getRequests, store, state, clock, stop} = startScripted({script: () => undefined});
    const getOpen = () => getRequests('fetchRuns').filter(({isOpen}) => isOpen());
    store.dispatch({type: 'project/chosen', project: projects[0]!});
    await clock.advance(0);
    const before = getOpen();
    store.dispatch({type: 'project/chosen', project: projects[1]!});
    await clock.advance(0);
    assert.ok(before.length > 0 && before.every(({isAborted}) => isAborted()));
    before[0]?.respond(createPage(aRun()));
    await clock.advance(0);
    assert.equal(state().runs.rowsById.size, 0);
    assert.deepEqual(
      new Set(getOpen().map(({args}) => (args[0] as {projectId: string}).projectId)),
      new Set(['b-project']),
    );
    stop();
  });

  test('after stopping there are no requests, no updates and no timers', async () => {
    const {clock, collectRequests, getOpenRequests, setScript, state, stop} = startScripted();
    await clock.advance(2000);
    setScript(() => undefined);
    await clock.advance(2000);
    const [waiting] = getOpenRequests();
    stop();
    const before = state();
    assert.equal(waiting?.isAborted(), true);
    assert.deepEqual(await collectRequests(600_000), []);
    assert.equal(state(), before);
    assert.equal(clock.countTimers(), 0);
  });
});

describe('the details of the selected step', () => {
  const size = {columns: 120, rows: 40};

  test('are fetched once the cursor rests, not for each step it passes', async () => {
    const {clock, getRequests, store, stop} = startScripted({size});
    await clock.advance(1000);
    // The list follows running steps until the user moves.
    for (const by of [-1, 1, -1, 1]) {
      store.dispatch({type: 'selection/moved', by});
      await clock.advance(100);
    }
    assert.equal(getRequests('fetchStep').length, 0);
    await clock.advance(50);
    assert.equal(getRequests('fetchStep').length, 1);
    await clock.advance(10_000);
    assert.equal(getRequests('fetchStep').length, 1);
    stop();
  });

  test('are fetched later if the list selected the step by itself', async () => {
    const {clock, getRequests, stop} = startScripted({size});
    await clock.advance(9900);
    assert.equal(getRequests('fetchStep').length, 0);
    await clock.advance(200);
    assert.equal(getRequests('fetchStep').length, 1);
    stop();
  });

  test('are fetched again when the step has changed, immediately if the user selected it', async () => {
    const {clock, getRequests, setScript, store, stop} = startScripted({size});
    await clock.advance(1000);
    store.dispatch({type: 'step/selected', name: 'trainer'});
    await clock.advance(4000);
    const done = anAttempt({name: 'trainer', status: 'completed', updatedAt: clock.now()});
    setScript(withTrainer(done));
    await clock.advance(1100);
    assert.equal(getRequests('fetchStep').length, 2);
    await clock.advance(60_000);
    assert.equal(getRequests('fetchStep').length, 2, 'a finished step is fetched once');
    stop();
  });

  test('are fetched again a little later for a step that ended in follow mode', async () => {
    const {clock, getRequests, setScript, stop} = startScripted({size});
    await clock.advance(13_000);
    const done = anAttempt({name: 'trainer', status: 'completed', updatedAt: clock.now(), endedAt: clock.now()});
    setScript(withTrainer(done));
    await clock.advance(1900);
    assert.equal(getRequests('fetchStep').length, 1);
    await clock.advance(200);
    assert.equal(getRequests('fetchStep').length, 2);
    stop();
  });

  test('are not fetched without a pane', async () => {
    const {clock, getRequests, stop} = startScripted({size: {columns: 45, rows: 11}});
    await clock.advance(60_000);
    assert.equal(getRequests('fetchStep').length, 0);
    stop();
  });

  test('are fetched only once if the step does not exist', async () => {
    const {clock, getRequests, stop} = startScripted({
      size,
      script: request =>
        request.method === 'fetchStep' ? {failure: {kind: 'not-found', detail: ''}} : createHealthyScript()(request),
    });
    await clock.advance(120_000);
    assert.equal(getRequests('fetchStep').length, 1);
    stop();
  });
});

describe('during an outage', () => {
  test('requests are sent one at a time, once per interval at first, then less and less often', async () => {
    const {clock, collectRequests, setScript, stop} = startScripted();
    await clock.advance(5000);
    setScript(createFailingScript(unreachable));
    await clock.advance(3000);
    const requests = await collectRequests(300_000);
    const pauses = requests.slice(1).map((request, index) => request.at - requests[index]!.at);
    assert.ok(
      pauses.every((pause, index) => pause >= 750 && pause >= (pauses[index - 1] ?? 0)),
      `${pauses}`,
    );
    assert.ok(
      pauses.slice(0, 20).every(pause => pause <= 1000),
      `${pauses}`,
    );
    assert.ok(pauses.at(-1)! > 4000 && pauses.at(-1)! <= 5000, `${pauses}`);
    assert.deepEqual([...new Set(requests.map(({method}) => method))].sort(), ['fetchRun', 'fetchSteps']);
    stop();
  });

  test('requests that were due immediately are not sent in a burst', async () => {
    const {clock, collectRequests, setScript, store, stop} = startScripted();
    await clock.advance(5000);
    setScript(createFailingScript(aRefusal(500)));
    store.dispatch({type: 'polling/demanded'});
    const requests = await collectRequests(1000);
    const countsByMethod = new Map<string, number>();
    for (const {method} of requests) {
      countsByMethod.set(method, (countsByMethod.get(method) ?? 0) + 1);
    }
    assert.ok(
      [...countsByMethod.values()].every(count => count <= 2),
      JSON.stringify([...countsByMethod]),
    );
    stop();
  });

  test.each([2000, 8000, 25_000, 300_000])(
    'everything is up to date at most 5 s after an outage of %i ms',
    async outageMs => {
      const {clock, collectRequests, getRequests, setScript, state, stop} = startScripted();
      await clock.advance(5000);
      setScript(createFailingScript(unreachable));
      await clock.advance(outageMs);
      setScript(createHealthyScript());
      const before = getRequests('fetchSteps').length;
      await clock.advance(Math.min(outageMs, 5000));
      assert.ok(getRequests('fetchSteps').length > before, 'no steps were fetched');
      assert.equal(selectFreshness(state()).kind, 'live');
      assert.ok((await collectRequests(10_000)).length < 20);
      stop();
    },
  );

  test('everything that may have changed is fetched again after a long outage', async () => {
    const {clock, collectRequests, setScript, stop} = startScripted();
    await clock.advance(5000);
    setScript(createFailingScript(unreachable));
    await clock.advance(60_000);
    setScript(createHealthyScript());
    const methods = new Set((await collectRequests(6000)).map(({method}) => method));
    assert.deepEqual([...methods].sort(), ['fetchDag', 'fetchRun', 'fetchServerInfo', 'fetchSteps']);
    stop();
  });

  test.each([
    [7000, 7000],
    [86_400_000, 600_000],
  ])('a Retry-After of %i ms is respected, up to ten minutes', async (retryAfterMs, expectedMs) => {
    const {clock, collectRequests, setScript, stop} = startScripted();
    await clock.advance(5000);
    setScript(createFailingScript(aRefusal(429, {retryAfterMs})));
    await clock.advance(2000);
    const [first] = await collectRequests(expectedMs + 5000);
    assert.ok(first !== undefined);
    const requests = await collectRequests(expectedMs);
    assert.ok(requests.length <= 2, `${requests.length} requests`);
    stop();
  });

  test('a single failing request does not delay the rest', async () => {
    const {clock, collectRequests, setScript, stop} = startScripted();
    await clock.advance(5000);
    setScript(request => (request.method === 'fetchDag' ? {failure: aRefusal(500)} : createHealthyScript()(request)));
    const requests = await collectRequests(120_000);
    assert.ok(requests.filter(isStepsRequest).length >= 55, 'deltas were delayed');
    const graphs = requests.filter(({method}) => method === 'fetchDag').length;
    assert.ok(graphs >= 3 && graphs <= 12, `${graphs} requests for /dag`);
    stop();
  });

  test('a graph that always times out does not delay the rest', async () => {
    const {clock, collectRequests, setScript, getOpenRequests, stop} = startScripted();
    await clock.advance(5000);
    setScript(request => (request.method === 'fetchDag' ? undefined : createHealthyScript()(request)));
    let deltas = 0;
    for (let minute = 0; minute < 6; minute++) {
      deltas += (await collectRequests(20_000)).filter(isStepsRequest).length;
      for (const request of getOpenRequests()) {
        request.fail({kind: 'timed-out', afterMs: 20_000});
      }
    }
    assert.ok(deltas > 40, `${deltas} deltas`);
    stop();
  });

  test('a rejected sign-in is retried slowly, since the token on disk may be renewed', async () => {
    const {clock, collectRequests, setScript, state, stop} = startScripted();
    await clock.advance(5000);
    setScript(createFailingScript({kind: 'not-signed-in', detail: 'expired'}));
    await clock.advance(120_000);
    const requests = await collectRequests(120_000);
    assert.ok(requests.length >= 8 && requests.length <= 16, `${requests.length} requests in two minutes`);
    setScript(createHealthyScript());
    await clock.advance(31_000);
    assert.equal(selectFreshness(state()).kind, 'live');
    stop();
  });
});

describe('after the machine slept', () => {
  test('pending requests are aborted and sent again immediately, as is everything else, two at a time', async () => {
    const {clock, collectRequests, getMaxOpenCount, getOpenRequests, setScript, stop} = startScripted();
    await clock.advance(5000);
    setScript(request => (isStepsRequest(request) ? undefined : createHealthyScript()(request)));
    await clock.advance(2000);
    const [hanging] = getOpenRequests();
    clock.jump(3_600_000);
    setScript(createHealthyScript());
    const requests = await collectRequests(2500);
    assert.equal(hanging?.isAborted(), true);
    assert.deepEqual([...new Set(requests.map(({method}) => method))].sort(), [
      'fetchDag',
      'fetchRun',
      'fetchRuns',
      'fetchServerInfo',
      'fetchStack',
      'fetchStepLogs',
      'fetchSteps',
    ]);
    assert.ok(requests.length <= 7, `${requests.length} requests`);
    assert.ok(getMaxOpenCount() <= 2);
    stop();
  });

  test('a clock that is set back by an hour does not stop polling', async () => {
    const {clock, collectRequests, stop} = startScripted();
    await clock.advance(10_000);
    clock.jump(-3_600_000);
    await clock.advance(2000);
    const requests = await collectRequests(20_000);
    assert.ok(requests.filter(isStepsRequest).length >= 13, `${requests.filter(isStepsRequest).length} deltas`);
    assert.ok(requests.length < 30, `${requests.length} requests`);
    stop();
  });

  test('setting the clock back does not cause a finished run to be fetched repeatedly', async () => {
    const run = aRun({status: 'completed', endedAt: startOfRun - 3_600_000});
    const {clock, collectRequests, stop} = startScripted({script: createHealthyScript(run)});
    await clock.advance(10_000);
    clock.jump(-7_200_000);
    const requests = await collectRequests(60_000);
    assert.ok(requests.length < 12, `${requests.length} requests`);
    stop();
  });
});
