import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {ApiGrant, AccessToken as ApiToken} from '../../src/api/sign-in.js';
import {createCredentials} from '../../src/connection/create-credentials.js';
import type {Grant, Identity} from '../../src/connection/identity.js';
import {Secret} from '../../src/connection/secret.js';
import {fail, type Result, succeed} from '../../src/domain/result.js';
import {aRefusal} from '../support/builders.js';
import {never} from './support/server.js';

const startAt = Date.UTC(2026, 10, 24);
const key: Grant = {kind: 'api-key', key: new Secret('ZENKEY_1')};
const password: Grant = {kind: 'password', username: 'ada', password: new Secret('pässwort')};
const unreachable = {kind: 'unreachable', host: 'h', reason: 'connection refused'} as const;
const wrongKey = {kind: 'not-signed-in', detail: 'error decoding API key'} as const;

const anIdentity = (token: string | undefined, grant?: Grant, usableUntil?: number): Identity => ({
  token: token === undefined ? undefined : {origin: 'file', value: {secret: new Secret(token), usableUntil}},
  grant: grant && {origin: 'file', value: grant},
  isPro: false,
});

type FakeParts = {
  readonly identity: Identity;
  readonly scheme?: Result<string | undefined>;
  readonly responses?: readonly Result<ApiToken>[];
};

/** Credentials with a fake clock, disk and server. The server issues `jwt-1`, `jwt-2`, … by default. */
const createFake = ({identity, scheme = succeed('OAUTH2_PASSWORD_BEARER'), responses = []}: FakeParts) => {
  const grants: ApiGrant[] = [];
  const signals: AbortSignal[] = [];
  const clock = {now: startAt};
  /** The new content that the next `reload` finds in the files of `zenml login`; later ones find no change. */
  const disk: {changed: Identity | undefined} = {changed: undefined};
  const gate: {open: Promise<void>} = {open: Promise.resolve()};
  const credentials = createCredentials({
    identity,
    now: () => clock.now,
    fetchAuthScheme: async () => scheme,
    signIn: async (grant, signal) => {
      grants.push(grant);
      signals.push(signal);
      await gate.open;
      return responses[grants.length - 1] ?? succeed({token: `jwt-${grants.length}`, expiresAt: undefined});
    },
    signInToControlPlane: async () => assert.fail('no control plane'),
    reload: async () => {
      const {changed} = disk;
      disk.changed = undefined;
      return changed;
    },
  });
  const fetchHeader = async () => {
    const result = await credentials.getAuthorization(never);
    return result.ok ? result.value : result.failure;
  };
  const renew = async (rejected: string | undefined) => {
    const result = await credentials.renew(rejected, never);
    return result.ok ? result.value : result.failure;
  };
  return {credentials, grants, signals, clock, disk, gate, fetchHeader, renew};
};

test('sends and renews nothing without credentials', async () => {
  const {fetchHeader, renew, grants} = createFake({identity: anIdentity(undefined)});
  assert.equal(await fetchHeader(), undefined);
  assert.equal(await renew(undefined), false);
  assert.equal(grants.length, 0);
});

test('sends a stored token as it is, without signing in', async () => {
  const {fetchHeader, grants} = createFake({identity: anIdentity('stored', key)});
  assert.equal(await fetchHeader(), 'Bearer stored');
  assert.equal(grants.length, 0);
});

test('exchanges an API key for a token once, and never sends the key itself', async () => {
  const {fetchHeader, grants} = createFake({identity: anIdentity(undefined, key)});
  assert.deepEqual([await fetchHeader(), await fetchHeader()], ['Bearer jwt-1', 'Bearer jwt-1']);
  assert.deepEqual(grants, [{kind: 'api-key', key: 'ZENKEY_1'}]);
});

test('exchanges user name and password for a token', async () => {
  const {fetchHeader, grants} = createFake({identity: anIdentity(undefined, password)});
  assert.equal(await fetchHeader(), 'Bearer jwt-1');
  assert.deepEqual(grants, [{kind: 'password', username: 'ada', password: 'pässwort'}]);
});

test('shares one sign-in between concurrent requests', async () => {
  const {fetchHeader, grants} = createFake({identity: anIdentity(undefined, key)});
  const headers = await Promise.all([fetchHeader(), fetchHeader(), fetchHeader()]);
  assert.deepEqual(headers, ['Bearer jwt-1', 'Bearer jwt-1', 'Bearer jwt-1']);
  assert.equal(grants.length, 1);
});

