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
  const seen = {isOver: false};
  void waitForSteps(store).then(() => {
    seen.isOver = true;
  });
  return {store, seen};
};

test('resolves when the steps are known', async () => {
  const {store, seen} = startWaiting(aConnectingState());
  const runId = aRun().id;
  store.dispatch(createArrival(`run:${runId}`, {kind: 'run', run: aRun(), isHydrated: true}, at(600)));
  await vi.advanceTimersByTimeAsync(0);
  assert.equal(seen.isOver, false);
  const dag = aDag({steps: [aDagStep()]});
  store.dispatch(createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, at(600)));
  await vi.advanceTimersByTimeAsync(0);
  assert.equal(seen.isOver, true);
  assert.equal(vi.getTimerCount(), 0);
});

test('resolves after a short time if the server is slow', async () => {
  const {seen} = startWaiting(aConnectingState());
  await vi.advanceTimersByTimeAsync(99);
  assert.equal(seen.isOver, false);
  await vi.advanceTimersByTimeAsync(1);
  assert.equal(seen.isOver, true);
});

test('resolves at once for the list of runs', async () => {
  const {seen} = startWaiting({...aConnectingState(), openRun: undefined});
  await vi.advanceTimersByTimeAsync(0);
  assert.equal(seen.isOver, true);
});
