import assert from 'node:assert/strict';
import {test} from 'vitest';
import {completeText} from '../../src/domain/filter/completion.js';
import {buildCommandVocabulary, findLineOutcome} from '../../src/keymap/command-line.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aLiveState} from '../support/screens.js';
import {aConnectingState, reduceAll} from '../support/watching.js';

const aRunsState = (): State => reduceAll(aLiveState(), {type: 'runs/shown'});

const withFilters = (state: State): State => ({
  ...state,
  session: {...state.session, filters: {'failed-nightly': 'status:failed pipeline:nightly'}},
});

/** The actions of a line, without the one that closes the text input. */
const listActions = (line: string, state = aLiveState()): readonly Action[] => {
  const found = findLineOutcome(state, line);
  assert.ok('outcome' in found, JSON.stringify(found));
  return 'followUps' in found.outcome ? (found.outcome.followUps ?? []) : [];
};

const findProblem = (line: string, state = aLiveState()): string | undefined => {
  const found = findLineOutcome(state, line);
  return 'problem' in found ? found.problem : undefined;
};

test(':runs goes to the run list', () => {
  assert.deepEqual(listActions('runs'), [{type: 'runs/shown'}]);
  assert.deepEqual(listActions('runs', aRunsState()), []);
});

test(':runs and saved filters also lead from a comparison to the run list', () => {
  const comparison = reduceAll(withFilters(aRunsState()), {type: 'comparing/opened', runIds: []});
  assert.deepEqual(listActions('runs', comparison), [{type: 'runs/shown'}]);
  assert.deepEqual(listActions('failed-nightly', comparison)[0], {type: 'runs/shown'});
});

test(':runs and saved filters say why the run list cannot be shown', () => {
  const state = withFilters(aConnectingState());
  const unknownProject = {...state, session: {...state.session, project: undefined}};
  const replay = {...state, session: {...state.session, replaySpeed: 1}};
  for (const line of ['runs', 'failed-nightly']) {
    assert.equal(findProblem(line, unknownProject), 'the project of this run is not known yet');
    assert.equal(findProblem(line, replay), 'a recording has no run list');
  }
});

test(':logs STEP selects the step and opens its log; part of the name is enough', () => {
  for (const line of ['logs trainer', 'log train', '  logs   ainer ']) {
    assert.deepEqual(listActions(line), [
      {type: 'step/selected', name: 'trainer'},
      {type: 'tab/chosen', tab: 'logs'},
    ]);
  }
});

test(':outputs opens the tab of the selected step', () => {
  assert.deepEqual(listActions('outputs'), [{type: 'tab/chosen', tab: 'outputs'}]);
});

test('a number goes to that step', () => {
  const state = listActions('2').reduce((current, action) => reduceAll(current, action), aLiveState());
  assert.equal(state.openRun!.list.selectedKey, 'step:validate');
});

test('the name of a saved filter applies it to the run list', () => {
  const text = 'status:failed pipeline:nightly';
  assert.deepEqual(listActions('failed-nightly', withFilters(aLiveState())), [
    {type: 'runs/shown'},
    {type: 'runs/filtered', text},
  ]);
  assert.deepEqual(listActions('failed-nightly', withFilters(aRunsState())), [{type: 'runs/filtered', text}]);
});

test('a saved filter is preferred to a command whose name only begins like it', () => {
  const state = {...aRunsState(), session: {...aRunsState().session, filters: {log: 'tag:log', runs: 'tag:runs'}}};
  assert.deepEqual(listActions('log', state), [{type: 'runs/filtered', text: 'tag:log'}]);
  assert.deepEqual(listActions('runs', state), []);
});

test.each([
  ['nope', 'unknown command “nope”'],
  ['logs nope', 'no step “nope”'],
  ['logs a', /^several steps match “a”$/],
  ['step', 'step needs a step name'],
  ['runs x', 'runs takes no argument'],
  ['2 x', '2 takes no argument'],
  ['failed-nightly x', 'failed-nightly takes no argument'],
  ['toString', 'unknown command “toString”'],
])(':%s is rejected with a reason', (line, problem) => {
  assert.match(
    findProblem(line, withFilters(aLiveState())) ?? '',
    typeof problem === 'string' ? new RegExp(`^${problem}$`) : problem,
  );
});

test('steps can only be named while a run is open', () => {
  assert.equal(findProblem('logs trainer', aRunsState()), 'no run is open');
  assert.equal(findProblem('42', aRunsState()), 'no run is open');
});

test('completes commands, then step names', () => {
  const complete = (text: string, state: State) =>
    completeText(text, buildCommandVocabulary({...state, field: {purpose: 'command', text}}));
  assert.equal(complete('lo', aLiveState()), 'logs ');
  assert.equal(complete('logs tr', aLiveState()), 'logs trainer ');
  assert.equal(complete(' lo', aLiveState()), ' logs ');
  assert.equal(complete(' logs tr', aLiveState()), ' logs trainer ');
  assert.equal(complete('fail', withFilters(aRunsState())), 'failed-nightly ');
  assert.equal(complete('lo', aRunsState()), 'lo');
});
