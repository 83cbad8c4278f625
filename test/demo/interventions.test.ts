import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';

let demo: ManualClockDemo | undefined;
afterEach(() => demo?.server.close());

const start = async (scenario: string, seconds: number): Promise<ManualClockDemo> => {
  const started = await startManualClockDemo(scenario);
  demo = started;
  started.goTo(seconds);
  return started;
};

const put = (body: unknown): RequestInit => ({method: 'PUT', body: JSON.stringify(body)});

/** The status and the words of an answer. */
const send = async ({request}: ManualClockDemo, path: string, init: RequestInit) => {
  const {status, body} = await request(path, init);
  return [status, JSON.stringify(body)] as const;
};

const buildStopPath = ({server}: ManualClockDemo, isGraceful: boolean): string =>
  `/runs/${server.runId}/stop?graceful=${isGraceful}`;
const fetchRun = async ({get, server}: ManualClockDemo) => (await get(`/runs/${server.runId}`)).body;

describe('the demo server changes runs as a real one does', () => {
  test('stops gracefully, and refuses another stop', async () => {
    const held = await start('training', 60);
    assert.deepEqual(await send(held, buildStopPath(held, true), {method: 'POST'}), [200, 'null']);
    assert.equal((await fetchRun(held)).status, 'stopping');
    for (const isGraceful of [true, false]) {
      const [status, words] = await send(held, buildStopPath(held, isGraceful), {method: 'POST'});
      assert.equal(status, 403);
      assert.match(words, /Run is already being stopped\./);
    }

    held.goTo(600);
    assert.deepEqual([(await fetchRun(held)).status, (await fetchRun(held)).in_progress], ['stopped', false]);
    assert.match((await send(held, buildStopPath(held, true), {method: 'POST'}))[1], /Run is already stopped\./);
  });

  test('answers 501 to a forced stop, but stops anyway', async () => {
    const held = await start('training', 60);
    const [status, words] = await send(held, buildStopPath(held, false), {method: 'POST'});
    assert.equal(status, 501);
    assert.match(words, /NotImplementedError.*KubeflowOrchestrator/);
    assert.equal((await fetchRun(held)).status, 'stopping');
  });

  test.each([
    ['training', 3600, /Cannot stop a run that is already completed\.|Cannot update the status of a finished run\./],
    ['failure', 3600, /Cannot update the status of a finished run\./],
  ])('refuses to stop the run of %s once it is over', async (scenario, seconds, expected) => {
    const held = await start(scenario, seconds);
    const [status, words] = await send(held, buildStopPath(held, true), {method: 'POST'});
    assert.equal(status, 403);
    assert.match(words, expected);
  });

  test('checks answers, and records who answered, when and how', async () => {
    const held = await start('approval', 20);
    const list = (status: string) =>
      held.get(
        `/run_wait_conditions?pipeline_run=${held.server.runId}&status=${status}&hydrate=true&project=${held.server.projectId}`,
      );
    const {items} = await list('pending');
    const path = `/run_wait_conditions/${items[0].id}/resolve`;
    assert.equal((await send(held, path, put({resolution: 'perhaps'})))[0], 422);
    const [status, words] = await send(held, path, put({resolution: 'continue', result: 'yes'}));
    assert.equal(status, 400);
    assert.match(words, /does not match expected schema/);
    assert.equal((await send(held, path, put({resolution: 'continue', result: true})))[0], 200);
    assert.match((await send(held, path, put({resolution: 'abort'})))[1], /Wait condition has already been resolved\./);
    const [{body, metadata}] = (await list('resolved')).items;
    assert.deepEqual([metadata.resolution, metadata.result], ['continue', true]);
    assert.equal((await held.get(`/users/${body.resolved_by_user_id}`)).name, 'maya');
  });

  test('adds and removes tags, which counts as an update of the run', async () => {
    const held = await start('training', 60);
    const path = `/runs/${held.server.runId}`;
    const before = (await fetchRun(held)).updated;
    held.goTo(61);
    assert.equal((await send(held, path, put({add_tags: ['nightly'], remove_tags: ['never']})))[0], 200);
    const {body, resources} = await held.get(path);
    assert.ok(resources.tags.some(({name}: {name: string}) => name === 'nightly'));
    assert.ok(body.updated > before);
    await send(held, path, put({remove_tags: ['nightly']}));
    const {resources: after} = await held.get(path);
    assert.ok(!after.tags.some(({name}: {name: string}) => name === 'nightly'));
    const [status, words] = await send(held, path, put({add_tags: ['a\u0007']}));
    assert.equal(status, 400);
    assert.match(words, /control characters/);
  });

  test('expires the cache of the given row only', async () => {
    const held = await start('training', 60);
    const {items} = await held.get(
      `/steps?pipeline_run_id=${held.server.runId}&status=cached&hydrate=true&project=${held.server.projectId}`,
    );
    const {id, metadata} = items[0];
    const at = '2026-11-24T09:00:30';
    assert.equal(
      (await send(held, `/steps/${metadata.original_step_run_id}`, put({cache_expires_at: `${at}Z`})))[0],
      200,
    );
    const fetchExpiry = async (row: string) => (await held.get(`/steps/${row}`)).metadata.cache_expires_at;
    assert.match(await fetchExpiry(metadata.original_step_run_id), new RegExp(`^${at}`));
    assert.equal(await fetchExpiry(id), null);
    await send(held, `/steps/${metadata.original_step_run_id}`, put({cache_expires_at: null}));
    assert.match(await fetchExpiry(metadata.original_step_run_id), new RegExp(`^${at}`));
    assert.equal((await send(held, `/steps/${id}`, put({cache_expires_at: 'soon'})))[0], 422);
  });

  test('includes a changed row in the next delta', async () => {
    const held = await start('training', 60);
    const {items} = await held.get(`/runs/${held.server.runId}/steps?size=50&project=${held.server.projectId}`);
    const {id} = items[0];
    held.goTo(62);
    await send(held, `/steps/${id}`, put({cache_expires_at: '2026-11-24T09:00:30Z'}));
    held.goTo(63);
    const delta = await held.get(
      `/runs/${held.server.runId}/steps?updated=gte:2026-11-24 09:01:02&sort_by=asc:updated&size=50&project=${held.server.projectId}`,
    );
    assert.ok(delta.items.some((row: {id: string}) => row.id === id));
  });
});
