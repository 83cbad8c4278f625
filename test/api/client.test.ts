import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createClient} from '../../src/api/create-client.js';
import type {Credentials} from '../../src/api/credentials.js';
import type {Failure} from '../../src/domain/failure.js';
import {toProjectId, toRunId} from '../../src/domain/ids.js';
import {
  createReplayingClient,
  createReplayingTransport,
  type FakeResponse,
  never,
  readRecording,
  readRecordingPart,
  versions,
} from './recorded.js';

const runId = toRunId('r');
const projectId = toProjectId('p');
const emptyPage: FakeResponse = {status: 200, body: {index: 1, max_size: 20, total_pages: 1, total: 0, items: []}};
const getQuery = (requests: readonly {readonly query: readonly (readonly [string, string])[]}[], index = 0) =>
  Object.fromEntries(requests[index]?.query ?? []);

test('requests a list with project, order, size, page and time', async () => {
  const {client, requests} = createReplayingClient(emptyPage, emptyPage, emptyPage);
  await client.fetchRuns({projectId, size: 50}, never);
  assert.deepEqual(getQuery(requests), {
    project: 'p',
    sort_by: 'desc:created',
    size: '50',
    page: '1',
    hydrate: 'false',
  });
  await client.fetchSteps(
    runId,
    {
      projectId,
      size: 99_999,
      page: 2,
      order: 'least-recently-updated-first',
      filters: {name: 'map:load:0', status: {noneOf: ['retried']}, createdAt: {until: Date.UTC(2026, 10, 25)}},
      updatedSince: Date.UTC(2026, 10, 24, 6, 19, 5, 999),
    },
    never,
  );
  assert.equal(requests[1]?.path, 'runs/r/steps');
  assert.deepEqual(getQuery(requests, 1), {
    project: 'p',
    sort_by: 'asc:updated',
    size: '10000',
    page: '2',
    name: 'equals:map:load:0',
    status: 'notoneof:["retried"]',
    created: 'lte:2026-11-25 00:00:00',
    updated: 'gte:2026-11-24 06:19:05',
  });
  await client.fetchStepDetails({projectId, runId, size: 10}, never);
  assert.deepEqual(getQuery(requests, 2), {
    project: 'p',
    sort_by: 'asc:created',
    size: '10',
    page: '1',
    pipeline_run_id: 'r',
    hydrate: 'true',
  });
});

test.each(['0.80.2', '0.85.0', '0.93.3', '0.97.0'])(
  'repeats a request for a page that is too large for %s exactly once, without a size',
  async version => {
    const page = {...readRecording(version, 'runs')};
    const limitedPage = {...page, body: {...(page.body as object), max_size: 7}};
    const {client, requests} = createReplayingClient(
      readRecordingPart(version, 'checks', 'runs_size_10001'),
      limitedPage,
      emptyPage,
    );
    const response = await client.fetchRuns({projectId, size: 1000}, never);
    assert.ok(response.ok && response.value.items.length > 0);
    await client.fetchSteps(runId, {projectId, size: 200}, never);
    assert.deepEqual(
      requests.map(({query}) => query.find(([name]) => name === 'size')?.[1]),
      ['1000', undefined, '7'],
    );
  },
);

test('returns the newest questions of a run, the oldest of them first', async () => {
  const items = ['third', 'second'].map(id => ({id, name: id, body: {status: 'resolved'}, metadata: {}}));
  const {client, requests} = createReplayingClient({
    status: 200,
    body: {index: 1, max_size: 20, total_pages: 2, total: 3, items},
  });
  const response = await client.fetchQuestions(runId, projectId, never);
  assert.equal(getQuery(requests)['sort_by'], 'desc:created');
  assert.deepEqual(response.ok && response.value.map(({id}) => id), ['second', 'third']);
});

test('does not repeat a request whose filter was rejected', async () => {
  const {client, requests} = createReplayingClient(readRecordingPart('0.97.0', 'checks', 'runs_iso_datetime'));
  const response = await client.fetchRuns({projectId, size: 1000}, never);
  assert.equal(!response.ok && response.failure.kind, 'refused');
  assert.equal(requests.length, 1);
});

