import assert from 'node:assert/strict';
import {afterAll, beforeAll, test} from 'vitest';
import {type HeldDemo, startHeldDemo} from './demo-client.js';

type Step = {
  id: string;
  name: string;
  body: {status: string; start_time: string; end_time: string};
  metadata: {
    cache_key: string;
    original_step_run_id: string | null;
    pipeline_run_id: string;
    config: {parameters: Record<string, unknown>; caching_parameters: Record<string, string>};
  };
  resources: {
    inputs: Record<string, {id: string}[]>;
    outputs: Record<string, {id: string}[]>;
    log_collection: unknown[];
  };
};

let demo: HeldDemo;
let stepsByRun: Map<number, Step[]>;

beforeAll(async () => {
  demo = await startHeldDemo('training');
  demo.goTo(130);
  const project = `project=${demo.server.projectName}`;
  const {items} = await demo.get(`/runs?${project}&pipeline=training_pipeline&size=50`);
  stepsByRun = new Map(
    await Promise.all(
      items.map(async (run: {id: string; body: {index: number}}) => {
        const page = await demo.get(`/steps?pipeline_run_id=${run.id}&${project}&size=100&hydrate=true`);
        return [run.body.index, page.items] as const;
      }),
    ),
  );
});

afterAll(() => demo.server.close());

const stepOf = (index: number, name: string): Step => stepsByRun.get(index)!.findLast(step => step.name === name)!;

test('every cached step names a completed original with the same key, and shows its outputs', () => {
  const all = [...stepsByRun.values()].flat();
  const cached = all.filter(step => step.body.status === 'cached');
  assert.ok(cached.length >= 8);
  for (const step of cached) {
    const original = all.find(each => each.id === step.metadata.original_step_run_id);
    assert.equal(original?.body.status, 'completed', step.name);
    assert.equal(original?.metadata.cache_key, step.metadata.cache_key, step.name);
    assert.deepEqual(original?.resources.outputs, step.resources.outputs);
    assert.equal(step.body.start_time, step.body.end_time);
    assert.deepEqual(step.resources.log_collection, []);
  }
});

test('the server finds the original by its key', async () => {
  const {cache_key, original_step_run_id} = stepOf(42, 'load_labels').metadata;
  const query = `cache_key=${cache_key}&status=completed&cache_expired=false&sort_by=desc:created&size=1`;
  const found = await demo.get(`/steps?project=${demo.server.projectId}&${query}`);
  assert.equal(found.items[0].id, original_step_run_id);
});

test('one step was not reused because a parameter changed, and only that', () => {
  const [before, now] = [stepOf(41, 'build_features'), stepOf(42, 'build_features')];
  assert.notEqual(now.metadata.cache_key, before.metadata.cache_key);
  assert.deepEqual(before.metadata.config.parameters, {window_days: 30, min_events: 3});
  assert.deepEqual(now.metadata.config.parameters, {window_days: 60, min_events: 3});
  assert.deepEqual(now.metadata.config.caching_parameters, before.metadata.config.caching_parameters);
  assert.equal(now.resources.inputs['transactions']?.[0]?.id, before.resources.inputs['transactions']?.[0]?.id);
});

test('one step was not reused because its code changed, and only that', () => {
  const [before, now] = [stepOf(41, 'encode_merchants'), stepOf(42, 'encode_merchants')];
  assert.notEqual(now.metadata.cache_key, before.metadata.cache_key);
  assert.deepEqual(now.metadata.config.parameters, before.metadata.config.parameters);
  assert.notEqual(
    now.metadata.config.caching_parameters['step_source'],
    before.metadata.config.caching_parameters['step_source'],
  );
  assert.equal(now.resources.inputs['transactions']?.[0]?.id, before.resources.inputs['transactions']?.[0]?.id);
});

test('one step was not reused because an input changed, and only that', () => {
  const [before, now] = [stepOf(41, 'split'), stepOf(42, 'split')];
  assert.notEqual(now.metadata.cache_key, before.metadata.cache_key);
  assert.deepEqual(now.metadata.config, {
    ...before.metadata.config,
    substitutions: (now.metadata.config as never)['substitutions'],
  });
  assert.notEqual(now.resources.inputs['features']?.[0]?.id, before.resources.inputs['features']?.[0]?.id);
  assert.equal(now.resources.inputs['labels']?.[0]?.id, before.resources.inputs['labels']?.[0]?.id);
});

test('an artifact tells its producer and its metadata', async () => {
  const id = stepOf(42, 'split').resources.inputs['labels']?.[0]?.id;
  const artifact = await demo.get(`/artifact_versions/${id}`);
  assert.equal(artifact.resources.producer_step_run_id, stepOf(41, 'load_labels').id);
  assert.deepEqual(artifact.metadata.run_metadata.shape, [18_422, 4]);
});

test('a value stored as JSON can be looked at, a table cannot', async () => {
  const metrics = stepOf(42, 'evaluate').resources.outputs['metrics']?.[0]?.id;
  const shown = await demo.get(`/artifact_versions/${metrics}/visualize`);
  assert.equal(shown.type, 'json');
  assert.ok(JSON.parse(shown.value).transformer.auc > 0.9);
  const table = stepOf(42, 'split').resources.outputs['train']?.[0]?.id;
  assert.equal((await demo.ask(`/artifact_versions/${table}/visualize`)).status, 404);
});
