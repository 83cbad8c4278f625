import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {setTimeout as pause} from 'node:timers/promises';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import {formatInterventionCommand} from '../../src/domain/intervention/zenml-command.js';
import {runInShell} from './support/actions.js';
import {
  type CallResult,
  call,
  getRunBody,
  getStepRow,
  listSteps,
  waitForQuestion,
  waitForRun,
  waitForStep,
} from './support/call.js';
import {startWithOrchestrator} from './support/orchestrator.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {isAtLeast, zenmlVersion} from './support/version.js';

/** What zentop relies on when it changes a run, call by call, so that a new release of ZenML can be checked. */
describe.runIf(isAtLeast(95))(`what ZenML ${zenmlVersion} does when a run is changed`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  const stop = (id: string, isGraceful: boolean) => call(server, 'POST', `runs/${id}/stop?graceful=${isGraceful}`);
  const resolve = (question: string, json: unknown) =>
    call(server, 'PUT', `run_wait_conditions/${question}/resolve`, json);
  const start = async (file: string, ...args: readonly string[]) => server.startRun(file, args);
  const isOver = ({in_progress}: {readonly in_progress?: boolean}) => in_progress === false;

  /** The status and the detail of a response: `403 Run is already stopped.` */
  const describeCall = ({status, text}: CallResult): string => {
    const {detail} = (text === 'null' ? {} : JSON.parse(text)) as {detail?: readonly string[]};
    return `${status} ${detail === undefined ? 'null' : (detail.at(-1)?.split('\n')[0] ?? '')}`;
  };

  const stopGracefully = async (id: string) => describeCall(await stop(id, true));
  const getStatus = async (id: string) => (await getRunBody(server, id)).status;
  const waitForEnd = async (id: string) => (await waitForRun(server, id, isOver)).status;

  /**
   * What the server responds to a request to stop a run, and what becomes of the run. zentop says so before a user confirms, so a
   * release of ZenML that does something else needs other sentences in zentop.
   */
  test('stops a run or refuses to, depending on its state', async () => {
    const graceful = await start('slow.py', '--steps', '4', '--seconds', '3');
    await waitForStep(server, graceful.id);
    const observations = [`static, gracefully: ${await stopGracefully(graceful.id)}; ${await getStatus(graceful.id)}`];
    const repetitions = [await stopGracefully(graceful.id), describeCall(await stop(graceful.id, false))];

    const dynamic = await start('dynamic.py', '--items', '4', '--seconds', '4');
    await waitForStep(server, dynamic.id);
    observations.push(`dynamic, gracefully: ${await stopGracefully(dynamic.id)}; ${await getStatus(dynamic.id)}`);

    const forced = await start('slow.py', '--steps', '4', '--seconds', '3');
    await waitForStep(server, forced.id);
    observations.push(`by force: ${describeCall(await stop(forced.id, false))}; ${await getStatus(forced.id)}`);

    const late = await start('late.py', '--seconds', '5', '--work', '0');
    const initializing = await stopGracefully(late.id);
    repetitions.push(`${await waitForEnd(graceful.id)}: ${await stopGracefully(graceful.id)}`);
    repetitions.push(`${await waitForEnd(late.id)}: ${await stopGracefully(late.id)}`);
    observations.push(`again: ${repetitions.join('; ')}`);

    const failing = await start('failure.py', '--seconds', '3');
    await waitForRun(server, failing.id, ({status}) => status === 'failed');
    const whileFailing = `${await stopGracefully(failing.id)}; ${describeCall(await stop(failing.id, false))}`;
    await waitForEnd(failing.id);
    observations.push(`failed, over: ${await stopGracefully(failing.id)}`);
    observations.push(`failed, in progress: ${whileFailing}`);

    observations.push(`initializing: ${initializing}`);

    const asking = await start('approval.py', '--timeout', '6');
    const question = await waitForQuestion(server, asking.id);
    const whileAsking = `${await stopGracefully(asking.id)}; ${await getStatus(asking.id)}`;
    const paused = await waitForRun(server, asking.id, ({status}) => status === 'paused');
    observations.push(`waits for an answer: ${whileAsking}; then ${paused.status}: ${paused.status_reason}`);
    await asking.done;
    const whilePaused = `${await stopGracefully(asking.id)}; ${await getStatus(asking.id)}`;
    const abort = await resolve(question.id, {resolution: 'abort'});
    const {status, status_reason} = await waitForRun(server, asking.id, isOver);
    observations.push(`paused: ${whilePaused}; aborted: ${abort.status}; ${status}: ${status_reason}`);

    const dead = await start('slow.py', '--steps', '4', '--seconds', '60');
    await waitForStep(server, dead.id);
    dead.child.kill('SIGKILL');
    await dead.done;
    const whileDead = `${await stopGracefully(dead.id)}; ${await getStatus(dead.id)}`;
    await call(server, 'PUT', `runs/${dead.id}`, {status: 'stopped'});
    const statusAfterWrite = await getStatus(dead.id);
    for (const step of await listSteps(server, dead.id)) {
      const end = {status: 'stopped', end_time: new Date().toISOString()};
      await call(server, 'PUT', `steps/${step.id}`, end);
    }
    observations.push(
      `dead: ${whileDead}; run set to stopped: ${statusAfterWrite}; steps set to stopped: ${await waitForEnd(dead.id)}`,
    );

    const parent = await start('dynamic.py', '--items', '1', '--seconds', '6', '--nested');
    const fetchChildren = async () =>
      (await call(server, 'GET', `runs?parent_run_id=${parent.id}`)).body['items'] as {id: string}[];
    while ((await fetchChildren()).length === 0) {
      await pause(200);
    }

    const [child] = await fetchChildren();
    const stopped = await stopGracefully(parent.id);
    await parent.done;
    observations.push(`parent: ${stopped}; its child run: ${await getStatus(child?.id ?? '')}`);

    const remote = await startWithOrchestrator(server, 'kubernetes', 5);
    observations.push(`no integration: ${await stopGracefully(remote.id)}; ${await getStatus(remote.id)}`);
    const {body: stacks} = await call(server, 'GET', 'stacks?name=kubernetes');
    const [stack] = stacks['items'] as {id: string}[];
    await call(server, 'DELETE', `stacks/${stack?.id}`);
    observations.push(`stack deleted: ${await stopGracefully(remote.id)}; ${await getStatus(remote.id)}`);
    await remote.done;

    assert.deepEqual(observations, [
      'static, gracefully: 200 null; stopping',
      'dynamic, gracefully: 200 null; stopping',
      "by force: 501 The forceful stop run functionality is not implemented for the 'LocalOrchestrator' orchestrator.; stopping",
      'again: 403 Run is already being stopped.; 403 Run is already being stopped.; stopped: 403 Run is already stopped.; completed: 403 Cannot stop a run that is already completed.',
      'failed, over: 403 Cannot update the status of a finished run.',
      'failed, in progress: 403 Cannot update the status of a finished run.; 403 Cannot update the status of a finished run.',
      'initializing: 403 Cannot stop a pipeline run that has no orchestrator run id yet.',
      'waits for an answer: 200 null; stopping; then paused: Waiting for input.',
      'paused: 200 null; stopping; aborted: 200; stopped: Wait condition was aborted.',
      'dead: 200 null; stopping; run set to stopped: running; steps set to stopped: stopped',
      'parent: 200 null; its child run: completed',
      "no integration: 500 No module named 'kubernetes'; running",
      'stack deleted: 400 The stack that this pipeline run response was executed on is either not accessible or has been deleted.; running',
    ]);
    for (const {id, done} of [graceful, dynamic, forced]) {
      assert.equal(await waitForEnd(id), 'stopped');
      await done;
      const steps = await listSteps(server, id);
      assert.ok(
        steps.every(({body}) => ['completed', 'stopped', 'cached'].includes(body.status)),
        JSON.stringify(steps),
      );
    }
  });

  test('cannot refresh a run of a local orchestrator', async () => {
    const {id, done} = await start('slow.py', '--steps', '1', '--seconds', '0');
    await done;
    const response = await call(server, 'POST', `runs/${id}/refresh?include_steps=true`);
    assert.equal(response.status, 501);
    assert.match(response.text, /LocalOrchestrator/);
  });

  test('rejects unknown resolutions of a question, and answers that do not match its schema', async () => {
    const {id, done} = await start('approval.py');
    const question = await waitForQuestion(server, id);
    assert.equal((await resolve(question.id, {resolution: 'perhaps'})).status, 422);
    const unfit = await resolve(question.id, {resolution: 'continue', result: 'yes'});
    assert.equal(unfit.status, 400);
    assert.match(unfit.text, /does not match expected schema/);
    assert.equal((await resolve(question.id, {resolution: 'continue', result: true})).status, 200);
    await done;
    assert.equal((await getRunBody(server, id)).status, 'completed');
  });

  test('respects a cache expiry only on the row of the step that did the work, and does not remove an expiry', async () => {
    const first = await start('cache_reasons.py');
    await first.done;
    const second = await start('cache_reasons.py');
    await second.done;
    const findSource = (id: string) => getStepRow(server, id, 'source');
    const [original, cached] = [await findSource(first.id), await findSource(second.id)];
    const expire = (id: string, at: string | null) => call(server, 'PUT', `steps/${id}`, {cache_expires_at: at});
    const countCandidates = async () => {
      const filter = `cache_key=${original.metadata.cache_key}&status=completed&cache_expired=false`;
      return (await call(server, 'GET', `steps?project=default&${filter}`)).body['total'];
    };
    assert.equal(await countCandidates(), 1);
    assert.equal((await expire(cached.id, '2026-01-01T00:00:00Z')).status, 200);
    assert.equal(await countCandidates(), 1);
    assert.equal((await expire(original.id, '2026-01-01T00:00:00Z')).status, 200);
    assert.equal(await countCandidates(), 0);
    assert.equal((await expire(original.id, null)).status, 200);
    assert.notEqual((await findSource(first.id)).metadata.cache_expires_at, null);
    assert.equal((await expire(original.id, 'yesterday')).status, 422);
  });

  test('gives the same response to a stop repeated with the same idempotency key', async () => {
    const {id, done} = await start('slow.py', '--steps', '3', '--seconds', '3');
    await waitForStep(server, id);
    const key = randomUUID();
    const stopWith = async (idempotencyKey: string) =>
      (await call(server, 'POST', `runs/${id}/stop?graceful=true`, undefined, {'Idempotency-Key': idempotencyKey}))
        .status;
    assert.deepEqual([await stopWith(key), await stopWith(key), await stopWith(randomUUID())], [200, 200, 403]);
    await done;
  });

  test('adds and removes tags, by a request and by the command that zentop shows, and rejects invalid tags', async () => {
    const {id, done} = await start('slow.py', '--steps', '1', '--seconds', '0');
    await done;
    const fetchTags = async () => {
      const {resources} = (await call(server, 'GET', `runs/${id}`)).body as {resources: {tags: {name: string}[]}};
      return resources.tags.map(({name}) => name).sort();
    };
    assert.equal((await call(server, 'PUT', `runs/${id}`, {add_tags: ['nightly', 'gpu']})).status, 200);
    assert.deepEqual(await fetchTags(), ['gpu', 'nightly']);
    assert.equal((await call(server, 'PUT', `runs/${id}`, {remove_tags: ['gpu', 'never']})).status, 200);
    assert.deepEqual(await fetchTags(), ['nightly']);
    const refusals = ['a\nb', 'x'.repeat(256), randomUUID()].map(tag =>
      call(server, 'PUT', `runs/${id}`, {add_tags: [tag]}),
    );
    assert.deepEqual(
      (await Promise.all(refusals)).map(({status}) => status),
      [400, 422, 404],
    );
    const runId = toRunId(id);
    const {code, errors} = await runInShell(
      server,
      formatInterventionCommand({kind: 'tag', runId, add: ["it's"], remove: ['nightly']}),
    );
    assert.equal(code, 0, errors);
    assert.deepEqual(await fetchTags(), ["it's"]);
  });
});
