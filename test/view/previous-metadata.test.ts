import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Failure} from '../../src/domain/failure.js';
import {toRunId} from '../../src/domain/ids.js';
import type {Run} from '../../src/domain/run.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aDetail, anAttempt, aRun, at} from '../support/builders.js';
import {renderText} from '../support/rendered.js';
import {training} from '../support/runs.js';
import {withSelected} from '../support/select.js';
import {aWatchingState, createArrival, createFailedRequest, reduceAll} from '../support/watching.js';

const metadata = {loss: 0.2};
const previous = aRun({id: toRunId('55555555-5555-4555-8555-555555555555'), index: 41, status: 'completed'});
const failure: Failure = {kind: 'timed-out', afterMs: 5000};
const notFound: Failure = {kind: 'not-found', detail: ''};

const createRunsArrival = (...runs: readonly Run[]): Action =>
  createArrival(`previous-runs:${aRun().id}`, {kind: 'previous-runs', runId: aRun().id, runs}, at(600));

const createRunsFailure = (cause: Failure): Action => createFailedRequest(`previous-runs:${aRun().id}`, cause, at(601));

/** The Outputs tab of the row `selected`, after these actions. */
const renderOutputs = (selected: string, run: Run, actions: readonly Action[]): string => {
  const attempt = anAttempt({name: 'trainer', number: 2, status: 'running', startedAt: at(71)});
  const state: State = reduceAll(
    withSelected(aWatchingState({...training, run, size: {columns: 160, rows: 40}}), selected),
    createArrival(`step:${attempt.id}`, {kind: 'step', detail: aDetail({attempt, metadata})}, at(600)),
    ...actions,
    {type: 'tab/chosen', tab: 'outputs'},
  );
  return renderText(state);
};

describe.each(['this-run', 'step:trainer'])('the metadata of %s', selected => {
  const renderAfter = (run: Run, ...actions: readonly Action[]) => renderOutputs(selected, run, actions);
  const run = aRun({metadata});

  test('waits for previous runs while they are being fetched', () => {
    assert.match(renderAfter(run), /1 metadata value, loading previous runs…/);
  });

  test.each([failure, notFound])('says that previous runs could not be loaded ($kind)', cause => {
    assert.match(renderAfter(run, createRunsFailure(cause)), /1 metadata value, could not load previous runs/);
  });

  test('has nothing to compare with if the run has no pipeline', () => {
    assert.match(renderAfter({...run, pipeline: undefined}), /1 metadata value, no previous run to compare with/);
  });

  test('has nothing to compare with in the first run of a pipeline', () => {
    assert.match(renderAfter(run, createRunsArrival()), /1 metadata value, no previous run to compare with/);
  });
});

test('the metadata of a run is compared with that of the last successful run', () => {
  const failed = aRun({id: toRunId('66666666-6666-4666-8666-666666666666'), status: 'failed'});
  const arrival = createRunsArrival(failed, {...previous, metadata: {loss: 0.1}});
  assert.match(renderOutputs('this-run', aRun({metadata}), [arrival]), /1 metadata value, changes since #41/);
});

test('the metadata of a step says so if the step could not be loaded from a previous run', () => {
  const failed = createFailedRequest(`previous-step:${previous.id}:trainer`, failure, at(602));
  const text = renderOutputs('step:trainer', aRun({metadata}), [createRunsArrival(previous), failed]);
  assert.match(text, /1 metadata value, could not load previous runs/);
});
