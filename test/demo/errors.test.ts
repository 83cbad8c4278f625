import assert from 'node:assert/strict';
import {afterAll, beforeAll, test} from 'vitest';
import {type HeldDemo, startHeldDemo} from './demo-client.js';
import {recorded} from './shape.js';

let demo: HeldDemo;

beforeAll(async () => {
  demo = await startHeldDemo('training');
  demo.goTo(130);
});

afterAll(() => demo.server.close());

const recordedRun = /2d3bfbe2-dcaf-484d-94c9-8fd31c75af1e|7ebab5b8-ce2e-49e7-a1ab-6b3f07501b5c/g;

/** The recorded request made of the demo server, with its own run in the place of the recorded one. */
const repeat = async (name: string) => {
  const {request, status, body} = recorded(name);
  const [method = 'GET', path = ''] = request.replaceAll(recordedRun, demo.server.runId).split(' ', 2);
  const answer = await demo.ask(path.replace('/api/v1', ''), {method});
  const expected = JSON.parse(JSON.stringify(body).replaceAll(recordedRun, demo.server.runId)) as unknown;
  return {answer, status, expected};
};

test.each([
  'error-dag-404',
  'error-run-404',
  'error-step-404',
  'error-run-steps-404',
  'error-route-404',
  'error-method-405',
  'error-replay',
  'error-logs-both',
  'error-logs-entity-404',
  'error-logs-id-404',
  'error-logs-no-source',
  'error-logs-source-404',
  'error-project-404',
  'error-refresh',
  'error-refresh-steps',
  'error-sse-disabled',
  'error-stop-completed',
])('%s is answered word for word', async name => {
  const {answer, status, expected} = await repeat(name);
  assert.deepEqual([answer.status, answer.body], [status, expected]);
});

test.each(['error-bad-bool', 'error-page-zero', 'error-run-bad-uuid', 'error-size-too-big', 'error-size-zero'])(
  '%s is a bare array, word for word but for the place in the server',
  async name => {
    const {answer, status, expected} = await repeat(name);
    const withoutPlace = (body: unknown): unknown[] => (body as string[]).map(text => text.split('\n\n')[0]);
    assert.equal(answer.status, status);
    assert.deepEqual(withoutPlace(answer.body), withoutPlace(expected));
  },
);

test.each(['error-bad-datetime', 'error-bad-oneof', 'error-bad-sort', 'error-bad-version'])(
  '%s is refused as the filter model does',
  async name => {
    const {answer, status, expected} = await repeat(name);
    assert.deepEqual([answer.status, answer.body], [status, expected]);
  },
);

test('a page beyond the end names the size, the total and the last page', async () => {
  const answer = await demo.ask(
    `/runs/${demo.server.runId}/steps?page=99&project=${demo.server.projectId}&exclude_retried=true`,
  );
  const {status, body} = recorded('error-page-out-of-range');
  assert.equal(answer.status, status);
  const expected = JSON.stringify(body).replace('total of 3 items', 'total of 14 items');
  assert.equal(JSON.stringify(answer.body), expected);
});

test('a cached step has no logs', async () => {
  const page = await demo.get(`/runs/${demo.server.runId}/steps?status=cached&project=${demo.server.projectId}`);
  const {id} = page.items[0];
  const answer = await demo.ask(`/steps/${id}/logs?source=step`);
  const {status, body} = recorded('logs-step-cached');
  assert.equal(answer.status, status);
  assert.equal(JSON.stringify(answer.body), JSON.stringify(body).replace(/c697b0e6[-0-9a-f]{28}/, id));
});

test('a path outside of the API is the dashboard, with 200 and HTML', async () => {
  const answer = await demo.ask('//zenml/api/v1/info');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
});
