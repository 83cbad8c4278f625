import assert from 'node:assert/strict';
import {test} from 'vitest';
import {type RunId, toRunId} from '../../../src/domain/ids.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {State} from '../../../src/store/state.js';
import {aDetail, anArtifact, anAttempt, anInput, anOutput, aRun, at} from '../../support/builders.js';
import {buildSteps} from '../../support/runs.js';
import {aWatchingState, createArrival, createFailedRequest, reduceAll} from '../../support/watching.js';

const training = buildSteps([
  ['load', 'completed', 1, 5],
  ['trainer', 'retried', 20, 61],
  ['trainer', 'retried', 65, 70, 2],
  ['trainer', 'completed', 71, 90, 3],
]);

/** The state with this step selected. By default the run is dynamic, because the estimate for a static one needs more requests. */
const aSelectedState = (step: string, state = aWatchingState({...training, run: aRun({isDynamic: true})})): State =>
  reduceAll(state, {type: 'step/selected', name: step});

const getKeys = (state: State, prefix: string): readonly string[] =>
  getNeeds(state)
    .map(({key}) => key)
    .filter(key => key.startsWith(prefix));

const createStepArrival = (changes: Parameters<typeof anAttempt>[0]) => {
  const attempt = anAttempt(changes);
  return createArrival(`step:${attempt.id}`, {kind: 'step', detail: aDetail({attempt})}, at(601));
};

test('the overview of a retried step needs the details of its attempts, latest first', () => {
  assert.deepEqual(getKeys(aSelectedState('trainer'), 'step:'), [
    'step:step-trainer-3',
    'step:step-trainer-2',
    'step:step-trainer-1',
  ]);
  const known = reduceAll(aSelectedState('trainer'), createStepArrival({number: 2, status: 'retried'}));
  assert.deepEqual(getKeys(known, 'step:'), ['step:step-trainer-3', 'step:step-trainer-1']);
});

test('the final summary needs the exceptions of failed steps that were never selected', () => {
  const failures = buildSteps([
    ['load', 'completed', 1, 5],
    ['train', 'failed', 5, 9],
    ['report', 'failed', 5, 9],
  ]);
  const state = aSelectedState('load', aWatchingState({...failures, run: aRun({isDynamic: true, status: 'failed'})}));
  assert.deepEqual(getKeys(state, 'step:'), ['step:step-load-1', 'step:step-train-1', 'step:step-report-1']);
});

test('other tabs need only the details of the selected attempt', () => {
  assert.deepEqual(getKeys(reduceAll(aSelectedState('trainer'), {type: 'tab/chosen', tab: 'config'}), 'step:'), [
    'step:step-trainer-3',
  ]);
  const second = reduceAll(
    aSelectedState('trainer'),
    {type: 'tab/chosen', tab: 'config'},
    {type: 'attempt/stepped', by: -1},
  );
  assert.deepEqual(getKeys(second, 'step:'), ['step:step-trainer-2']);
});

const artifacts = Array.from({length: 6}, (_, index) => anArtifact({version: String(index)}));
const aReadingState = (count: number): State =>
  reduceAll(
    aSelectedState('load'),
    createStepArrival({
      name: 'load',
      inputs: artifacts.slice(0, count).map(artifact => anInput({artifact})),
      outputs: [anOutput()],
    }),
    {type: 'tab/chosen', tab: 'inputs'},
  );

test('a few inputs are expanded and need their details; of many, only those that the user expands do', () => {
  assert.deepEqual(getKeys(aReadingState(2), 'artifact-version:'), [
    'artifact-version:artifact-embeddings-0',
    'artifact-version:artifact-embeddings-1',
  ]);
  assert.deepEqual(getKeys(aReadingState(6), 'artifact-version:'), []);
  const expandedState = reduceAll(aReadingState(6), {type: 'section/toggled', section: 'input:4'});
  assert.deepEqual(getKeys(expandedState, 'artifact-version:'), ['artifact-version:artifact-embeddings-4']);
});

