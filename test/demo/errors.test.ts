import assert from 'node:assert/strict';
import {afterAll, beforeAll, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo} from './demo-client.js';
import {readRecorded} from './shape.js';

let demo: ManualClockDemo;

beforeAll(async () => {
  demo = await startManualClockDemo('training');
  demo.goTo(130);
});

afterAll(() => demo.server.close());

const recordedRun = /2d3bfbe2-dcaf-484d-94c9-8fd31c75af1e|7ebab5b8-ce2e-49e7-a1ab-6b3f07501b5c/g;

/** Sends a recorded request to the demo server, with its own run in place of the recorded one. */
const repeatRequest = async (name: string) => {
  const {request, status, body} = readRecorded(name);
  const [method = 'GET', path = ''] = request.replaceAll(recordedRun, demo.server.runId).split(' ', 2);
  const response = await demo.request(path.replace('/api/v1', ''), {method});
  const expected = JSON.parse(JSON.stringify(body).replaceAll(recordedRun, demo.server.runId)) as unknown;
  return {response, status, expected};
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
  'error-logs-id-404',
  'error-logs-no-source',
  'error-logs-source-404',
  'error-project-404',
  'error-stop-completed',
])('%s has the status and body of a real server', async name => {
  const {response, status, expected} = await repeatRequest(name);
  assert.deepEqual([response.status, response.body], [status, expected]);
});

test.each(['error-refresh', 'error-refresh-steps'])(
  '%s has the status and body of a real server, except for its orchestrator',
  async name => {
    const {response, status, expected} = await repeatRequest(name);
    const body = JSON.parse(JSON.stringify(expected).replace('LocalOrchestrator', 'KubeflowOrchestrator'));
    assert.deepEqual([response.status, response.body], [status, body]);
  },
);

test.each(['error-bad-bool', 'error-page-zero', 'error-run-bad-uuid', 'error-size-too-big', 'error-size-zero'])(
  '%s is an array with the message of a real server, except for the location in its code',
  async name => {
    const {response, status, expected} = await repeatRequest(name);
    const removeLocation = (body: unknown): unknown[] => (body as string[]).map(text => text.split('\n\n')[0]);
    assert.equal(response.status, status);
    assert.deepEqual(removeLocation(response.body), removeLocation(expected));
  },
);

test('the name of a property that every object has is not a boolean', async () => {
  const response = await demo.request(`/runs/${demo.server.runId}/steps?exclude_retried=constructor`, {
    signal: AbortSignal.timeout(2000),
  });
  assert.equal(response.status, 422);
});

// The reasons given by the `uuid` crate of Rust, which pydantic passes on.
test.each([
  ['1234', 'invalid length: expected length 32 for simple format, found 4'],
  ['12345678-1234', 'invalid group count: expected 5, found 2'],
  ['12345678-12341234-1234-123456789abc', 'invalid group count: expected 5, found 4'],
  ['12345678-123-1234-1234-123456789abc', 'invalid group length in group 1: expected 4, found 3'],
  ['12345678-1234-1234-1234-123456789abcd', 'invalid group length in group 4: expected 12, found 13'],
  [
    '12345678-1234-1234-1234-12345678éabc',
    'invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `é` at 33',
  ],
])('the ID %s is refused with the reason that a real server gives', async (id, reason) => {
  const response = await demo.request(`/runs/${id}`);
  const [name, message] = response.body as string[];
  assert.deepEqual([response.status, name], [422, 'ValueError']);
  assert.ok(
    message?.includes(
      `'msg': 'Input should be a valid UUID, ${reason}', 'input': '${id}', 'ctx': {'error': '${reason}'}`,
    ),
    message,
  );
});

test.each(['error-bad-datetime', 'error-bad-oneof', 'error-bad-sort', 'error-bad-version'])(
  '%s is refused by the filter model as on a real server',
  async name => {
    const {response, status, expected} = await repeatRequest(name);
    assert.deepEqual([response.status, response.body], [status, expected]);
  },
);

test('the error for a page after the last one includes the size, the total and the last page', async () => {
  const response = await demo.request(
    `/runs/${demo.server.runId}/steps?page=99&project=${demo.server.projectId}&exclude_retried=true`,
  );
  const {status, body} = readRecorded('error-page-out-of-range');
  assert.equal(response.status, status);
  const expected = JSON.stringify(body).replace('total of 3 items', 'total of 14 items');
  assert.equal(JSON.stringify(response.body), expected);
});

test('a cached step has no logs', async () => {
  const page = await demo.get(`/runs/${demo.server.runId}/steps?status=cached&project=${demo.server.projectId}`);
  const {id} = page.items[0];
  const response = await demo.request(`/steps/${id}/logs?source=step`);
  const {status, body} = readRecorded('logs-step-cached');
  assert.equal(response.status, status);
  assert.equal(JSON.stringify(response.body), JSON.stringify(body).replace(/c697b0e6[-0-9a-f]{28}/, id));
});

test('every path outside the API is a page of the dashboard', async () => {
  const response = await demo.request('//zenml/api/v1/info');
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
});
