import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';

let demo: ManualClockDemo;

beforeEach(async () => {
  demo = await startManualClockDemo('failure');
});

afterEach(() => demo.server.close());

const fetchRun = () => demo.get(`/runs/${demo.server.runId}`);
const fetchStepNodes = async () =>
  (await demo.get(`/runs/${demo.server.runId}/dag`)).nodes.filter((node: {type: string}) => node.type === 'step');

type Node = {id: string | null; name: string; metadata: {status?: string}};

test('a run fails at once, but stays in progress until its other branch is done', async () => {
  demo.goTo(32);
  const early = await fetchRun();
  assert.deepEqual([early.body.status, early.body.in_progress], ['failed', true]);
  const runningNodes = ((await fetchStepNodes()) as Node[]).filter(node => node.metadata.status === 'running');
  assert.deepEqual(
    runningNodes.map(node => node.name),
    ['measure_drift'],
  );
  demo.goTo(90);
  const late = await fetchRun();
  assert.deepEqual([late.body.status, late.body.in_progress], ['failed', false]);
  assert.ok(late.metadata.end_time > early.metadata.end_time);
  assert.equal(late.metadata.exception_info, null);
});

test('steps downstream of the failed one never get a row', async () => {
  demo.goTo(1000);
  const unreachedNodes = ((await fetchStepNodes()) as Node[]).filter(node => node.id === null);
  assert.deepEqual(
    unreachedNodes.map(node => [node.name, node.metadata]),
    [
      ['score', {}],
      ['flag', {}],
      ['notify_analysts', {}],
    ],
  );
  const page = await demo.get(`/runs/${demo.server.runId}/steps?project=${demo.server.projectId}&size=100`);
  assert.ok(!page.items.some((step: Node) => ['score', 'flag', 'notify_analysts'].includes(step.name)));
});

test('a failed step has a chained traceback and the failing line, and its log ends with the exception', async () => {
  demo.goTo(60);
  const node = ((await fetchStepNodes()) as Node[]).find(({name}) => name === 'convert_amounts');
  const step = await demo.get(`/steps/${node?.id}`);
  const {traceback, message, user_code_line} = step.metadata.exception_info;
  assert.match(traceback, /KeyError: 'XAU'\n\nThe above exception was the direct cause/);
  assert.match(step.metadata.source_code.split('\n')[user_code_line], /rate = rates\[currency\]/);
  const log = await demo.get(`/steps/${node?.id}/logs?source=step`);
  assert.equal(log.at(-1).level, 40);
  assert.ok(log.at(-1).message.includes(message));
});

test('a forced stop takes effect although the response is an error', async () => {
  demo.goTo(6);
  const stopResponse = await demo.request(`/runs/${demo.server.runId}/stop?graceful=false`, {method: 'POST'});
  assert.equal(stopResponse.status, 501);
  const stoppingRun = await fetchRun();
  assert.deepEqual([stoppingRun.body.status, stoppingRun.body.status_reason], ['stopping', 'Manual stop requested.']);
  const secondStopResponse = await demo.request(`/runs/${demo.server.runId}/stop`, {method: 'POST'});
  assert.equal(secondStopResponse.status, 403);
  demo.goTo(60);
  const endedRun = await fetchRun();
  assert.deepEqual([endedRun.body.status, endedRun.body.in_progress], ['stopped', false]);
  const startedNodes = ((await fetchStepNodes()) as Node[]).filter(node => node.id !== null);
  assert.deepEqual(
    startedNodes.map(node => node.metadata.status),
    startedNodes.map(() => 'completed'),
  );
  assert.ok(startedNodes.length < 4);
});

test('a graceful stop is accepted', async () => {
  demo.goTo(6);
  const stopResponse = await demo.request(`/runs/${demo.server.runId}/stop?graceful=true`, {method: 'POST'});
  assert.deepEqual([stopResponse.status, stopResponse.body], [200, null]);
  assert.equal((await fetchRun()).body.status, 'stopping');
});
