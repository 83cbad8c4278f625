import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Run} from '../../src/domain/run.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRun, at} from '../support/builders.js';
import {renderLines} from '../support/rendered.js';
import {aListedRun, aRunList} from '../support/run-lists.js';
import {withSelected} from '../support/select.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const runId = aRun().id;

/** The list takes the whole width, so that there is room after the names. */
const stackedLayout: Action = {type: 'size/changed', size: {columns: 80, rows: 24}};

/** Loading is done, training is running or in another status, and two steps follow it. */
const aTrainingState = (status: 'running' | 'queued' | 'failed' | 'retrying', run: Partial<Run> = {}): State =>
  aWatchingState({
    size: {columns: 120, rows: 30},
    run: aRun(run),
    dag: aDag({
      steps: [
        aDagStep({name: 'load'}),
        aDagStep({name: 'train', upstream: ['load']}),
        aDagStep({name: 'evaluate', upstream: ['train']}),
        aDagStep({name: 'report', upstream: ['evaluate']}),
      ],
    }),
    attempts: [
      anAttempt({name: 'load'}),
      anAttempt({
        name: 'train',
        status,
        startedAt: at(300),
        endedAt: status === 'failed' || status === 'retrying' ? at(590) : undefined,
        resourceRequestId: status === 'queued' ? 'request' : undefined,
      }),
    ],
  });

const findRenderedLine = (state: State, pattern: RegExp): string =>
  renderLines(state).find(line => pattern.test(line)) ?? renderLines(state).join('\n');

const createQuestionArrival = (changes: Parameters<typeof aQuestion>[0] = {}): Action =>
  createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [aQuestion(changes)]}, at(600));