test.each(versions)('lists only runs in progress, even where %s ignores the filter', async version => {
  const {client} = createReplayingClient(readRecording(version, 'runs'));
  const response = await client.fetchRuns({projectId, size: 50, filters: {isInProgress: true}}, never);
  assert.ok(response.ok);
  // All have ended, but from 0.85 to 0.93.0 the failed one is reported as in progress forever.
  const isStuck = ['0.85.0', '0.90.0', '0.92.0'].includes(version);
  assert.deepEqual(
    response.value.items.map(({status}) => status),
    isStuck ? ['failed'] : [],
  );
});

test.each(versions)('%s returns its info, the user and the projects', async version => {
  const {client} = createReplayingClient(
    readRecording(version, 'info'),
    readRecording(version, 'current-user'),
    readRecording(version, 'projects'),
  );
  const info = await client.fetchServerInfo(never);
  assert.ok(info.ok);
  assert.equal(info.value.version, version);
  assert.equal(info.value.authScheme, 'NO_AUTH');
  assert.equal(info.value.deploymentType, 'local');
  assert.equal(info.value.dashboardUrl, undefined);
  const user = await client.fetchCurrentUser(never);
  assert.ok(user.ok);
  assert.equal(user.value.name, 'default');
  assert.equal(user.value.isServiceAccount, false);
  const projects = await client.fetchProjects(never);
  assert.ok(projects.ok);
  assert.ok(projects.value.some(({name}) => name === 'default'));
});

test('recognizes a service account', async () => {
  const user = await createReplayingClient(
    readRecording('0.98.0', 'current-user-service-account'),
  ).client.fetchCurrentUser(never);
  assert.equal(user.ok && user.value.isServiceAccount, true);
});

test('requests a project with any characters in its name', async () => {
  const {client, requests} = createReplayingClient(readRecording('0.98.0', 'project-default'));
  const response = await client.fetchProject('a/b ?', never);
  assert.equal(response.ok && response.value.name, 'default');
  assert.equal(requests[0]?.path, 'projects/a%2Fb%20%3F');
});

test('recognizes JSON that is not from a ZenML server', async () => {
  const response = await createReplayingClient({status: 200, body: {hello: 'world'}}).client.fetchServerInfo(never);
  assert.deepEqual(response, {ok: false, failure: {kind: 'not-zenml', contentType: 'application/json'}});
});

test('recognizes the dashboard at a wrong URL', async () => {
  const html = {status: 200, content_type: 'text/html', body: '<html>'};
  const failure: Failure = {kind: 'not-zenml', contentType: 'text/html'};
  assert.deepEqual(await createReplayingClient(html).client.fetchServerInfo(never), {ok: false, failure});
});

test('a response of the wrong shape is malformed, and the failure names the path', async () => {
  const failure: Failure = {kind: 'malformed', where: 'runs'};
  for (const body of [null, [], {}, {items: {}}, 'text']) {
    const response = await createReplayingClient({status: 200, body}).client.fetchRuns({projectId, size: 1}, never);
    assert.deepEqual(response, {ok: false, failure});
  }
});

test('a bad item does not invalidate the page, and a repeated one is listed once', async () => {
  const items = [
    {id: 'a', name: 'x', body: {status: 'wibble'}},
    {name: 'no id'},
    null,
    7,
    {id: 'a', name: 'again'},
    {id: 'b'},
  ];
  const {client} = createReplayingClient({status: 200, body: {items, index: 'one', total: -1}});
  const response = await client.fetchRuns({projectId, size: 10}, never);
  assert.ok(response.ok);
  assert.deepEqual(
    response.value.items.map(({id, name, status, statusWord}) => [id, name, status, statusWord]),
    [
      ['a', 'x', 'unknown', 'wibble'],
      ['b', 'b', 'unknown', 'unknown'],
    ],
  );
  assert.deepEqual([response.value.index, response.value.pageCount, response.value.total], [1, 1, 2]);
});

