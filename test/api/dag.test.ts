import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodePlannedDag} from '../../src/api/decode/planned-steps.js';
import {toRunId} from '../../src/domain/ids.js';
import {createReplayingClient, isAtLeast, never, readRecording, versions} from './recorded.js';

const versionsWithDag = versions.filter(version => isAtLeast(version, '0.83.0'));

test.each(versionsWithDag)(
  'decodes the graph of a failed run of %s with its order, planned steps and upstream steps',
  async version => {
    const response = await createReplayingClient(readRecording(version, 'dag_fail')).client.fetchDag(
      toRunId('r'),
      never,
    );
    assert.ok(response.ok);
    assert.deepEqual(
      response.value.steps.map(({name, upstream}) => [name, upstream]),
      [
        ['load', []],
        ['boom', ['load']],
        ['side', ['load']],
        ['after_boom', ['boom']],
        ['after_side', ['side']],
      ],
    );
    const [load, boom, , afterBoom] = response.value.steps;
    assert.equal(load?.status?.status, 'cached');
    assert.equal(boom?.status?.status, 'failed');
    assert.ok((boom?.durationMs ?? 0) > 0);
    assert.equal(boom?.startedAt === undefined, !isAtLeast(version, '0.85.0'));
    assert.equal(afterBoom?.id, undefined);
    assert.equal(afterBoom?.status, undefined);
  },
);

test.each(versions.filter(version => !isAtLeast(version, '0.83.0')))(
  '%s has no graph, but the planned steps in their order',
  async version => {
    const {client, requests} = createReplayingClient(
      readRecording(version, 'dag_fail'),
      readRecording(version, 'deployment_fail'),
    );
    assert.deepEqual(await client.fetchDag(toRunId('r'), never), {
      ok: false,
      failure: {kind: 'no-route', path: 'runs/r/dag'},
    });
    const response = await client.fetchPlannedSteps('d', never);
    assert.ok(response.ok);
    assert.equal(requests[1]?.path, 'pipeline_deployments/d');
    assert.deepEqual(
      response.value.steps.map(({name, upstream, id, status}) => [name, upstream, id, status]),
      [
        ['load', [], undefined, undefined],
        ['boom', ['load'], undefined, undefined],
        ['side', ['load'], undefined, undefined],
        ['after_boom', ['boom'], undefined, undefined],
        ['after_side', ['side'], undefined, undefined],
      ],
    );
  },
);

const getPlannedOrder = (upstreamByName: Record<string, readonly string[]>): readonly string[] => {
  const step_configurations = Object.fromEntries(
    Object.entries(upstreamByName).map(([name, upstream_steps]) => [name, {spec: {upstream_steps}, config: {}}]),
  );
  return decodePlannedDag({metadata: {step_configurations}})?.steps.map(({name}) => name) ?? [];
};

test('sorts planned steps by level, and within a level as defined', () => {
  assert.deepEqual(getPlannedOrder({d: ['b', 'c'], b: ['a'], c: ['a'], a: [], z: []}), ['a', 'z', 'b', 'c', 'd']);
});

test('keeps planned steps that wait for each other or for a missing one', () => {
  assert.deepEqual(getPlannedOrder({a: ['b'], b: ['a'], c: ['gone'], d: ['d']}), ['c', 'd', 'a', 'b']);
});

test('decodes a map as one group, and lets the step that reduces it wait for all items', async () => {
  const response = await createReplayingClient(readRecording('0.98.0', 'dag-map')).client.fetchDag(toRunId('r'), never);
  assert.ok(response.ok);
  const mapped = response.value.steps.filter(({group}) => group?.type === 'map');
  assert.deepEqual(
    mapped.map(({name, upstream, group}) => [name, upstream, group?.name]),
    [0, 1, 2, 3].map(index => [`map:work:${index}`, ['make_list'], 'work']),
  );
  assert.deepEqual(
    response.value.steps.at(-1)?.upstream,
    mapped.map(({name}) => name),
  );
});

test('decodes a nested run as a child run, not as a step', async () => {
  const response = await createReplayingClient(readRecording('0.98.0', 'dag-parent')).client.fetchDag(
    toRunId('r'),
    never,
  );
  assert.ok(response.ok);
  assert.deepEqual(
    response.value.steps.map(({name}) => name),
    ['work'],
  );
  const [child] = response.value.childRuns;
  assert.match(child?.name ?? '', /^child-/);
  assert.equal(child?.status?.status, 'completed');
  assert.ok(Math.abs((child?.durationMs ?? 0) - 662.671) < 0.001);
});

test('decodes the question of a wait condition', async () => {
  const response = await createReplayingClient(readRecording('0.98.0', 'run-waiting-dag')).client.fetchDag(
    toRunId('r'),
    never,
  );
  assert.ok(response.ok);
  const [condition] = response.value.waitConditions;
  assert.deepEqual(condition, {
    id: '79884c9f-cfef-49e0-9dc5-5afb556568fd',
    name: 'approve',
    status: 'pending',
    question: 'Deploy the model?',
  });
});

test('decodes a graph that repeats its edges many times', {timeout: 20_000}, async () => {
  const {body} = readRecording('0.98.0', 'dag-failed');
  const graph = body as {readonly edges: readonly unknown[]};
  const response = await createReplayingClient({status: 200, body}).client.fetchDag(toRunId('r'), never);
  const edges = Array.from({length: 20_000}, () => graph.edges).flat();
  const repeatedResponse = await createReplayingClient({status: 200, body: {...graph, edges}}).client.fetchDag(
    toRunId('r'),
    never,
  );
  assert.ok(response.ok && repeatedResponse.ok);
  assert.deepEqual(repeatedResponse.value, response.value);
});

test('skips nodes of unknown types, and edges to missing nodes', async () => {
  const aNode = (id: string, type: string) => ({node_id: id, type, name: id, metadata: {}});
  const body = {
    nodes: [aNode('load', 'step'), aNode('gate', 'made_up'), aNode('train', 'step')],
    edges: [
      {source: 'load', target: 'train'},
      {source: 'gate', target: 'train'},
      {source: 'nowhere', target: 'train'},
      {source: 'train', target: 'nowhere'},
    ],
  };
  const response = await createReplayingClient({status: 200, body}).client.fetchDag(toRunId('r'), never);
  assert.ok(response.ok);
  assert.deepEqual(
    response.value.steps.map(({name, upstream}) => [name, upstream]),
    [
      ['load', []],
      ['train', ['load']],
    ],
  );
});
