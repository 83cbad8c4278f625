import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';

let startedDemo: ManualClockDemo | undefined;
afterEach(() => startedDemo?.server.close());

const start = async (scenario: string, seconds: number): Promise<ManualClockDemo> => {
  const demo = await startManualClockDemo(scenario);
  startedDemo = demo;
  demo.goTo(seconds);
  return demo;
};

const buildPut = (body: unknown): RequestInit => ({method: 'PUT', body: JSON.stringify(body)});

/** The status of a response, and its body as JSON text. */
const send = async ({request}: ManualClockDemo, path: string, init: RequestInit) => {
  const {status, body} = await request(path, init);
  return [status, JSON.stringify(body)] as const;
};

const buildStopPath = ({server}: ManualClockDemo, isGraceful: boolean): string =>
  `/runs/${server.runId}/stop?graceful=${isGraceful}`;
const fetchRun = async ({get, server}: ManualClockDemo) => (await get(`/runs/${server.runId}`)).body;

describe('the demo server', () => {
  test('stops a run gracefully, and refuses another stop', async () => {
    const demo = await start('training', 60);
    assert.deepEqual(await send(demo, buildStopPath(demo, true), {method: 'POST'}), [200, 'null']);
    assert.equal((await fetchRun(demo)).status, 'stopping');
    for (const isGraceful of [true, false]) {
      const [status, text] = await send(demo, buildStopPath(demo, isGraceful), {method: 'POST'});
      assert.equal(status, 403);
      assert.match(text, /Run is already being stopped\./);
    }

    demo.goTo(600);
    assert.deepEqual([(await fetchRun(demo)).status, (await fetchRun(demo)).in_progress], ['stopped', false]);
    assert.match((await send(demo, buildStopPath(demo, true), {method: 'POST'}))[1], /Run is already stopped\./);
  });

  test('returns 501 for a forced stop, but stops the run anyway', async () => {
    const demo = await start('training', 60);
    const [status, text] = await send(demo, buildStopPath(demo, false), {method: 'POST'});
    assert.equal(status, 501);
    assert.match(text, /NotImplementedError.*KubeflowOrchestrator/);
    assert.equal((await fetchRun(demo)).status, 'stopping');
  });

  test.each([
    ['training', 3600, /Cannot stop a run that is already completed\./],
    ['failure', 3600, /Cannot update the status of a finished run\./],
  ])('refuses to stop the run of %s once it is over', async (scenario, seconds, expected) => {
    const demo = await start(scenario, seconds);
    const [status, text] = await send(demo, buildStopPath(demo, true), {method: 'POST'});
    assert.equal(status, 403);
    assert.match(text, expected);
  });

  test('checks an answer, and records who gave it and how', async () => {
    const demo = await start('approval', 20);
    const list = (status: string) =>
      demo.get(
        `/run_wait_conditions?pipeline_run=${demo.server.runId}&status=${status}&hydrate=true&project=${demo.server.projectId}`,
      );
    const {items} = await list('pending');
    const path = `/run_wait_conditions/${items[0].id}/resolve`;
    assert.equal((await send(demo, path, buildPut({resolution: 'perhaps'})))[0], 422);
    const [status, text] = await send(demo, path, buildPut({resolution: 'continue', result: 'yes'}));
    assert.equal(status, 400);
    assert.match(text, /does not match expected schema/);
    assert.equal((await send(demo, path, buildPut({resolution: 'continue', result: true})))[0], 200);
    assert.match(
      (await send(demo, path, buildPut({resolution: 'abort'})))[1],
      /Wait condition has already been resolved\./,
    );
    const [{body, metadata}] = (await list('resolved')).items;
    assert.deepEqual([metadata.resolution, metadata.result], ['continue', true]);
    assert.equal((await demo.get(`/users/${body.resolved_by_user_id}`)).name, 'maya');
  });

  test('records the user who answered rather than the one who started the run', async () => {
    const auth = {username: 'maya', password: 'secret', apiKey: 'ZENKEY_abc', tokenLifetimeMs: 60_000};
    const demo = await startManualClockDemo('approval', {auth});
    startedDemo = demo;
    demo.goTo(20);
    const headers = {authorization: `Bearer ${auth.apiKey}`};
    const {body: page} = await demo.request(`/run_wait_conditions?project=${demo.server.projectId}`, {headers});
    const path = `/run_wait_conditions/${(page as {items: {id: string}[]}).items[0]?.id}/resolve`;
    const {body: condition} = await demo.request(path, {
      ...buildPut({resolution: 'continue', result: true}),
      headers,
    });
    const {body: user} = await demo.request('/current-user', {headers});
    assert.equal(
      (condition as {body: {resolved_by_user_id: string}}).body.resolved_by_user_id,
      (user as {id: string}).id,
    );
  });

  test('asks no question in a run that was stopped before it', async () => {
    const demo = await start('approval', 3);
    assert.equal((await send(demo, buildStopPath(demo, true), {method: 'POST'}))[0], 200);
    demo.goTo(30);
    const {body, resources} = await demo.get(`/runs/${demo.server.runId}`);
    assert.equal(body.status, 'stopped');
    assert.equal(resources.active_wait_condition, null);
    const {nodes} = await demo.get(`/runs/${demo.server.runId}/dag`);
    assert.ok(!nodes.some(({type}: {type: string}) => type === 'wait_condition'));
    assert.equal((await demo.get(`/run_wait_conditions?project=${demo.server.projectId}`)).total, 0);
  });

  test('starts no child run once the run has been stopped', async () => {
    const demo = await start('mapped', 5);
    assert.equal((await send(demo, buildStopPath(demo, true), {method: 'POST'}))[0], 200);
    demo.goTo(60);
    const path = `/runs?parent_run_id=${demo.server.runId}&project=${demo.server.projectId}`;
    assert.equal((await demo.get(path)).total, 0);
    const {nodes} = await demo.get(`/runs/${demo.server.runId}/dag`);
    assert.ok(!nodes.some(({type}: {type: string}) => type === 'triggered_run'));
  });

  test('is still waiting for an answer if the run was stopped after the question', async () => {
    const demo = await start('approval', 20);
    assert.equal((await send(demo, buildStopPath(demo, true), {method: 'POST'}))[0], 200);
    demo.goTo(30);
    const {body, resources} = await demo.get(`/runs/${demo.server.runId}`);
    assert.equal(body.status, 'stopping');
    assert.notEqual(resources.active_wait_condition, null);
  });

  test('runs the step that depends on the answer if that is yes, but not if it is no', async () => {
    for (const [result, expected] of [
      [true, ['fetch_candidate', 'shadow_test', 'release']],
      [false, ['fetch_candidate', 'shadow_test']],
    ] as const) {
      const demo = await startManualClockDemo('approval');
      try {
        demo.goTo(20);
        const {items} = await demo.get(`/run_wait_conditions?project=${demo.server.projectId}`);
        const path = `/run_wait_conditions/${items[0].id}/resolve`;
        assert.equal((await send(demo, path, buildPut({resolution: 'continue', result})))[0], 200);
        demo.goTo(120);
        const steps = await demo.get(
          `/runs/${demo.server.runId}/steps?project=${demo.server.projectId}&sort_by=asc:created`,
        );
        assert.deepEqual(
          steps.items.map(({name}: {name: string}) => name),
          expected,
        );
        assert.equal((await fetchRun(demo)).status, 'completed');
      } finally {
        await demo.server.close();
      }
    }
  });

  test('finds a run by the tags and the update time that an intervention wrote', async () => {
    const demo = await start('training', 60);
    await send(demo, `/runs/${demo.server.runId}`, buildPut({add_tags: ['urgent'], remove_tags: ['experiment']}));
    demo.goTo(61);
    const listIds = async (query: string): Promise<string[]> =>
      (await demo.get(`/runs?project=${demo.server.projectId}&${query}`)).items.map(({id}: {id: string}) => id);
    assert.deepEqual(await listIds('tags=urgent'), [demo.server.runId]);
    assert.ok(!(await listIds('tag=experiment')).includes(demo.server.runId));
    const {updated} = await fetchRun(demo);
    assert.deepEqual(await listIds(`updated=gte:${updated.slice(0, 19).replace('T', ' ')}`), [demo.server.runId]);
  });

  test('adds and removes tags, which counts as an update of the run', async () => {
    const demo = await start('training', 60);
    const path = `/runs/${demo.server.runId}`;
    const before = (await fetchRun(demo)).updated;
    demo.goTo(61);
    assert.equal((await send(demo, path, buildPut({add_tags: ['nightly'], remove_tags: ['never']})))[0], 200);
    const {body, resources} = await demo.get(path);
    assert.ok(resources.tags.some(({name}: {name: string}) => name === 'nightly'));
    assert.ok(body.updated > before);
    await send(demo, path, buildPut({remove_tags: ['nightly']}));
    const {resources: after} = await demo.get(path);
    assert.ok(!after.tags.some(({name}: {name: string}) => name === 'nightly'));
    const [status, text] = await send(demo, path, buildPut({add_tags: ['a\u0007']}));
    assert.equal(status, 400);
    assert.match(text, /control characters/);
  });

  test('sets when the outputs of one row expire, which cannot be undone', async () => {
    const demo = await start('training', 60);
    const {items} = await demo.get(
      `/steps?pipeline_run_id=${demo.server.runId}&status=cached&hydrate=true&project=${demo.server.projectId}`,
    );
    const {id, metadata} = items[0];
    const at = '2026-11-24T09:00:30';
    assert.equal(
      (await send(demo, `/steps/${metadata.original_step_run_id}`, buildPut({cache_expires_at: `${at}Z`})))[0],
      200,
    );
    const fetchExpiry = async (row: string) => (await demo.get(`/steps/${row}`)).metadata.cache_expires_at;
    assert.match(await fetchExpiry(metadata.original_step_run_id), new RegExp(`^${at}`));
    assert.equal(await fetchExpiry(id), null);
    await send(demo, `/steps/${metadata.original_step_run_id}`, buildPut({cache_expires_at: null}));
    assert.match(await fetchExpiry(metadata.original_step_run_id), new RegExp(`^${at}`));
    assert.equal((await send(demo, `/steps/${id}`, buildPut({cache_expires_at: 'soon'})))[0], 422);
  });

  test('includes a changed row in the next delta', async () => {
    const demo = await start('training', 60);
    const {items} = await demo.get(`/runs/${demo.server.runId}/steps?size=50&project=${demo.server.projectId}`);
    const {id} = items[0];
    demo.goTo(62);
    await send(demo, `/steps/${id}`, buildPut({cache_expires_at: '2026-11-24T09:00:30Z'}));
    demo.goTo(63);
    const delta = await demo.get(
      `/runs/${demo.server.runId}/steps?updated=gte:2026-11-24 09:01:02&sort_by=asc:updated&size=50&project=${demo.server.projectId}`,
    );
    assert.ok(delta.items.some((row: {id: string}) => row.id === id));
  });
});
