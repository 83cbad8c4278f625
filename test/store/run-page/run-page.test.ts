import assert from 'node:assert/strict';
import {test} from 'vitest';
import {toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../../support/builders.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const run = aRun();
const aFinishedState = (): State =>
  aWatchingState({
    dag: aDag({steps: [aDagStep({name: 'a'})]}),
    attempts: [anAttempt({name: 'a', status: 'completed'})],
  });

const goodId = toRunId('44444444-4444-4444-8444-444444444444');
const createPreviousRunsArrival = (...runs: readonly Run[]): Action =>
  createArrival(`previous-runs:${run.id}`, {kind: 'previous-runs', runId: run.id, runs}, at(700));

const getKeys = (state: State): readonly string[] => getNeeds(state).map(({key}) => key);

test('the row of the run is above the first step, where the cursor starts', () => {
  const state = aFinishedState();
  assert.equal(state.openRun?.list.selectedKey, 'step:a');
  assert.equal(reduceAll(state, {type: 'selection/moved', by: -1}).openRun?.list.selectedKey, 'this-run');
});

test('going to the run can be undone by going back', () => {
  const there = reduceAll(aFinishedState(), {type: 'run/selected'});
  assert.equal(there.openRun?.list.selectedKey, 'this-run');
  assert.equal(reduceAll(there, {type: 'step/returned'}).openRun?.list.selectedKey, 'step:a');
});

test('a filter hides the row of the run', () => {
  const state = reduceAll(
    aFinishedState(),
    {type: 'run/selected'},
    {type: 'field/opened', purpose: 'steps'},
    {type: 'field/typed', text: 'a'},
  );
  assert.equal(state.openRun?.list.selectedKey, 'step:a');
});

test('showing the run page fetches previous runs, the stack and current metadata', () => {
  const pageKeys = ['stack:stack', `previous-runs:${run.id}`];
  const state = {...aFinishedState(), size: {columns: 120, rows: 30}};
  assert.deepEqual(
    getKeys(state).filter(key => key === 'stack:stack'),
    [],
  );
  const shown = reduceAll(state, {type: 'run/selected'});
  assert.deepEqual(
    pageKeys.filter(key => getKeys(shown).includes(key)),
    pageKeys,
  );
  const query = getNeeds(shown).find(({key}) => key === `run:${run.id}`)?.query;
  assert.deepEqual(query, {kind: 'run', runId: run.id, isHydrated: true});
});

test('comparing fetches the previous runs first, then opens with the last successful one, and returns to the run', () => {
  const wanted = reduceAll(aFinishedState(), {type: 'comparison/wanted'});
  assert.equal(wanted.screen.name, 'run');
  assert.ok(getKeys(wanted).includes(`previous-runs:${run.id}`));
  const failed = aRun({id: toRunId('55555555-5555-4555-8555-555555555555'), status: 'failed'});
  const open = reduceAll(wanted, createPreviousRunsArrival(failed, aRun({id: goodId, status: 'completed'})));
  assert.deepEqual(open.screen.name === 'comparing' && open.screen.runIds, [goodId, run.id]);
  assert.equal(reduceAll(open, {type: 'comparing/closed'}).screen.name, 'run');
});

test('comparing without a successful run stays on the run', () => {
  const state = reduceAll(aFinishedState(), {type: 'comparison/wanted'}, createPreviousRunsArrival());
  assert.equal(state.screen.name, 'run');
  assert.equal(state.openRun?.page.isComparisonWanted, false);
});
