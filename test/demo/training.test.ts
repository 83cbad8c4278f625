import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo, zeroAt} from './demo-client.js';

let demo: ManualClockDemo;

beforeEach(async () => {
  demo = await startManualClockDemo('training');
});

afterEach(() => demo.server.close());

const fetchRun = () => demo.get(`/runs/${demo.server.runId}`);
const fetchDag = () => demo.get(`/runs/${demo.server.runId}/dag`);
const fetchSteps = async (query = '') =>
  (await demo.get(`/runs/${demo.server.runId}/steps?project=${demo.server.projectId}&size=100${query}`)).items;

type Step = {
  id: string;
  name: string;
  body: {status: string; version: number; updated: string; end_time: string | null; start_time: string};
};

const fetchStatuses = async (): Promise<Record<string, string>> => {
  const {nodes} = await fetchDag();
  const stepNodes = nodes.filter((node: {type: string}) => node.type === 'step');
  return Object.fromEntries(
    stepNodes.map((node: {name: string; metadata: {status?: string}}) => [
      node.name,
      node.metadata.status ?? 'planned',
    ]),
  );
};

const formatFilterTime = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');

test('a run is initializing before its first step, and its steps have nodes without IDs', async () => {
  const {body} = await fetchRun();
  assert.equal(body.status, 'initializing');
  assert.equal(body.in_progress, true);
  const {nodes} = await fetchDag();
  const stepNodes = nodes.filter((node: {type: string}) => node.type === 'step');
  assert.equal(stepNodes.length, 14);
  for (const node of nodes) {
    assert.deepEqual([node.id, node.metadata], [null, {}]);
  }

  assert.deepEqual(await fetchSteps(), []);
});

test('steps and the run change status as the clock advances', async () => {
  assert.equal((await fetchStatuses())['build_features'], 'planned');
  demo.goTo(4);
  assert.equal((await fetchStatuses())['build_features'], 'running');
  assert.equal((await fetchRun()).body.status, 'running');
  demo.goTo(20);
  assert.equal((await fetchStatuses())['build_features'], 'completed');
  demo.goTo(130);
  assert.ok(Object.values(await fetchStatuses()).every(status => status === 'completed' || status === 'cached'));
  const {body, metadata} = await fetchRun();
  assert.deepEqual([body.status, body.in_progress], ['completed', false]);
  assert.ok(metadata.end_time > metadata.start_time);
});

test('the state depends only on the clock, even if the clock goes back', async () => {
  demo.goTo(20);
  const stepsAt20 = await fetchSteps();
  demo.goTo(90);
  assert.notDeepEqual(await fetchSteps(), stepsAt20);
  demo.goTo(20);
  assert.deepEqual(await fetchSteps(), stepsAt20);
});

test('the run ends a little after its last step', async () => {
  demo.goTo(130);
  const last = (await fetchSteps('&sort_by=desc:updated'))[0] as Step;
  const {body} = await fetchRun();
  const lagMs = Date.parse(`${body.updated}Z`) - Date.parse(`${last.body.updated}Z`);
  assert.ok(lagMs >= 99 && lagMs <= 301, `${lagMs} ms`);
  demo.goTo((Date.parse(`${last.body.updated}Z`) - zeroAt) / 1000 + 0.05);
  assert.equal((await fetchRun()).body.status, 'running');
  assert.equal((await fetchStatuses())['deploy_canary'], 'completed');
});

const fetchAttempts = async (): Promise<Step[]> =>
  (await fetchSteps('&sort_by=asc:created')).filter((step: Step) => step.name === 'train_transformer');