test('shares one renewal between concurrent rejections, and a late one uses its result', async () => {
  const {fetchHeader, renew, grants, clock} = createFake({identity: anIdentity('stored', key)});
  clock.now += 60_000;
  assert.deepEqual(await Promise.all([renew('Bearer stored'), renew('Bearer stored')]), [true, true]);
  assert.equal(await renew('Bearer stored'), true);
  assert.equal(grants.length, 1);
  assert.equal(await fetchHeader(), 'Bearer jwt-1');
});

test('does not send an expired token: uses the key, or else fails', async () => {
  const withKey = createFake({identity: anIdentity('stored', key, startAt + 1000)});
  assert.equal(await withKey.fetchHeader(), 'Bearer stored');
  withKey.clock.now += 1000;
  assert.equal(await withKey.fetchHeader(), 'Bearer jwt-1');
  const withoutKey = createFake({identity: anIdentity('stored', undefined, startAt)});
  assert.deepEqual(await withoutKey.fetchHeader(), {
    kind: 'not-signed-in',
    cause: 'expired',
    detail: 'the stored token has expired',
  });
});

test('stops using a fetched token 30 s before its expiry, earlier if it is valid for an hour, later if only for seconds', async () => {
  for (const [lifetimeMs, usableMs] of [
    [600_000, 570_000],
    [3_600_000, 3_420_000],
    [2000, 1000],
  ] as const) {
    const responses = [succeed({token: 'short', expiresAt: startAt + lifetimeMs})];
    const {fetchHeader, clock, grants} = createFake({identity: anIdentity(undefined, key), responses});
    await fetchHeader();
    clock.now = startAt + usableMs - 1;
    assert.equal(await fetchHeader(), 'Bearer short');
    clock.now = startAt + usableMs;
    assert.equal(await fetchHeader(), 'Bearer jwt-2');
    assert.equal(grants.length, 2);
  }
});

test('picks up a token from disk before signing in', async () => {
  const {fetchHeader, renew, grants, disk} = createFake({identity: anIdentity('stored', key)});
  disk.changed = anIdentity('newer', key);
  assert.equal(await renew('Bearer stored'), true);
  assert.equal(await fetchHeader(), 'Bearer newer');
  assert.equal(grants.length, 0);
});

test('revives a session without a key with a token from disk', async () => {
  const {fetchHeader, disk} = createFake({identity: anIdentity('stored', undefined, startAt)});
  await fetchHeader();
  disk.changed = anIdentity('newer');
  assert.equal(await fetchHeader(), 'Bearer newer');
});

for (const [name, changed] of [
  ['the rejected token', anIdentity('stored', key)],
  ['an expired token', anIdentity('older', key, startAt - 1)],
] as const) {
  test(`uses the key if the changed file contains ${name}`, async () => {
    const {fetchHeader, renew, grants, disk} = createFake({identity: anIdentity('stored', key)});
    disk.changed = changed;
    assert.equal(await renew('Bearer stored'), true);
    assert.equal(await fetchHeader(), 'Bearer jwt-1');
    assert.equal(grants.length, 1);
  });
}

const minute = 60_000;

/** A failure without the time of the next attempt. */
const withoutTime = (failure: unknown): unknown => {
  const {nextSignInAt: _, ...untimedFailure} = failure as {readonly nextSignInAt?: number};
  return untimedFailure;
};

test('retries a rejected key after five minutes, then less and less often, down to once an hour', async () => {
  const responses = Array.from({length: 100}, () => fail(wrongKey));
  const {fetchHeader, grants, clock} = createFake({identity: anIdentity(undefined, key), responses});
  const attemptMinutes: number[] = [];
  for (let minutes = 0; minutes < 300; minutes += 1) {
    const before = grants.length;
    assert.deepEqual(withoutTime(await fetchHeader()), wrongKey);
    if (grants.length > before) {
      attemptMinutes.push(minutes);
    }
    clock.now += minute;
  }
  assert.deepEqual(attemptMinutes, [0, 5, 15, 35, 75, 135, 195, 255]);
});

test('does not retry a rejected key at once, but tries a newly stored one', async () => {
  const {fetchHeader, grants, disk} = createFake({identity: anIdentity(undefined, key), responses: [fail(wrongKey)]});
  assert.deepEqual([withoutTime(await fetchHeader()), withoutTime(await fetchHeader())], [wrongKey, wrongKey]);
  assert.equal(grants.length, 1);
  disk.changed = anIdentity(undefined, {kind: 'api-key', key: new Secret('ZENKEY_2')});
  assert.equal(await fetchHeader(), 'Bearer jwt-2');
});

test('retries a sign-in that did not reach the server', async () => {
  const {fetchHeader, grants} = createFake({identity: anIdentity(undefined, key), responses: [fail(unreachable)]});
  assert.deepEqual(await fetchHeader(), unreachable);
  assert.equal(await fetchHeader(), 'Bearer jwt-2');
  assert.equal(grants.length, 2);
});

