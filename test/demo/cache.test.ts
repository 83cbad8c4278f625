import assert from 'node:assert/strict';
import {afterAll, beforeAll, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';

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

let demo: ManualClockDemo;
let stepsByRun: Map<number, Step[]>;

beforeAll(async () => {
  demo = await startManualClockDemo('training');
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

const findStep = (index: number, name: string): Step => stepsByRun.get(index)!.findLast(step => step.name === name)!;

test('every cached step refers to a completed original with the same cache key and has its outputs', () => {
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

test('the original of a cached step can be found by its cache key', async () => {
  const {cache_key, original_step_run_id} = findStep(42, 'load_labels').metadata;
  const query = `cache_key=${cache_key}&status=completed&cache_expired=false&sort_by=desc:created&size=1`;
  const found = await demo.get(`/steps?project=${demo.server.projectId}&${query}`);
  assert.equal(found.items[0].id, original_step_run_id);
});

test('build_features missed the cache only because a parameter changed', () => {
  const [previous, current] = [findStep(41, 'build_features'), findStep(42, 'build_features')];
  assert.notEqual(current.metadata.cache_key, previous.metadata.cache_key);
  assert.deepEqual(previous.metadata.config.parameters, {window_days: 30, min_events: 3});
  assert.deepEqual(current.metadata.config.parameters, {window_days: 60, min_events: 3});
  assert.deepEqual(current.metadata.config.caching_parameters, previous.metadata.config.caching_parameters);
  assert.equal(current.resources.inputs['transactions']?.[0]?.id, previous.resources.inputs['transactions']?.[0]?.id);
});

test('encode_merchants missed the cache only because its code changed', () => {
  const [previous, current] = [findStep(41, 'encode_merchants'), findStep(42, 'encode_merchants')];
  assert.notEqual(current.metadata.cache_key, previous.metadata.cache_key);
  assert.deepEqual(current.metadata.config.parameters, previous.metadata.config.parameters);
  assert.notEqual(
    current.metadata.config.caching_parameters['step_source'],
    previous.metadata.config.caching_parameters['step_source'],
  );
  assert.equal(current.resources.inputs['transactions']?.[0]?.id, previous.resources.inputs['transactions']?.[0]?.id);
});

test('split missed the cache only because an input changed', () => {
  const [previous, current] = [findStep(41, 'split'), findStep(42, 'split')];
  assert.notEqual(current.metadata.cache_key, previous.metadata.cache_key);
  assert.deepEqual(current.metadata.config, {
    ...previous.metadata.config,
    substitutions: (current.metadata.config as never)['substitutions'],
  });
  assert.notEqual(current.resources.inputs['features']?.[0]?.id, previous.resources.inputs['features']?.[0]?.id);
  assert.equal(current.resources.inputs['labels']?.[0]?.id, previous.resources.inputs['labels']?.[0]?.id);
});

test('an artifact version has its producer and its metadata', async () => {
  const id = findStep(42, 'split').resources.inputs['labels']?.[0]?.id;
  const artifact = await demo.get(`/artifact_versions/${id}`);
  assert.equal(artifact.resources.producer_step_run_id, findStep(41, 'load_labels').id);
  assert.deepEqual(artifact.metadata.run_metadata.shape, [18_422, 4]);
});
