import assert from 'node:assert/strict';
import {test} from 'vitest';
import {toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import {selectTimeLeft} from '../../../src/store/history/estimate.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, aRun, at} from '../../support/builders.js';
import {buildSteps} from '../../support/runs.js';
import {
  aSession,
  aWatchingState,
  createArrival,
  createFailedRequest,
  reduceAll,
  type WatchedRun,
} from '../../support/watching.js';

const training = buildSteps([
  ['load', 'completed', 1, 5],
  ['train', 'running', 5],
  ['deploy', 'waiting'],
]);
const aRunningState = (changes: WatchedRun = {}): State => aWatchingState({...training, run: aRun(), ...changes});

const runId = aRun().id;
const previousRuns = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
  (letter): Run => aRun({id: toRunId(letter), status: letter === 'b' ? 'failed' : 'completed', endedAt: at(900)}),
);
const withPreviousRuns = (state: State): State =>
  reduceAll(
    state,
    createArrival(`previous-runs:${runId}`, {kind: 'previous-runs', runId, runs: previousRuns}, at(602)),
  );

const getDagKey = (letter: string): string => `previous-dag:${runId}:${letter}`;

/** A graph of steps that took the given number of seconds, one after another. */
const createGraphArrival = (letter: string, seconds: number) => {
  const steps = ['load', 'train', 'deploy'].map((name, index) =>
    aDagStep({
      name,
      status: {status: 'completed', statusWord: 'completed'},
      startedAt: at(index * seconds),
      durationMs: seconds * 1000,
    }),
  );
  return createArrival(
    getDagKey(letter),
    {kind: 'previous-dag', runId, previousId: toRunId(letter), dag: aDag({steps}), retried: []},
    at(603),
  );
};

const getPreviousKeys = (state: State): readonly string[] =>
  getNeeds(state).flatMap(need => (need.key.startsWith('previous') ? [need.key] : []));

test('estimating the time left fetches the list of previous runs, then the graphs of at most five successful ones, each once', () => {
  let state = aRunningState();
  assert.deepEqual(getPreviousKeys(state), [`previous-runs:${runId}`]);
  state = withPreviousRuns(state);
  const fetched: string[] = [];
  for (let next = getPreviousKeys(state); next.length > 0 && fetched.length < 9; next = getPreviousKeys(state)) {
    fetched.push(...next);
    state = reduceAll(state, createGraphArrival(next[0]!.slice(-1), 100));
  }

  assert.deepEqual(fetched, ['a', 'c', 'd', 'e', 'f'].map(getDagKey));
});

test('another previous run is fetched if a graph no longer exists, the same one again after a timeout', () => {
  const state = withPreviousRuns(aRunningState());
  assert.deepEqual(
    getPreviousKeys(reduceAll(state, createFailedRequest(getDagKey('a'), {kind: 'not-found', detail: ''}, at(604)))),
    [getDagKey('c')],
  );
  assert.deepEqual(
    getPreviousKeys(reduceAll(state, createFailedRequest(getDagKey('a'), {kind: 'timed-out', afterMs: 1000}, at(604)))),
    [getDagKey('a')],
  );
});

test.each<[string, WatchedRun]>([
  ['a dynamic run', {run: aRun({isDynamic: true})}],
  ['a run that is over', {run: aRun({status: 'completed'})}],
  [
    'a run in which a step failed',
    buildSteps([
      ['load', 'failed', 1, 5],
      ['train', 'waiting'],
    ]),
  ],
  ['a run of very many steps', buildSteps(Array.from({length: 101}, (_, index) => [`step_${index}`, 'waiting']))],
  ['a run that is not on a screen', {session: aSession({isScreenless: true})}],
])('does not fetch previous runs for %s', (_, changes) => {
  assert.deepEqual(getPreviousKeys(aRunningState(changes)), []);
});

const aKnownState = (): State =>
  reduceAll(withPreviousRuns(aRunningState()), createGraphArrival('a', 4000), createGraphArrival('c', 5000));

test('the time left is estimated from known past runs and counts down', () => {
  const state = aKnownState();
  const first = selectTimeLeft(state, state.openRun!)!;
  assert.equal(first.runCount, 2);
  const later = reduceAll(state, {type: 'clock/ticked', now: state.now + 60_000});
  assert.equal(first.ms - selectTimeLeft(later, later.openRun!)!.ms, 60_000);
});

test('a previous run is never counted twice', () => {
  const state = reduceAll(aKnownState(), createGraphArrival('c', 2000));
  assert.equal(selectTimeLeft(state, state.openRun!)!.runCount, 2);
});

test('a run that is paused, stopping, finished or known to have failed has no estimate', () => {
  for (const status of ['paused', 'stopping', 'completed', 'failed'] as const) {
    const arrival = createArrival(`run:${runId}`, {kind: 'run', run: aRun({status}), isHydrated: true}, at(605));
    const state = reduceAll(aKnownState(), arrival);
    assert.equal(selectTimeLeft(state, state.openRun!), undefined, status);
  }
});

test('for a dynamic run, previous runs are fetched only for the items of its maps, while the timeline is open', () => {
  const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
  const dag = aDag({steps: [aDagStep({name: 'map:embed:0', group}), aDagStep({name: 'map:embed:1', group})]});
  const state = aWatchingState({run: aRun({isDynamic: true}), dag});
  assert.deepEqual(getPreviousKeys(state), []);
  const open = reduceAll(state, {type: 'timeline/toggled'});
  assert.equal(getPreviousKeys(open).length, 1);
  assert.deepEqual(
    getPreviousKeys(reduceAll(aWatchingState({run: aRun({isDynamic: true})}), {type: 'timeline/toggled'})),
    [],
  );
});
