import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createInterventions} from '../../src/api/interventions.js';
import type {Transport, TransportRequest} from '../../src/api/transport.js';
import {toRunId, toStepId} from '../../src/domain/ids.js';

const {signal} = new AbortController();
const runId = toRunId('2d3bfbe2-1c0e-4d7a-9f59-5a0c3e2b7a11');

/** Interventions over a transport that returns these statuses in turn, and the requests it received. */
const createInterventionsOver = (...statuses: readonly number[]) => {
  const requests: TransportRequest[] = [];
  const transport: Transport = async request => {
    const status = statuses[requests.length] ?? 200;
    requests.push(request);
    const body = status === 401 ? {detail: ['CredentialsNotValid', 'expired']} : null;
    return {
      ok: true,
      value: {
        status,
        headers: {'content-type': 'application/json'},
        body: JSON.stringify(body),
        timing: {requestedAt: 0, respondedAt: 0, serverDateAt: undefined},
      },
    };
  };
  let token = 'old';
  const credentials = {
    getAuthorization: async () => ({ok: true, value: `Bearer ${token}`}) as const,
    renew: async () => {
      token = 'new';
      return {ok: true, value: true} as const;
    },
  };
  return {requests, interventions: createInterventions({transport, credentials: credentials as never})};
};

test('after a 401, signs in again and repeats the request once, with the same idempotency key', async () => {
  const {requests, interventions} = createInterventionsOver(401, 200);
  const response = await interventions.stopRun(runId, false, 'key', signal);
  assert.equal(response.ok, true);
  assert.deepEqual(
    requests.map(({authorization, idempotencyKey}) => [authorization, idempotencyKey]),
    [
      ['Bearer old', 'key'],
      ['Bearer new', 'key'],
    ],
  );
});

test('a second 401 means that nothing was carried out', async () => {
  const {requests, interventions} = createInterventionsOver(401, 401);
  const response = await interventions.refreshRun(runId, 'key', signal);
  assert.ok(!response.ok && response.failure.kind === 'not-signed-in');
  assert.equal(requests.length, 2);
});

test.each([500, 502, 503, 403])('no request is repeated after a %i', async status => {
  const {requests, interventions} = createInterventionsOver(status);
  assert.equal((await interventions.stopRun(runId, true, 'key', signal)).ok, false);
  assert.equal(requests.length, 1);
});

test('each intervention sends the request that ZenML documents', async () => {
  const {requests, interventions} = createInterventionsOver();
  await interventions.stopRun(runId, false, 'key', signal);
  await interventions.stopRun(runId, true, 'key', signal);
  await interventions.refreshRun(runId, 'key', signal);
  await interventions.answerQuestion('q', true, signal);
  await interventions.answerQuestion('q', undefined, signal);
  await interventions.abortQuestion('q', signal);
  await interventions.tagRun(runId, {add: ['a'], remove: []}, signal);
  await interventions.tagRun(runId, {add: [], remove: ['b']}, signal);
  await interventions.expireCache(toStepId('step'), Date.UTC(2026, 10, 23, 21, 4), signal);
  assert.deepEqual(
    requests.map(({method, path, query, json}) => [method, path, ...query.map(pair => pair.join('=')), json]),
    [
      ['POST', `runs/${runId}/stop`, 'graceful=true', undefined],
      ['POST', `runs/${runId}/stop`, 'graceful=false', undefined],
      ['POST', `runs/${runId}/refresh`, 'include_steps=true', undefined],
      ['PUT', 'run_wait_conditions/q/resolve', {resolution: 'continue', result: true}],
      ['PUT', 'run_wait_conditions/q/resolve', {resolution: 'continue'}],
      ['PUT', 'run_wait_conditions/q/resolve', {resolution: 'abort'}],
      ['PUT', `runs/${runId}`, {add_tags: ['a']}],
      ['PUT', `runs/${runId}`, {remove_tags: ['b']}],
      ['PUT', 'steps/step', {cache_expires_at: '2026-11-23T21:04:00.000Z'}],
    ],
  );
});
