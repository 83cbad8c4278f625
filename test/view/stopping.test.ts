import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {State} from '../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../support/builders.js';
import {renderLines} from '../support/rendered.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const runId = aRun().id;

/** A run that has been stopping since 9 min 48 s after its start, while a step is still running. */
const aStoppingState = (): State =>
  aWatchingState({
    size: {columns: 140, rows: 30},
    run: aRun({status: 'stopping', updatedAt: at(588)}),
    dag: aDag({steps: [aDagStep({name: 'train'}), aDagStep({name: 'evaluate', upstream: ['train']})]}),
    attempts: [anAttempt({name: 'train', status: 'running', updatedAt: at(580)})],
  });

const getStateLine = (state: State): string => renderLines(state)[1]!;

test('the header says for how long a run has been stopping, and which step is finishing', () => {
  assert.match(getStateLine(aStoppingState()), /stopping .* for 12s: train is finishing/);
});

test('the header says when nothing has changed in a stopping run: its process may be gone', () => {
  const state = reduceAll(aStoppingState(), {type: 'clock/ticked', now: at(900)});
  assert.match(
    getStateLine(state),
    /nothing has changed for 5m 12s: the run's process may be gone \(A lists commands\)/,
  );
  const narrower = {...state, size: {columns: 80, rows: 24}};
  assert.match(getStateLine(narrower), /the run's process may be gone \(see A\)/);
});

test('the header says when a stop by the user was lost because the run was waiting for an answer', () => {
  const intervention = {kind: 'stop', runId, isForced: false} as const;
  const requestedState = reduceAll(
    aStoppingState(),
    {type: 'intervention/started', intervention},
    {type: 'intervention/ended', outcome: {kind: 'done', text: 'stopping the run'}},
  );
  const pausedRun = aRun({status: 'paused', statusReason: 'Waiting for input.'});
  const state = reduceAll(
    requestedState,
    createArrival(`run:${runId}`, {kind: 'run', run: pausedRun, isHydrated: true}, at(601)),
  );
  assert.match(getStateLine(state), /the run paused instead of stopping: abort its question to stop it \(x\)/);
  const pausedByItselfState = reduceAll(
    aStoppingState(),
    createArrival(`run:${runId}`, {kind: 'run', run: pausedRun, isHydrated: true}, at(601)),
  );
  assert.doesNotMatch(getStateLine(pausedByItselfState), /paused instead/);
});