describe('the list of steps', () => {
  test('names the running step, further upstream, that a step is waiting for', () => {
    const state = reduceAll(aTrainingState('running'), stackedLayout);
    assert.match(findRenderedLine(state, /⋅ report/), /⋅ report {2}waits for train +waiting/);
  });

  test('names the failed step, further upstream, because of which a step will never run', () => {
    const state = reduceAll(aTrainingState('failed', {status: 'failed', isInProgress: true}), stackedLayout);
    assert.match(findRenderedLine(state, /∅ report/), /∅ report {2}train failed +not run/);
  });

  test('shows why a step is queued once the server has reported it', () => {
    const request = {id: 'request', reason: 'pool gpu is full', queuedAt: at(310)};
    const state = reduceAll(
      aTrainingState('queued'),
      stackedLayout,
      createArrival('resource-request:request', {kind: 'resource-request', request}, at(600)),
    );
    assert.match(findRenderedLine(state, /◔ train/), /train {2}pool gpu is full +queued/);
    assert.match(findRenderedLine(state, /⋅ evaluate/), /⋅ evaluate {2}waits for train/);
  });

  test('counts down to the next attempt', () => {
    const retry = {maxRetries: 2, delaySeconds: 30, backoff: 1};
    const state = reduceAll(aTrainingState('retrying', {config: {...aRun().config!, retry}}), stackedLayout);
    assert.match(findRenderedLine(state, /train next/), /train {2}next attempt in 20s +retrying/);
  });

  test('shows the question that the run and its steps wait for', () => {
    const askingState = aWatchingState({
      size: {columns: 120, rows: 30},
      run: aRun({waitCondition: {id: 'question', name: 'approve', question: undefined}}),
      dag: aDag({steps: [aDagStep({name: 'load'}), aDagStep({name: 'deploy', upstream: ['load']})]}),
      attempts: [anAttempt({name: 'load'})],
    });
    const state = reduceAll(askingState, stackedLayout, createQuestionArrival({createdAt: at(240)}));
    assert.match(findRenderedLine(state, /⋅ deploy/), /⋅ deploy {2}waits for an answer +waiting/);
    assert.match(findRenderedLine(state, /◒ run .*#42/), /run .*#42 waiting for an answer/);
    const wide = reduceAll(state, {type: 'size/changed', size: {columns: 120, rows: 30}});
    assert.match(renderLines(wide)[1]!, /waiting for input: Deploy the model\? \(asked 6m 00s ago\)/);
  });
});

test('a narrow header leaves out how long ago a question was asked, but not the question itself', () => {
  const state = reduceAll(aTrainingState('running'), createQuestionArrival());
  const narrow = reduceAll(state, {type: 'size/changed', size: {columns: 90, rows: 24}});
  assert.match(renderLines(narrow)[1]!, /waiting for input: Deploy the model\? {2}/);
});

test('the header says what the run is waiting for if nothing is running in it', () => {
  assert.match(renderLines(aTrainingState('queued'))[1]!, /waiting: train \(queued for 5m 00s\)/);
  assert.doesNotMatch(renderLines(aTrainingState('running'))[1]!, /waiting:/);
});

test('the pane says what the selected step is waiting for, and since when', () => {
  const text = renderLines(withSelected(aTrainingState('running'), 'step:report')).join('\n');
  assert.match(text, /waiting +for train running for 5m 00s/);
  const queuedText = renderLines(withSelected(aTrainingState('queued'), 'step:train')).join('\n');
  assert.match(queuedText, /waiting +for resources for 5m 00s/);
});

test('the page of the run says what it waits for', () => {
  const text = renderLines(reduceAll(aTrainingState('queued'), {type: 'run/selected'})).join('\n');
  assert.match(text, /waiting +train \(queued for 5m 00s\)/);
});

/** The answered question, and the name of the user who answered it. */
const createAnswerArrivals = () => [
  createQuestionArrival({
    isPending: false,
    resolution: 'continue',
    result: true,
    resolvedAt: at(540),
    resolvedById: 'g',
  }),
  createArrival('user:g', {kind: 'user', user: {id: 'g', name: 'grace'}}, at(600)),
];

test('the page of the run still shows who answered a question, when and how', () => {
  const state = reduceAll(aTrainingState('running'), ...createAnswerArrivals(), {type: 'run/selected'});
  assert.match(renderLines(state).join('\n'), /answered true \d\d:13:11 by grace/);
});

test('the row of a question still shows how and by whom it was answered', () => {
  const dag = aDag({
    steps: [aDagStep({name: 'load'})],
    waitConditions: [{id: 'question', name: 'approve', status: 'resolved', question: 'Deploy the model?'}],
  });
  const state = reduceAll(
    aWatchingState({size: {columns: 120, rows: 30}, dag, attempts: [anAttempt({name: 'load'})]}),
    ...createAnswerArrivals(),
    {type: 'selection/jumped', to: 'last'},
  );
  assert.match(renderLines(state).join('\n'), /answered true \d\d:13:11 by grace/);
});

test('the graph and the timeline say what the selected step is waiting for', () => {
  const selectedState = withSelected(aTrainingState('running'), 'step:report');
  for (const type of ['graph/toggled', 'timeline/toggled'] as const) {
    assert.match(renderLines(reduceAll(selectedState, {type})).join('\n'), /waiting +for train \(running for 5m 00s\)/);
  }
});

test('the list of runs says which of them wait for an answer', () => {
  const askingRun = aListedRun(2, 'running', {waitCondition: {id: 'w', name: 'approve', question: undefined}});
  const state = reduceAll(aRunList([aListedRun(1), askingRun]), {type: 'size/changed', size: {columns: 140, rows: 20}});
  const text = renderLines(state).join('\n');
  assert.match(text, /USER +WAITING/);
  assert.match(text, /#2 .*running .*for an answer to “approve”/);
});

test('on a narrow screen, the name of a step is not cut to make room for the reason why it is waiting', () => {
  const narrow = reduceAll(aTrainingState('running'), {type: 'size/changed', size: {columns: 45, rows: 20}});
  assert.match(findRenderedLine(narrow, /⋅ report/), /⋅ report/);
  assert.ok(renderLines(narrow).every(line => line.length <= 45));
});

test('a paused run shows its question in the header, once', () => {
  const pausedState = aTrainingState('running', {status: 'paused', statusReason: 'Waiting for input.'});
  const header = findRenderedLine(reduceAll(pausedState, createQuestionArrival(), stackedLayout), /paused {2}/);
  assert.match(header, /waiting for input: Deploy the model\?/);
  assert.doesNotMatch(header, /Waiting for input\./);
});
