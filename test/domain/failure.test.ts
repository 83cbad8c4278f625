import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {type Failure, getRetryAfterMs, isOutage, isTransient} from '../../src/domain/failure.js';
import {aRefusal} from '../support/builders.js';

describe('a failure', () => {
  test.each<[string, boolean, Failure]>([
    ['cannot be reached', true, {kind: 'unreachable', host: 'zenml', reason: 'refused'}],
    ['is silent', true, {kind: 'timed-out', afterMs: 1000}],
    ['rejects the sign-in', true, {kind: 'not-signed-in', detail: ''}],
    ['is behind a login page', true, {kind: 'not-zenml', contentType: 'text/html'}],
    ['is overloaded', true, aRefusal(429)],
    ['is behind a proxy that does not reach it', true, aRefusal(502)],
    ['fails on one request', false, aRefusal(500)],
    ['denies access to one resource', false, {kind: 'forbidden', detail: ''}],
    ['does not have one resource', false, {kind: 'not-found', detail: ''}],
    ['is too old for one endpoint', false, {kind: 'no-route', path: '/dag'}],
    ['sends too large a response', false, {kind: 'too-large', limitBytes: 1}],
  ])('of a server that %s is an outage: %s', (_, isExpected, failure) => {
    assert.equal(isOutage(failure), isExpected);
  });

  test('may contain the Retry-After of the server', () => {
    assert.equal(getRetryAfterMs(aRefusal(429, {retryAfterMs: 7000})), 7000);
    assert.equal(getRetryAfterMs({kind: 'timed-out', afterMs: 1000}), undefined);
  });

  test('may be a known transient error', () => {
    assert.equal(isTransient(aRefusal(400, {isTransient: true})), true);
    assert.equal(isTransient(aRefusal(400)), false);
  });
});
