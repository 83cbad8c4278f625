import assert from 'node:assert/strict';
import {afterAll, beforeAll, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';

let runsDemo: ManualClockDemo;
let training: ManualClockDemo;

beforeAll(async () => {
  runsDemo = await startManualClockDemo('runs');
  training = await startManualClockDemo('training');
  training.goTo(45);
});

afterAll(async () => {
  await runsDemo.server.close();
  await training.server.close();
});

type Run = {
  id: string;
  name: string;
  body: {status: string; in_progress: boolean; created: string; updated: string; index: number};
  metadata: {start_time: string} | null;
  resources: {pipeline: {name: string; id: string}; user: {name: string}; tags: {name: string}[]};
};

const list = async (query: string): Promise<{total: number; items: Run[]}> =>
  runsDemo.get(`/runs?project=${runsDemo.server.projectId}&size=1000&${query}`);

test('runs are listed oldest first by default, and newest first on request', async () => {
  const oldest = await list('');
  const newest = await list('sort_by=desc:created');
  assert.deepEqual(
    oldest.items.map(run => run.id),
    newest.items.map(run => run.id).reverse(),
  );
  assert.ok(newest.total > 280 && newest.total <= 300);
  assert.ok(newest.items.slice(0, 6).some(run => run.body.in_progress));
});

test('the default project has no runs and no steps', async () => {
  for (const query of ['', '?project=default']) {
    const page = await runsDemo.get(`/runs${query}`);
    assert.deepEqual(page, {index: 1, max_size: 20, total_pages: 1, total: 0, items: []});
    const steps = await training.get(`/runs/${training.server.runId}/steps${query}`);
    assert.deepEqual(steps, {index: 1, max_size: 20, total_pages: 1, total: 0, items: []});
  }
});

const filters: readonly (readonly [string, (run: Run) => boolean])[] = [
  ['status=failed', run => run.body.status === 'failed'],
  ['status=oneof:["failed","stopped","wibble"]', run => ['failed', 'stopped'].includes(run.body.status)],
  ['in_progress=true', run => run.body.in_progress],
  ['in_progress=false', run => !run.body.in_progress],
  ['pipeline=backtest', run => run.resources.pipeline.name === 'backtest'],
  ['user=priya', run => run.resources.user.name === 'priya'],
  ['name=startswith:label_', run => run.name.startsWith('label_')],
  ['name=contains:scoring', run => run.name.includes('scoring')],
  ['index=gte:40', run => run.body.index >= 40],
  ['tags=audit', run => run.resources.tags.some(tag => tag.name === 'audit')],
  ['created=gte:2026-11-23 12:00:00', run => run.body.created >= '2026-11-23T12:00:00'],
  ['updated=lt:2026-11-22 00:00:00', run => run.body.updated < '2026-11-22T00:00:00'],
  ['status=notequals:completed', run => run.body.status !== 'completed'],
];

test.each(filters)('the filter %s keeps exactly the runs that match it', async (query, isMatch) => {
  const all = await list('');
  const expected = all.items.filter(isMatch).map(run => run.id);
  const found = await list(encodeURI(query));
  assert.deepEqual(
    found.items.map(run => run.id),
    expected,
  );
  assert.equal(found.total, expected.length);
  assert.ok(expected.length > 0 && expected.length < all.items.length, 'the filter distinguishes runs');
});

test('a run can be found by a prefix of its ID, with and without dashes', async () => {
  const {id} = (await list('sort_by=desc:created')).items[7]!;
  for (const prefix of [id.slice(0, 8), id.slice(0, 11), id.replaceAll('-', '').slice(0, 12)]) {
    const found = await list(`id=startswith:${prefix}`);
    assert.deepEqual(
      found.items.map(run => run.id),
      [id],
    );
  }

  assert.equal((await list('id=xyz')).total, 0);
});

test('a run must match all repeated filters, and unknown ones are ignored', async () => {
  assert.equal((await list('status=failed&status=completed')).total, 0);
  assert.equal((await list('nosuch=1')).total, (await list('')).total);
});

test('pages divide the list without gaps or overlaps', async () => {
  const whole = await list('sort_by=desc:start_time');
  const pages = await Promise.all(
    [1, 2, 3].map(page =>
      runsDemo.get(`/runs?project=${runsDemo.server.projectId}&sort_by=desc:start_time&size=120&page=${page}`),
    ),
  );
  assert.deepEqual(
    pages.flatMap(page => page.items.map((run: Run) => run.id)),
    whole.items.map(run => run.id),
  );
  assert.deepEqual(
    pages.map(page => page.total_pages),
    [3, 3, 3],
  );
});

test('list items have metadata only on request', async () => {
  assert.equal((await list('size=1')).items[0]?.metadata, null);
  assert.ok((await list('hydrate=true')).items[0]?.metadata?.start_time);
});

test('steps can be filtered by status, name and version, and retried ones excluded', async () => {
  const {runId, projectId} = training.server;
  const listSteps = async (query: string): Promise<string[]> => {
    const page = await training.get(`/runs/${runId}/steps?project=${projectId}&size=100&${query}`);
    return page.items.map((step: {name: string; body: {version: number}}) => `${step.name} ${step.body.version}`);
  };
  const all = await listSteps('');
  assert.deepEqual(
    await listSteps('exclude_retried=true'),
    all.filter(step => step !== 'train_transformer 1'),
  );
  assert.deepEqual(await listSteps('status=retried'), ['train_transformer 1']);
  assert.deepEqual(await listSteps('name=train_transformer&version=gte:2'), ['train_transformer 2']);
  assert.deepEqual(await listSteps(`status=oneof:${encodeURIComponent('["running","provisioning"]')}`), [
    'train_gbm 1',
    'train_transformer 2',
  ]);
  const names = (await listSteps('sort_by=desc:name')).map(step => step.split(' ')[0]);
  assert.deepEqual(names, [...names].sort().reverse());
});

test('ten thousand runs can be listed, and the oldest of them has steps', async () => {
  const demo = await startManualClockDemo('runs:10000');
  const page = await demo.get(`/runs?project=${demo.server.projectId}&size=50&sort_by=desc:created`);
  assert.equal(page.items.length, 50);
  assert.ok(page.total > 9900);
  const oldest = await demo.get(`/runs?project=${demo.server.projectId}&size=1`);
  const steps = await demo.get(`/runs/${oldest.items[0].id}/steps?project=${demo.server.projectId}`);
  assert.ok(steps.total > 0);
  await demo.server.close();
});
