import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Failure} from '../../../src/domain/failure.js';
import {toRunId} from '../../../src/domain/ids.js';
import {isOutcomeUnknown} from '../../../src/domain/intervention/intervention.js';
import {explainInterventionFailure} from '../../../src/format/intervention-words.js';
import {aRefusal} from '../../support/builders.js';

test.each<[Failure, boolean]>([
  [{kind: 'unreachable', host: 'zenml', reason: 'connection reset'}, true],
  [{kind: 'timed-out', afterMs: 1000}, true],
  [{kind: 'not-zenml', contentType: 'text/html'}, true],
  [{kind: 'malformed', where: 'body'}, true],
  [{kind: 'too-large', limitBytes: 1}, true],
  [{kind: 'proxy-refused', proxy: 'proxy:3128', status: 407, isLoginSent: false}, false],
  [{kind: 'untrusted', host: 'zenml', reason: 'expired'}, false],
  [{kind: 'not-signed-in', detail: ''}, false],
  [{kind: 'forbidden', detail: ''}, false],
  [{kind: 'not-found', detail: ''}, false],
  [{kind: 'no-route', path: '/runs'}, false],
])('after the failure %j it is not known whether a request was carried out: %s', (failure, isExpected) => {
  assert.equal(isOutcomeUnknown(failure), isExpected);
  const {text} = explainInterventionFailure({kind: 'refresh', runId: toRunId('run')}, failure, undefined);
  assert.equal(/not known/.test(text), isExpected, text);
});

test.each([
  [400, false],
  [429, false],
  [502, true],
])('after status %s it is not known whether a request was carried out: %s', (status, isExpected) => {
  assert.equal(isOutcomeUnknown(aRefusal(status)), isExpected);
});
