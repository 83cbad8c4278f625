import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'vitest';
import {type HeldDemo, startHeldDemo, zeroAt} from './demo-client.js';

let demo: HeldDemo;

beforeEach(async () => {
  demo = await startHeldDemo('training');
});

afterEach(() => demo.server.close());

const run = () => demo.get(`/runs/${demo.server.runId}`);
const dag = () => demo.get(`/runs/${demo.server.runId}/dag`);
const steps = async (query = '') =>
  (await demo.get(`/runs/${demo.server.runId}/steps?project=${demo.server.projectId}&size=100${query}`)).items;

type Step = {
  id: string;
  name: string;
  body: {status: string; version: number; updated: string; end_time: string | null; start_time: string};
};

const statuses = async (): Promise<Record<string, string>> => {
  const {nodes} = await dag();
  const stepNodes = nodes.filter((node: {type: string}) => node.type === 'step');
  return Object.fromEntries(
    stepNodes.map((node: {name: string; metadata: {status?: string}}) => [
      node.name,
      node.metadata.status ?? 'planned',
    ]),
  );
};

const asSent = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');

test('before its first step a run is initializing, and all its steps are planned without an id', async () => {
  const {body} = await run();
  assert.equal(body.status, 'initializing');
  assert.equal(body.in_progress, true);
  const {nodes} = await dag();
  const stepNodes = nodes.filter((node: {type: string}) => node.type === 'step');
  assert.equal(stepNodes.length, 14);
  for (const node of nodes) {
    assert.deepEqual([node.id, node.metadata], [null, {}]);
  }
  assert.deepEqual(await steps(), []);
});

test('a step goes from planned to running to completed as the clock is moved, and the run follows', async () => {
  assert.equal((await statuses())['build_features'], 'planned');
  demo.goTo(4);
  assert.equal((await statuses())['build_features'], 'running');
  assert.equal((await run()).body.status, 'running');
  demo.goTo(20);
  assert.equal((await statuses())['build_features'], 'completed');
  demo.goTo(130);
  assert.ok(Object.values(await statuses()).every(status => status === 'completed' || status === 'cached'));
  const {body, metadata} = await run();
  assert.deepEqual([body.status, body.in_progress], ['completed', false]);
  assert.ok(metadata.end_time > metadata.start_time);
});

test('going back in time shows what was shown then', async () => {
  demo.goTo(20);
  const then = await steps();
  demo.goTo(90);
  assert.notDeepEqual(await steps(), then);
  demo.goTo(20);
  assert.deepEqual(await steps(), then);
});

test('the run is over a little after its last step, not with it', async () => {
  demo.goTo(130);
  const last = (await steps('&sort_by=desc:updated'))[0] as Step;
  const {body} = await run();
  const lagMs = Date.parse(`${body.updated}Z`) - Date.parse(`${last.body.updated}Z`);
  assert.ok(lagMs >= 99 && lagMs <= 301, `${lagMs} ms`);
  demo.goTo((Date.parse(`${last.body.updated}Z`) - zeroAt) / 1000 + 0.05);
  assert.equal((await run()).body.status, 'running');
  assert.equal((await statuses())['deploy_canary'], 'completed');
});

const attempts = async (): Promise<Step[]> =>
  (await steps('&sort_by=asc:created')).filter((step: Step) => step.name === 'train_transformer');

test('a failing attempt is retrying until the next row exists, and turns retried without a new updated', async () => {
  demo.goTo(36);
  const [waiting, none] = await attempts();
  assert.equal(none, undefined);
  assert.equal(waiting?.body.status, 'retrying');
  assert.notEqual(waiting?.body.end_time, null);
  demo.goTo(45);
  const [first, second] = await attempts();
  assert.deepEqual([first?.body.version, first?.body.status], [1, 'retried']);
  assert.deepEqual([second?.body.version, second?.body.status], [2, 'running']);
  assert.equal(first?.body.updated, waiting?.body.updated);
  assert.notEqual(first?.id, second?.id);
});

