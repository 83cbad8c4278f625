import assert from 'node:assert/strict';
import {test} from 'vitest';
import {selectFreshness} from '../../../src/store/requests/freshness.js';
import {aRun, at} from '../../support/builders.js';
import {aWatchingState, createFailedRequest, reduceAll} from '../../support/watching.js';

test('counts down to the next attempt to sign in, not to the next check of the credentials file', () => {
  const failure = {kind: 'not-signed-in', detail: 'wrong password', nextSignInAt: at(900)} as const;
  const state = reduceAll(
    aWatchingState({run: aRun()}),
    createFailedRequest(`run:${aRun().id}`, failure, at(601)),
    createFailedRequest(`steps:delta:${aRun().id}`, failure, at(602)),
    {type: 'clock/ticked', now: at(620)},
  );
  const freshness = selectFreshness(state);
  assert.equal(freshness.kind, 'stale');
  assert.equal(freshness.kind === 'stale' && freshness.retryInMs, 280_000);
});
