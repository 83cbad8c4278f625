import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getNeeds} from '../../../src/store/needs.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRefusal, aRun, at} from '../../support/builders.js';
import {aWatchingState, createArrival, createFailedRequest, reduceAll} from '../../support/watching.js';

const runId = aRun().id;

const aQueuedState = (count: number): State => {
  const names = Array.from({length: count}, (_, index) => `step_${index}`);
  return aWatchingState({
    dag: aDag({steps: names.map(name => aDagStep({name}))}),
    attempts: names.map(name => anAttempt({name, status: 'queued', resourceRequestId: `request-${name}`})),
  });
};

const getKeys = (state: State, prefix: string): readonly string[] =>
  getNeeds(state)
    .filter(({key, dueAt}) => key.startsWith(prefix) && dueAt !== Number.POSITIVE_INFINITY)
    .map(({key}) => key);

test('fetches why steps are queued, for at most three of them', () => {
  assert.deepEqual(getKeys(aQueuedState(1), 'resource-request:'), ['resource-request:request-step_0']);
  assert.equal(getKeys(aQueuedState(10), 'resource-request:').length, 3);
  assert.deepEqual(getKeys(aWatchingState(), 'resource-request:'), []);
});

test('a server without resource pools gets a single request, a proxy that fails another one', () => {
  const getKeysAfter = (status: number) => {
    const failed = createFailedRequest('resource-request:request-step_0', aRefusal(status), at(601));
    return getKeys(reduceAll(aQueuedState(1), failed), 'resource-request:');
  };
  assert.deepEqual(getKeysAfter(501), []);
  assert.deepEqual(getKeysAfter(502), ['resource-request:request-step_0']);
});

test('users that the server has lost do not keep the names of others from being fetched', () => {
  const users = Array.from({length: 6}, (_, index) => `user-${index}`);
  const questions = users.map(resolvedById => aQuestion({isPending: false, resolution: 'continue', resolvedById}));
  const state = reduceAll(
    aWatchingState(),
    createArrival(`questions:${runId}`, {kind: 'questions', runId, questions}, at(600)),
  );
  assert.equal(getKeys(state, 'user:').length, 5);
  const lost = users.slice(0, 5).map(id => createFailedRequest(`user:${id}`, {kind: 'not-found', detail: ''}, at(601)));
  assert.deepEqual(getKeys(reduceAll(state, ...lost), 'user:'), ['user:user-5']);
});

test('fetches the name of the user who answered a question, unless it is the one who started the run', () => {
  const createAnsweredArrival = (resolvedById: string) =>
    createArrival(
      `questions:${runId}`,
      {kind: 'questions', runId, questions: [aQuestion({isPending: false, resolution: 'continue', resolvedById})]},
      at(600),
    );
  assert.deepEqual(getKeys(reduceAll(aWatchingState(), createAnsweredArrival('grace')), 'user:'), ['user:grace']);
  assert.deepEqual(getKeys(reduceAll(aWatchingState(), createAnsweredArrival('user')), 'user:'), []);
  const named = createArrival('user:grace', {kind: 'user', user: {id: 'grace', name: 'grace'}}, at(601));
  assert.deepEqual(getKeys(reduceAll(aWatchingState(), createAnsweredArrival('grace'), named), 'user:'), []);
});