test('a failed attempt is retrying until the next one has a row, then retried with the same `updated`', async () => {
  demo.goTo(36);
  const [waiting, none] = await fetchAttempts();
  assert.equal(none, undefined);
  assert.equal(waiting?.body.status, 'retrying');
  assert.notEqual(waiting?.body.end_time, null);
  demo.goTo(45);
  const [first, second] = await fetchAttempts();
  assert.deepEqual([first?.body.version, first?.body.status], [1, 'retried']);
  assert.deepEqual([second?.body.version, second?.body.status], [2, 'running']);
  assert.equal(first?.body.updated, waiting?.body.updated);
  assert.notEqual(first?.id, second?.id);
});

test('the DAG node of a step refers to its newest attempt', async () => {
  const fetchNode = async () =>
    (await fetchDag()).nodes.find((node: {name: string}) => node.name === 'train_transformer');
  demo.goTo(36);
  const before = await fetchNode();
  demo.goTo(45);
  const after = await fetchNode();
  assert.equal(before.node_id, after.node_id);
  assert.notEqual(before.id, after.id);
  assert.equal(after.metadata.duration, undefined);
});

test('the exception belongs to the attempt that raised it', async () => {
  demo.goTo(130);
  const [first, second] = await fetchAttempts();
  const failedStep = await demo.get(`/steps/${first?.id}`);
  assert.equal(failedStep.metadata.exception_info.source, 'torch.cuda.OutOfMemoryError');
  const lines = failedStep.metadata.source_code.split('\n');
  assert.match(lines[failedStep.metadata.exception_info.user_code_line], /train_epoch/);
  assert.equal((await demo.get(`/steps/${second?.id}`)).metadata.exception_info, null);
});

test('a delta has exactly the rows written since, in the order they were written', async () => {
  demo.goTo(60);
  const all = (await fetchSteps()) as Step[];
  for (const seconds of [0, 5, 21, 33, 41, 59]) {
    const bound = new Date(zeroAt + seconds * 1000).toISOString().slice(0, 19);
    const expected = all
      .filter(step => step.body.updated >= bound)
      .map(step => step.id)
      .sort();
    const delta = (await fetchSteps(
      `&sort_by=asc:updated&updated=gte:${formatFilterTime(zeroAt + seconds * 1000)}`,
    )) as Step[];
    assert.deepEqual(delta.map(step => step.id).sort(), expected);
    const updates = delta.map(step => step.body.updated);
    assert.deepEqual(updates, [...updates].sort());
  }
});

test('a retried attempt is not in the delta that has the next attempt', async () => {
  demo.goTo(45);
  const [, second] = await fetchAttempts();
  const from = Math.floor(Date.parse(`${second?.body.start_time}Z`) / 1000) * 1000;
  const delta = (await fetchSteps(`&updated=gte:${formatFilterTime(from)}`)) as Step[];
  assert.deepEqual(
    delta.filter(step => step.name === 'train_transformer').map(step => step.body.version),
    [2],
  );
});

test('metadata logged by a running step appears without changing `updated`', async () => {
  demo.goTo(50);
  const [, second] = await fetchAttempts();
  const early = await demo.get(`/steps/${second?.id}`);
  demo.goTo(60);
  const later = await demo.get(`/steps/${second?.id}`);
  assert.ok(later.metadata.run_metadata.epoch > early.metadata.run_metadata.epoch);
  assert.ok(later.metadata.run_metadata.loss < early.metadata.run_metadata.loss);
  assert.equal(later.body.updated, early.body.updated);
  assert.notEqual(later.body.latest_heartbeat, null);
});

test('a log only grows: its lines stay the same in later responses', async () => {
  demo.goTo(50);
  const [, second] = await fetchAttempts();
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
  const timestamps = later.map((entry: {timestamp: string}) => entry.timestamp);
  assert.deepEqual(timestamps, [...timestamps].sort());
});

test('the log of a step that has just started is empty', async () => {
  demo.goTo(2.5);
  const [step] = ((await fetchSteps()) as Step[]).filter(({name}) => name === 'build_features');
  assert.deepEqual((await demo.request(`/steps/${step?.id}/logs?source=step`)).body, []);
});
