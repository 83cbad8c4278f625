import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {type ManualClockDemo, startManualClockDemo, zeroAt} from './demo-client.js';
import {findSurplus, getShape, readRecorded} from './shape.js';

let demo: ManualClockDemo;

afterEach(() => demo.server.close());

test('a response has a length and the date of the clock, and forbids caching', async () => {
  demo = await startManualClockDemo('training');
  demo.goTo(61.5);
  const {headers} = await demo.request('/info');
  assert.equal(headers.get('date'), 'Tue, 24 Nov 2026 09:01:01 GMT');
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('keep-alive'), 'timeout=5');
  assert.ok(Number(headers.get('content-length')) > 100);
});

test('requests are recorded with time, path, status and size', async () => {
  demo = await startManualClockDemo('training');
  demo.goTo(3);
  await demo.request('/info?x=1');
  await demo.request('/nosuch');
  const [info, missing] = demo.server.requests;
  assert.deepEqual(
    {...info, bytes: (info?.bytes ?? 0) > 100},
    {at: zeroAt + 3000, method: 'GET', path: '/api/v1/info?x=1', status: 200, bytes: true},
  );
  assert.deepEqual(missing, {at: zeroAt + 3000, method: 'GET', path: '/api/v1/nosuch', status: 404, bytes: 22});
});

test('a scenario has the same IDs at every start', async () => {
  const ids: (string | null)[][] = [];
  for (let start = 0; start < 2; start++) {
    demo = await startManualClockDemo('training');
    demo.goTo(60);
    const {nodes} = await demo.get(`/runs/${demo.server.runId}/dag`);
    ids.push([demo.server.runId, demo.server.projectId, ...nodes.map(({id}: {id: string | null}) => id)]);
    await demo.server.close();
  }

  assert.deepEqual(ids[0], ids[1]);
});

test('everything happens in half the time at speed 2', async () => {
  demo = await startManualClockDemo('training', {speed: 2});
  demo.goTo(60);
  assert.equal((await demo.get(`/runs/${demo.server.runId}`)).body.status, 'completed');
});

test('a test can replace responses, break connections or leave requests without a response', async () => {
  demo = await startManualClockDemo('training');
  demo.server.interfere(({path}) =>
    path.endsWith('/projects')
      ? {kind: 'response', status: 503, body: {detail: 'busy'}, headers: {'retry-after': '5'}}
      : {kind: 'drop'},
  );
  const busy = await demo.request('/projects');
  assert.deepEqual([busy.status, busy.body, busy.headers.get('retry-after')], [503, {detail: 'busy'}, '5']);
  await assert.rejects(demo.request('/info'));
  demo.server.interfere(() => ({kind: 'hold'}));
  await assert.rejects(demo.request('/info', {signal: AbortSignal.timeout(50)}), /timeout/i);
  demo.server.interfere(undefined);
  assert.equal((await demo.request('/projects')).status, 200);
});

const auth = {username: 'default', password: 'secret', apiKey: 'ZENKEY_abc', tokenLifetimeMs: 60_000};

const logIn = (form: Record<string, string>) =>
  demo.request('/login', {method: 'POST', body: new URLSearchParams(form)});

const createBearerInit = (token: string): RequestInit => ({headers: {authorization: `Bearer ${token}`}});

test('only open endpoints respond without a token if the server has authentication', async () => {
  demo = await startManualClockDemo('training', {auth});
  assert.equal((await demo.get('/info')).auth_scheme, 'OAUTH2_PASSWORD_BEARER');
  const response = await demo.request('/runs');
  const {status, body} = readRecorded('error-401-no-token');
  assert.deepEqual(
    [response.status, response.body, response.headers.get('www-authenticate')],
    [status, body, 'Bearer'],
  );
});

test('signing in with a password returns a token that expires by the clock', async () => {
  demo = await startManualClockDemo('training', {auth});
  const {body} = await logIn({username: 'default', password: 'secret'});
  const realShape = getShape([readRecorded('login-password').body]);
  const demoShape = getShape([body]);
  assert.deepEqual([findSurplus(demoShape, realShape, []), findSurplus(realShape, demoShape, [])], [[], []]);
  const {access_token, expires_in} = body as {access_token: string; expires_in: number};
  assert.equal(expires_in, 60);
  assert.equal((await demo.request('/current-user', createBearerInit(access_token))).status, 200);
  demo.goTo(61);
  const response = await demo.request('/current-user', createBearerInit(access_token));
  const {status, body: expected} = readRecorded('error-401-expired-token');
  assert.deepEqual([response.status, response.body], [status, expected]);
});

test('an API key can be exchanged for a token or used as one', async () => {
  demo = await startManualClockDemo('training', {auth});
  const {body} = await logIn({grant_type: 'zenml-api-key', password: 'ZENKEY_abc'});
  for (const token of [(body as {access_token: string}).access_token, 'ZENKEY_abc']) {
    const {body: user} = await demo.request('/current-user', createBearerInit(token));
    assert.equal((user as {body: {is_service_account: boolean}}).body.is_service_account, true);
  }
});

test.each([
  ['error-login-bad-password', {username: 'default', password: 'wrong'}],
  ['error-login-bad-apikey', {grant_type: 'zenml-api-key', password: 'wrong'}],
  ['error-login-bad-grant', {grant_type: 'foo'}],
  ['error-login-empty', {}],
] as const)('%s has the status and body of a real server', async (name, form) => {
  demo = await startManualClockDemo('training', {auth});
  const response = await logIn(form);
  const {status, body} = readRecorded(name);
  assert.deepEqual([response.status, response.body], [status, body]);
});

test.each([
  ['error-401-bad-token', 'garbage'],
  ['error-401-garbage-jwt', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'],
] as const)('%s has the status and body of a real server', async (name, token) => {
  demo = await startManualClockDemo('training', {auth});
  const response = await demo.request('/runs', createBearerInit(token));
  const {status, body} = readRecorded(name);
  assert.deepEqual([response.status, response.body], [status, body]);
});

test('a server without authentication ignores the Authorization header', async () => {
  demo = await startManualClockDemo('training');
  assert.equal((await demo.request('/current-user', createBearerInit('garbage'))).status, 200);
});
