import assert from 'node:assert/strict';
import {test} from 'vitest';
import {signIn} from '../../src/api/sign-in.js';
import {createReplayingTransport, never, readRecording, readRecordingPart, timing} from './recorded.js';

test('exchanges a password for a token with an expiry', async () => {
  const recording = readRecording('0.98.0', 'login-password');
  const {transport, requests} = createReplayingTransport(recording);
  const grant = {kind: 'password', username: 'default', password: ''} as const;
  const wire = recording.body as {access_token: string; expires_in: number};
  assert.deepEqual(await signIn(transport, grant, never), {
    ok: true,
    value: {token: wire.access_token, expiresAt: timing.respondedAt + wire.expires_in * 1000},
  });
  assert.deepEqual(requests, [
    {
      method: 'POST',
      path: 'login',
      query: [],
      form: {grant_type: 'password', username: 'default', password: ''},
      authorization: undefined,
    },
  ]);
});

test('sends an API key in place of a password', async () => {
  const {transport, requests} = createReplayingTransport(readRecording('0.98.0', 'login-apikey'));
  assert.ok((await signIn(transport, {kind: 'api-key', key: 'ZENKEY_x'}, never)).ok);
  assert.deepEqual(requests[0]?.form, {grant_type: 'zenml-api-key', password: 'ZENKEY_x'});
});

test.each(['0.80.2', '0.85.0', '0.93.3', '0.97.0'])('ZenML %s issues tokens in the same format', async version => {
  const {transport} = createReplayingTransport(readRecordingPart(version, 'checks', 'auth_login'));
  const result = await signIn(transport, {kind: 'password', username: 'default', password: ''}, never);
  assert.deepEqual(result, {ok: true, value: {token: '<jwt>', expiresAt: undefined}});
});

test('a token for which the server gives no expiry has none', async () => {
  const {transport} = createReplayingTransport({status: 200, body: {access_token: 't', expires_in: null}});
  const result = await signIn(transport, {kind: 'api-key', key: 'k'}, never);
  assert.deepEqual(result, {ok: true, value: {token: 't', expiresAt: undefined}});
});

test("reports a wrong password or key in the server's own words", async () => {
  for (const name of ['error-login-bad-password', 'error-login-bad-apikey']) {
    const {transport} = createReplayingTransport(readRecording('0.98.0', name));
    const result = await signIn(transport, {kind: 'api-key', key: 'k'}, never);
    assert.ok(!result.ok && result.failure.kind === 'not-signed-in');
    assert.match(result.failure.detail, /^Authentication error: /);
  }
});

test('a response without a token is malformed', async () => {
  const {transport} = createReplayingTransport({status: 200, body: {access_token: ''}});
  assert.deepEqual(await signIn(transport, {kind: 'api-key', key: 'k'}, never), {
    ok: false,
    failure: {kind: 'malformed', where: 'login'},
  });
});