test('the dag shows the newest attempt under the same node', async () => {
  const nodeOf = async () => (await dag()).nodes.find((node: {name: string}) => node.name === 'train_transformer');
  demo.goTo(36);
  const before = await nodeOf();
  demo.goTo(45);
  const after = await nodeOf();
  assert.equal(before.node_id, after.node_id);
  assert.notEqual(before.id, after.id);
  assert.equal(after.metadata.duration, undefined);
});

test('the exception stays with the attempt that raised it', async () => {
  demo.goTo(130);
  const [first, second] = await attempts();
  const failed = await demo.get(`/steps/${first?.id}`);
  assert.equal(failed.metadata.exception_info.source, 'torch.cuda.OutOfMemoryError');
  const lines = failed.metadata.source_code.split('\n');
  assert.match(lines[failed.metadata.exception_info.user_code_line], /train_epoch/);
  assert.equal((await demo.get(`/steps/${second?.id}`)).metadata.exception_info, null);
});

test('a delta holds exactly the rows written since, in the order of their writing', async () => {
  demo.goTo(60);
  const all = (await steps()) as Step[];
  for (const seconds of [0, 5, 21, 33, 41, 59]) {
    const bound = new Date(zeroAt + seconds * 1000).toISOString().slice(0, 19);
    const expected = all
      .filter(step => step.body.updated >= bound)
      .map(step => step.id)
      .sort();
    const delta = (await steps(`&sort_by=asc:updated&updated=gte:${asSent(zeroAt + seconds * 1000)}`)) as Step[];
    assert.deepEqual(delta.map(step => step.id).sort(), expected);
    const writings = delta.map(step => step.body.updated);
    assert.deepEqual(writings, [...writings].sort());
  }
});

test('a retired attempt is not in the delta that brings its successor', async () => {
  demo.goTo(45);
  const [, second] = await attempts();
  const from = Math.floor(Date.parse(`${second?.body.start_time}Z`) / 1000) * 1000;
  const delta = (await steps(`&updated=gte:${asSent(from)}`)) as Step[];
  assert.deepEqual(
    delta.filter(step => step.name === 'train_transformer').map(step => step.body.version),
    [2],
  );
});

test('metadata logged by a running step appears without moving its updated', async () => {
  demo.goTo(50);
  const [, second] = await attempts();
  const early = await demo.get(`/steps/${second?.id}`);
  demo.goTo(60);
  const later = await demo.get(`/steps/${second?.id}`);
  assert.ok(later.metadata.run_metadata.epoch > early.metadata.run_metadata.epoch);
  assert.ok(later.metadata.run_metadata.loss < early.metadata.run_metadata.loss);
  assert.equal(later.body.updated, early.body.updated);
  assert.notEqual(later.body.latest_heartbeat, null);
});

test('log lines come in batches, and what was read once is the beginning of what is read later', async () => {
  demo.goTo(50);
  const [, second] = await attempts();
  const path = `/steps/${second?.id}/logs?source=step`;
  const early = await demo.get(path);
  assert.ok(early.length > 5);
  demo.goTo(51);
  const soon = await demo.get(path);
  demo.goTo(70);
  const later = await demo.get(path);
  assert.deepEqual(soon.slice(0, early.length), early);
  assert.deepEqual(later.slice(0, soon.length), soon);
  assert.ok(later.length > soon.length);
  const written = later.map((entry: {timestamp: string}) => entry.timestamp);
  assert.deepEqual(written, [...written].sort());
});

test('an early look at the log of a step that has begun finds it empty', async () => {
  demo.goTo(2.5);
  const [step] = ((await steps()) as Step[]).filter(({name}) => name === 'build_features');
  assert.deepEqual((await demo.ask(`/steps/${step?.id}/logs?source=step`)).body, []);
});