/** The six inputs of the selected step, all of them expanded. */
const anExpandedState = (): State =>
  artifacts.reduce<State>(
    (state, _, index) => reduceAll(state, {type: 'section/toggled', section: `input:${index}`}),
    aReadingState(6),
  );

const getArtifactKey = (index: number): string => `artifact-version:artifact-embeddings-${index}`;

const createArtifactArrival = (index: number, producerRunId?: RunId) => {
  const detail = {
    artifact: artifacts[index]!,
    producerStepId: undefined,
    producerRunId,
    metadata: {},
    visualizations: [],
    tags: [],
    user: undefined,
  };
  return createArrival(getArtifactKey(index), {kind: 'artifact-version', detail}, at(602));
};

test('artifacts that the server has lost do not keep others from being fetched', () => {
  const lost = [0, 1, 2, 3].map(index =>
    createFailedRequest(getArtifactKey(index), {kind: 'not-found', detail: ''}, at(602)),
  );
  assert.deepEqual(getKeys(reduceAll(anExpandedState(), ...lost), 'artifact-version:'), [4, 5].map(getArtifactKey));
});

test('the runs that wrote the artifacts are needed for all of them, a few at a time', () => {
  const runIds = artifacts.map((_, index) => toRunId(`writer-${index}`));
  const details = runIds.map((runId, index) => createArtifactArrival(index, runId));
  const known = reduceAll(anExpandedState(), ...details);
  assert.deepEqual(
    getKeys(known, 'referenced-run:'),
    runIds.slice(0, 4).map(runId => `referenced-run:${runId}`),
  );
  const runs = runIds.slice(0, 4).map(id => aRun({id}));
  const next = reduceAll(
    known,
    ...runs.map(run => createArrival(`referenced-run:${run.id}`, {kind: 'referenced-run', run}, at(603))),
  );
  assert.deepEqual(
    getKeys(next, 'referenced-run:'),
    runIds.slice(4).map(runId => `referenced-run:${runId}`),
  );
});

test('the details of at most four artifacts are needed at a time, and none twice', () => {
  const all = anExpandedState();
  assert.equal(getKeys(all, 'artifact-version:').length, 4);
  const one = reduceAll(all, createArtifactArrival(0));
  assert.deepEqual(getKeys(one, 'artifact-version:').slice(0, 2), [
    'artifact-version:artifact-embeddings-1',
    'artifact-version:artifact-embeddings-2',
  ]);
});

test('comparing outputs needs previous runs, one after another until the step is found', () => {
  assert.deepEqual(getKeys(aReadingState(2), 'previous'), []);
  const outputs = reduceAll(aReadingState(2), {type: 'tab/chosen', tab: 'outputs'});
  const run = aRun();
  assert.deepEqual(getKeys(outputs, 'previous'), [`previous-runs:${run.id}`]);

  const runs = ['b', 'a'].map(letter =>
    aRun({id: `${letter}-run` as typeof run.id, status: 'completed', createdAt: at(-100)}),
  );
  const listed = reduceAll(
    outputs,
    createArrival(`previous-runs:${run.id}`, {kind: 'previous-runs', runId: run.id, runs}, at(603)),
  );
  assert.deepEqual(getKeys(listed, 'previous'), ['previous-step:b-run:load']);

  const failed = reduceAll(
    listed,
    createArrival(
      'x',
      {
        kind: 'previous-step',
        runId: runs[0]!.id,
        name: 'load',
        detail: aDetail({attempt: anAttempt({name: 'load', status: 'failed'})}),
      },
      at(604),
    ),
  );
  assert.deepEqual(getKeys(failed, 'previous'), ['previous-step:a-run:load']);
  const found = reduceAll(
    failed,
    createArrival(
      'y',
      {kind: 'previous-step', runId: runs[1]!.id, name: 'load', detail: aDetail({attempt: anAttempt({name: 'load'})})},
      at(605),
    ),
  );
  assert.deepEqual(getKeys(found, 'previous'), []);
});
