import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {type Failure, getRetryAfterMs, isOutage, isTransient} from '../../src/domain/failure.js';
import {hasNotOneOfFilter} from '../../src/domain/server.js';
import {aRefusal, aServerInfo} from '../support/builders.js';

describe('a failure', () => {
  test.each<[boolean, string, Failure]>([
    [true, 'unreachable', {kind: 'unreachable', host: 'zenml', reason: 'refused'}],
    [true, 'silent', {kind: 'timed-out', afterMs: 1000}],
    [true, 'rejecting the sign-in', {kind: 'not-signed-in', detail: ''}],
    [true, 'behind a login page', {kind: 'not-zenml', contentType: 'text/html'}],
    [true, 'overloaded', aRefusal(429)],
    [true, 'behind a proxy that does not reach it', aRefusal(502)],
    [false, 'failing on one request', aRefusal(500)],
    [false, 'denying access to one resource', {kind: 'forbidden', detail: ''}],
    [false, 'missing one resource', {kind: 'not-found', detail: ''}],
    [false, 'too old for one endpoint', {kind: 'no-route', path: '/dag'}],
    [false, 'sending too large a response', {kind: 'too-large', limitBytes: 1}],
  ])('is an outage (%s) if the server is %s', (isExpected, _, failure) => {
    assert.equal(isOutage(failure), isExpected);
  });

  test('may contain the Retry-After of the server', () => {
    assert.equal(getRetryAfterMs(aRefusal(429, {retryAfterMs: 7000})), 7000);
    assert.equal(getRetryAfterMs({kind: 'timed-out', afterMs: 1000}), undefined);
  });

  test('may be a known temporary error', () => {
    assert.equal(isTransient(aRefusal(400, {isTransient: true})), true);
    assert.equal(isTransient(aRefusal(400)), false);
  });
});

test.each([
  ['0.80.2', false],
  ['0.92.0', false],
  ['0.95.1', false],
  ['0.96.4', true],
  ['0.98.0', true],
  ['0.98.0.dev1', true],
  ['1.0.0', true],
  ['nightly', false],
])('a server of version %s supports `notoneof`: %s', (version, isExpected) => {
  assert.equal(hasNotOneOfFilter(aServerInfo({version})), isExpected);
});