const rejections: readonly [string, FakeResponse][] = [
  ['0.98.0 expired', readRecording('0.98.0', 'error-401-expired-token')],
  ['0.98.0 after a restart', readRecording('0.98.0', 'error-401-garbage-jwt')],
  ['0.98.0 no token', readRecording('0.98.0', 'error-401-no-token')],
  ['0.80.2 bad token', readRecordingPart('0.80.2', 'checks', 'auth_bad_token')],
];

/** Credentials that use `tokens` one after another and remember the headers that were rejected. */
const createRotatingCredentials = (
  ...tokens: string[]
): {credentials: Credentials; rejectedHeaders: (string | undefined)[]} => {
  const rejectedHeaders: (string | undefined)[] = [];
  return {
    rejectedHeaders,
    credentials: {
      getAuthorization: async () => ({
        ok: true,
        value: `Bearer ${tokens[Math.min(rejectedHeaders.length, tokens.length - 1)]}`,
      }),
      renew: async header => {
        rejectedHeaders.push(header);
        return {ok: true, value: rejectedHeaders.length < tokens.length};
      },
    },
  };
};

test.each(rejections)('a refused token (%s) is renewed once, and the request is repeated', async (_, refusal) => {
  const {transport, requests} = createReplayingTransport(refusal, emptyPage);
  const {credentials, rejectedHeaders} = createRotatingCredentials('old', 'new', 'newest');
  const client = createClient({serverUrl: '', transport, credentials});
  assert.ok((await client.fetchRuns({projectId, size: 1}, never)).ok);
  assert.deepEqual(
    requests.map(({authorization}) => authorization),
    ['Bearer old', 'Bearer new'],
  );
  assert.deepEqual(rejectedHeaders, ['Bearer old']);
});

test('a token that is refused again is not renewed again', async () => {
  const refusal = readRecording('0.98.0', 'error-401-bad-token');
  const {transport, requests} = createReplayingTransport(refusal, refusal);
  const {credentials} = createRotatingCredentials('old', 'new', 'newest');
  const response = await createClient({serverUrl: '', transport, credentials}).fetchCurrentUser(never);
  assert.equal(!response.ok && response.failure.kind, 'not-signed-in');
  assert.equal(requests.length, 2);
});

test('reports the refusal if there is nothing to renew', async () => {
  const {transport, requests} = createReplayingTransport(readRecording('0.98.0', 'error-401-bad-token'));
  const {credentials} = createRotatingCredentials('only');
  const response = await createClient({serverUrl: '', transport, credentials}).fetchCurrentUser(never);
  assert.equal(!response.ok && response.failure.kind, 'not-signed-in');
  assert.equal(requests.length, 1);
});

test('does not sign in again if the account lacks a permission', async () => {
  const refusal = {status: 401, body: {detail: ['AuthorizationException', 'not allowed']}};
  const {transport, requests} = createReplayingTransport(refusal);
  const {credentials, rejectedHeaders} = createRotatingCredentials('old', 'new');
  const response = await createClient({serverUrl: '', transport, credentials}).fetchCurrentUser(never);
  assert.deepEqual(response, {ok: false, failure: {kind: 'not-signed-in', detail: 'not allowed'}});
  assert.deepEqual([requests.length, rejectedHeaders.length], [1, 0]);
});

test('returns the failure of the credentials', async () => {
  const failure: Failure = {kind: 'not-signed-in', detail: 'no key'};
  const credentials: Credentials = {
    getAuthorization: async () => ({ok: false, failure}),
    renew: async () => ({ok: true, value: false}),
  };
  const {transport, requests} = createReplayingTransport();
  const response = await createClient({serverUrl: '', transport, credentials}).fetchCurrentUser(never);
  assert.deepEqual(response, {ok: false, failure});
  assert.equal(requests.length, 0);
});
