import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {type HeldDemo, startHeldDemo, zeroAt} from './demo-client.js';
import {recorded, shapeOf, surplusOf} from './shape.js';

let demo: HeldDemo;

afterEach(() => demo.server.close());

test('an answer carries the date of the clock, its length, and forbids caching', async () => {
  demo = await startHeldDemo('training');
  demo.goTo(61.5);
  const {headers} = await demo.ask('/info');
  assert.equal(headers.get('date'), 'Tue, 24 Nov 2026 09:01:01 GMT');
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('keep-alive'), 'timeout=5');
  assert.ok(Number(headers.get('content-length')) > 100);
});

test('health and readiness are plain text', async () => {
  demo = await startHeldDemo('training');
  for (const path of ['//health', '//ready']) {
    const {body, headers} = await demo.ask(path);
    assert.equal(body, 'ok');
    assert.match(headers.get('content-type') ?? '', /^text\/plain/);
  }
});

test('requests are remembered with time, path, status and size', async () => {
  demo = await startHeldDemo('training');
  demo.goTo(3);
  await demo.ask('/version?x=1');
  await demo.ask('/nosuch');
  assert.deepEqual(demo.server.requests, [
    {at: zeroAt + 3000, method: 'GET', path: '/api/v1/version?x=1', status: 200, bytes: 8},
    {at: zeroAt + 3000, method: 'GET', path: '/api/v1/nosuch', status: 404, bytes: 22},
  ]);
});

test('the same scenario has the same ids at every start, and others with another seed', async () => {
  const ids: string[] = [];
  for (const seed of ['a', 'a', 'b']) {
    demo = await startHeldDemo('training', {seed});
    ids.push(demo.server.runId);
    await demo.server.close();
  }
  assert.equal(ids[0], ids[1]);
  assert.notEqual(ids[1], ids[2]);
});

test('twice as fast, everything happens in half the time', async () => {
  demo = await startHeldDemo('training', {speed: 2});
  demo.goTo(60);
  assert.equal((await demo.get(`/runs/${demo.server.runId}`)).body.status, 'completed');
});

test('a test can put another answer, a broken connection or silence in the place of the real one', async () => {
  demo = await startHeldDemo('training');
  demo.server.interfere(({path}) =>
    path.endsWith('/version')
      ? {kind: 'answer', status: 503, body: {detail: 'busy'}, headers: {'retry-after': '5'}}
      : {kind: 'drop'},
  );
  const busy = await demo.ask('/version');
  assert.deepEqual([busy.status, busy.body, busy.headers.get('retry-after')], [503, {detail: 'busy'}, '5']);
  await assert.rejects(demo.ask('/info'));
  demo.server.interfere(() => ({kind: 'hold'}));
  await assert.rejects(demo.ask('/info', {signal: AbortSignal.timeout(50)}), /timeout/i);
  demo.server.interfere(undefined);
  assert.equal((await demo.ask('/version')).body, '0.98.0');
});

const auth = {username: 'default', password: 'secret', apiKey: 'ZENKEY_abc', tokenLifetimeMs: 60_000};

const login = (form: Record<string, string>) => demo.ask('/login', {method: 'POST', body: new URLSearchParams(form)});

const bearer = (token: string): RequestInit => ({headers: {authorization: `Bearer ${token}`}});

test('with authentication nothing but the open endpoints is answered without a token', async () => {
  demo = await startHeldDemo('training', {auth});
  assert.equal((await demo.get('/info')).auth_scheme, 'OAUTH2_PASSWORD_BEARER');
  const refused = await demo.ask('/runs');
  const {status, body} = recorded('error-401-no-token');
  assert.deepEqual([refused.status, refused.body, refused.headers.get('www-authenticate')], [status, body, 'Bearer']);
});

test('a password gives a token that expires with the clock', async () => {
  demo = await startHeldDemo('training', {auth});
  const {body} = await login({username: 'default', password: 'secret'});
  const real = shapeOf([recorded('login-password').body]);
  const ours = shapeOf([body]);
  assert.deepEqual([surplusOf(ours, real, []), surplusOf(real, ours, [])], [[], []]);
  const {access_token, expires_in} = body as {access_token: string; expires_in: number};
  assert.equal(expires_in, 60);
  assert.equal((await demo.ask('/current-user', bearer(access_token))).status, 200);
  demo.goTo(61);
  const expired = await demo.ask('/current-user', bearer(access_token));
  const {status, body: expected} = recorded('error-401-expired-token');
  assert.deepEqual([expired.status, expired.body], [status, expected]);
});

test('an API key gives a token, and works as one itself', async () => {
  demo = await startHeldDemo('training', {auth});
  const {body} = await login({grant_type: 'zenml-api-key', password: 'ZENKEY_abc'});
  for (const token of [(body as {access_token: string}).access_token, 'ZENKEY_abc']) {
    const {body: user} = await demo.ask('/current-user', bearer(token));
    assert.equal((user as {body: {is_service_account: boolean}}).body.is_service_account, true);
  }
});

test.each([
  ['error-login-bad-password', {username: 'default', password: 'wrong'}],
  ['error-login-bad-apikey', {grant_type: 'zenml-api-key', password: 'wrong'}],
  ['error-login-bad-grant', {grant_type: 'foo'}],
  ['error-login-empty', {}],
] as const)('%s is answered word for word', async (name, form) => {
  demo = await startHeldDemo('training', {auth});
  const answer = await login(form);
  const {status, body} = recorded(name);
  assert.deepEqual([answer.status, answer.body], [status, body]);
});

test.each([
  ['error-401-bad-token', 'garbage'],
  ['error-401-garbage-jwt', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'],
] as const)('%s is answered word for word', async (name, token) => {
  demo = await startHeldDemo('training', {auth});
  const answer = await demo.ask('/runs', bearer(token));
  const {status, body} = recorded(name);
  assert.deepEqual([answer.status, answer.body], [status, body]);
});

test('without authentication any header is ignored', async () => {
  demo = await startHeldDemo('training');
  assert.equal((await demo.ask('/current-user', bearer('garbage'))).status, 200);
});
