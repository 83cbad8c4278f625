import assert from 'node:assert/strict';
import {test} from 'vitest';
import {scenarios} from '../../src/demo/scenarios/catalog.js';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';

type Step = {
  id: string;
  name: string;
  body: {status: string; version: number; updated: string; created: string; start_time: string | null};
};

const fetchEverything = async ({get, server}: ManualClockDemo) => {
  const run = await get(`/runs/${server.runId}`);
  const dag = await get(`/runs/${server.runId}/dag`);
  const page = await get(`/runs/${server.runId}/steps?project=${server.projectId}&size=1000&sort_by=asc:created`);
  const runs = await get(`/runs?project=${server.projectId}&size=1000&sort_by=desc:created`);
  return {run, dag, steps: page.items as Step[], runs: runs.items as {id: string; body: {created: string}}[]};
};

const lastSecondByScenario: Readonly<Record<string, number>> = {large: 120, runs: 320, all: 60};

test.each(scenarios.map(({name}) => name))('%s plays without anything going backwards', async name => {
  const demo = await startManualClockDemo(name);
  try {
    const idsByAttempt = new Map<string, string>();
    const updatedByKey = new Map<string, string>();
    let stepCount = 0;
    const end = lastSecondByScenario[name] ?? 150;
    for (let seconds = 0; seconds <= end; seconds += end / 16) {
      demo.goTo(seconds);
      const {run, dag, steps, runs} = await fetchEverything(demo);
      assert.ok(run.body.updated >= (updatedByKey.get('run') ?? ''));
      updatedByKey.set('run', run.body.updated);
      assert.equal(dag.status, run.body.status);
      assert.ok(steps.length >= stepCount);
      stepCount = steps.length;
      for (const step of steps) {
        const key = `${step.name} ${step.body.version}`;
        assert.equal(idsByAttempt.get(key) ?? step.id, step.id);
        idsByAttempt.set(key, step.id);
        assert.ok(step.body.updated >= (updatedByKey.get(key) ?? step.body.created), key);
        updatedByKey.set(key, step.body.updated);
        assert.ok(Date.parse(`${step.body.updated}Z`) <= demo.now());
      }

      const nodes = dag.nodes.filter((node: {type: string; id: string | null}) => node.type === 'step' && node.id);
      const newest = new Map(steps.map(step => [step.name, step.id]));
      assert.deepEqual(
        new Map(nodes.map((node: Step) => [node.name, node.id])),
        new Map(nodes.map((node: Step) => [node.name, newest.get(node.name)])),
      );
      assert.equal(nodes.length, newest.size);
      assert.ok(runs.some(each => each.id === demo.server.runId));
      const createdTimes = runs.map(each => each.body.created);
      assert.deepEqual(createdTimes, [...createdTimes].sort().reverse());
    }

    assert.equal(new Set(idsByAttempt.values()).size, idsByAttempt.size);
  } finally {
    await demo.server.close();
  }
});

test.each(scenarios)('no attempt of $name prints a line after its end, which would be lost', ({build}) => {
  const lateLines = build(undefined).runs.flatMap(({key, getSteps}) =>
    getSteps().flatMap(({name, attempts = []}) =>
      attempts.flatMap(({logs = [], durationMs}) =>
        logs.filter(({atMs}) => atMs > durationMs).map(({message}) => `${key} ${name}: ${message}`),
      ),
    ),
  );
  assert.deepEqual(lateLines, []);
});

test('the gallery has all sixteen statuses and an unknown one', async () => {
  const demo = await startManualClockDemo('all');
  const {steps, run} = await fetchEverything(demo);
  await demo.server.close();
  const statuses =
    'initializing provisioning queued running failed completed cached skipped retrying retried cancelling cancelled paused resuming stopped stopping hibernating';
  assert.deepEqual(new Set(steps.map(step => step.body.status)), new Set(statuses.split(' ')));
  assert.equal(run.body.in_progress, true);
});

