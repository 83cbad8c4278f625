import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodeResourceRequest} from '../../src/api/decode/resource-request.js';
import {at} from '../support/builders.js';

test('reads the reason that a resource request gives, and when it was queued', () => {
  const whole = {
    id: 'r',
    body: {status: 'pending', status_reason: ' pool gpu is full ', queued_at: '2026-11-23T21:04:11'},
  };
  assert.deepEqual(decodeResourceRequest(whole), {id: 'r', reason: 'pool gpu is full', queuedAt: at(0)});
  assert.deepEqual(decodeResourceRequest({id: 'r', body: {status_reason: null}}), {
    id: 'r',
    reason: undefined,
    queuedAt: undefined,
  });
});
