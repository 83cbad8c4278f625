import assert from 'node:assert/strict';
import {afterEach, beforeEach, test, vi} from 'vitest';
import {waitForSteps} from '../../../src/cli/watching/wait-for-steps.js';
import type {State} from '../../../src/store/state.js';
import {createStore} from '../../../src/store/store.js';
import {aDag, aDagStep, aRun, at} from '../../support/builders.js';
import {aConnectingState, createArrival} from '../../support/watching.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const startWaiting = (state: State) => {
  const store = createStore(state);
  const waiting = {isOver: false};
  void waitForSteps(store).then(() => {
    waiting.isOver = true;
  });
  return {store, waiting};
};

test('resolves when the steps are known', async () => {
  const {store, waiting} = startWaiting(aConnectingState());
  const runId = aRun().id;
  store.dispatch(createArrival(`run:${runId}`, {kind: 'run', run: aRun(), isHydrated: true}, at(600)));
  await vi.advanceTimersByTimeAsync(0);
  assert.equal(waiting.isOver, false);
  const dag = aDag({steps: [aDagStep()]});
  store.dispatch(createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, at(600)));
  await vi.advanceTimersByTimeAsync(0);
  assert.equal(waiting.isOver, true);
  assert.equal(vi.getTimerCount(), 0);
});

test('resolves after a short time if the server is slow', async () => {
  const {waiting} = startWaiting(aConnectingState());
  await vi.advanceTimersByTimeAsync(99);
  assert.equal(waiting.isOver, false);
  await vi.advanceTimersByTimeAsync(1);
  assert.equal(waiting.isOver, true);
});

test('resolves at once for the list of runs', async () => {
  const {waiting} = startWaiting({...aConnectingState(), openRun: undefined});
  await vi.advanceTimersByTimeAsync(0);
  assert.equal(waiting.isOver, true);
});