test('the mapped run has 200 steps in one group, one step that reads them all, and a child run', async () => {
  const demo = await startManualClockDemo('mapped');
  demo.goTo(120);
  const {dag, steps, run} = await fetchEverything(demo);
  const groups = dag.nodes.flatMap((node: {metadata: {group?: {id: string}}}) => node.metadata.group?.id ?? []);
  assert.equal(groups.length, 200);
  assert.equal(new Set(groups).size, 1);
  const indexStep = await demo.get(`/steps/${steps.find(({name}) => name === 'build_index')?.id}`);
  assert.equal(indexStep.metadata.spec.inputs.vectors.length, 200);
  assert.deepEqual(
    indexStep.resources.inputs.vectors.map((input: {index: number}) => input.index),
    Array.from({length: 200}, (_, index) => index),
  );
  const children = await demo.get(`/runs?parent_run_id=${run.id}&project=${demo.server.projectId}`);
  assert.equal(children.items[0].resources.parent_run.id, run.id);
  assert.equal(children.items[0].body.child_key, 'pipeline:sample_quality');
  const node = dag.nodes.find((each: {type: string}) => each.type === 'triggered_run');
  assert.deepEqual([node.id, node.metadata.status], [children.items[0].id, 'completed']);
  assert.equal(run.body.status, 'completed');
  await demo.server.close();
});

test('a dynamic run has no nodes for steps that have not started', async () => {
  const demo = await startManualClockDemo('mapped');
  demo.goTo(10);
  const {dag} = await fetchEverything(demo);
  await demo.server.close();
  const nodes = dag.nodes.filter((node: {type: string}) => node.type === 'step');
  assert.ok(nodes.length > 10 && nodes.length < 60);
  assert.ok(nodes.every((node: {id: string | null}) => node.id !== null));
});

test('a waiting run continues if its question is answered, and stops if the answer is to abort', async () => {
  for (const [resolution, result, expected] of [
    ['continue', true, 'completed'],
    ['abort', null, 'stopped'],
  ] as const) {
    const demo = await startManualClockDemo('approval');
    const {server} = demo;
    demo.goTo(30);
    const waiting = await demo.get(`/runs/${server.runId}`);
    const {id} = waiting.resources.active_wait_condition;
    const path = `/run_wait_conditions/${id}/resolve`;
    const answer = (body: unknown) => demo.request(path, {method: 'PUT', body: JSON.stringify(body)});
    assert.equal((await answer({resolution: 'continue', result: 'maybe'})).status, 400);
    assert.equal((await answer({resolution, result})).status, 200);
    assert.equal((await answer({resolution, result})).status, 403);
    demo.goTo(60);
    const {run, steps} = await fetchEverything(demo);
    assert.deepEqual([run.body.status, run.body.in_progress], [expected, false]);
    assert.equal(steps.length, resolution === 'continue' ? 3 : 2);
    assert.equal(run.resources.active_wait_condition, null);
    await server.close();
  }
});

test('a large run changes about a hundred rows in ten seconds', async () => {
  const demo = await startManualClockDemo('large:2000');
  demo.goTo(20);
  const path = `/runs/${demo.server.runId}/steps?project=${demo.server.projectId}&size=1`;
  const {total} = await demo.get(`${path}&updated=gte:2026-11-24%2009:00:10`);
  assert.ok(total >= 90 && total <= 115, `${total} rows`);
  assert.equal((await demo.get(`/runs/${demo.server.runId}/dag`)).nodes.length, 4000);
  await demo.server.close();
});

test('an unknown scenario is refused with a list of the available ones, and an invalid size with the name of its scenario', async () => {
  await assert.rejects(
    startManualClockDemo('nosuch'),
    /Unknown scenario “nosuch”\. Available: training, failure, mapped/,
  );
  await assert.rejects(startManualClockDemo('large:many'), /Invalid size “many” for scenario large/);
  await assert.rejects(startManualClockDemo('large:50:60'), /Invalid size “50:60” for scenario large/);
});

test.each([1, 2, 3, 500])('a large run of size %i has as many shards as its parameter says', size => {
  const [run] = scenarios.find(({name}) => name === 'large')!.build(size).runs;
  const steps = run!.getSteps();
  assert.equal(run!.parameters?.['shards'], steps.filter(({function: name}) => name === 'score_shard').length);
});