test('does not keep replacing a token that is rejected right after it was issued', async () => {
  const {fetchHeader, renew, grants, clock} = createFake({identity: anIdentity(undefined, key)});
  await fetchHeader();
  clock.now += 4999;
  assert.equal(await renew('Bearer jwt-1'), false);
  clock.now += 1;
  assert.equal(await renew('Bearer jwt-1'), true);
  assert.equal(grants.length, 2);
});

test('signs in less and less often while every token is rejected, down to twice a minute', async () => {
  const {fetchHeader, renew, grants, clock} = createFake({identity: anIdentity('stored', key)});
  const attemptSeconds: number[] = [];
  for (let seconds = 0; seconds < 120; seconds += 1) {
    const before = grants.length;
    const header = await fetchHeader();
    await renew(typeof header === 'string' ? header : undefined);
    if (grants.length > before) {
      attemptSeconds.push(seconds);
    }
    clock.now += 1000;
  }
  assert.deepEqual(attemptSeconds, [0, 5, 15, 35, 65, 95]);
});

test('does not repeat a sign-in for every request while the server is too busy', async () => {
  const busy = aRefusal(429);
  const {fetchHeader, grants, clock} = createFake({
    identity: anIdentity(undefined, key),
    responses: [fail(busy), fail(busy)],
  });
  assert.deepEqual([await fetchHeader(), await fetchHeader()], [busy, busy]);
  assert.equal(grants.length, 1);
  clock.now += 5000;
  assert.deepEqual([await fetchHeader(), await fetchHeader()], [busy, busy]);
  assert.equal(grants.length, 2);
  clock.now += 10_000;
  assert.equal(await fetchHeader(), 'Bearer jwt-3');
});

test('does not sign in to a server without authentication', async () => {
  const {fetchHeader, grants} = createFake({identity: anIdentity(undefined, key), scheme: succeed('NO_AUTH')});
  assert.deepEqual([await fetchHeader(), await fetchHeader()], [undefined, undefined]);
  assert.equal(grants.length, 0);
});

test('sends user name and password with each request to an HTTP_BASIC server', async () => {
  const {fetchHeader, renew, grants} = createFake({
    identity: anIdentity(undefined, password),
    scheme: succeed('HTTP_BASIC'),
  });
  const basic = `Basic ${Buffer.from('ada:pässwort').toString('base64')}`;
  assert.equal(await fetchHeader(), basic);
  assert.equal(await renew(basic), false);
  assert.equal(grants.length, 0);
});

test('does not send a key to a server whose auth scheme is unknown', async () => {
  const {fetchHeader, grants} = createFake({identity: anIdentity(undefined, key), scheme: fail(unreachable)});
  assert.deepEqual(await fetchHeader(), unreachable);
  assert.equal(grants.length, 0);
});

test('aborts a shared sign-in only once every caller has aborted', async () => {
  const {credentials, signals, gate} = createFake({identity: anIdentity(undefined, key)});
  let letThrough = () => {};
  gate.open = new Promise(resolve => {
    letThrough = resolve;
  });
  const [one, other] = [new AbortController(), new AbortController()];
  const both = [credentials.getAuthorization(one.signal), credentials.getAuthorization(other.signal)];
  await new Promise(resolve => setImmediate(resolve));
  one.abort();
  assert.equal(signals[0]?.aborted, false);
  other.abort();
  assert.equal(signals[0]?.aborted, true);
  letThrough();
  await Promise.all(both);
});

describe('after a wrong password', () => {
  const rejection = fail({kind: 'not-signed-in', detail: 'wrong password'} as const);

  test('the failure says when the next attempt is allowed, and nothing is sent until then', async () => {
    const {fetchHeader, grants, clock} = createFake({
      identity: anIdentity(undefined, password),
      responses: [rejection],
    });
    const nextSignInAt = startAt + 5 * 60_000;
    assert.deepEqual(await fetchHeader(), {kind: 'not-signed-in', detail: 'wrong password', nextSignInAt});
    clock.now += 60_000;
    assert.deepEqual(await fetchHeader(), {kind: 'not-signed-in', detail: 'wrong password', nextSignInAt});
    assert.equal(grants.length, 1);
    clock.now = nextSignInAt;
    assert.equal(await fetchHeader(), 'Bearer jwt-2');
  });

  test('the user can make the next attempt at once', async () => {
    const {credentials, fetchHeader, grants} = createFake({
      identity: anIdentity(undefined, password),
      responses: [rejection],
    });
    await fetchHeader();
    credentials.retrySignIn();
    assert.equal(await fetchHeader(), 'Bearer jwt-2');
    assert.equal(grants.length, 2);
  });
});
