import assert from 'node:assert/strict';
import {test} from 'vitest';
import {startAnnouncing} from '../../../src/cli/watching/announce.js';
import {buildRunVariables} from '../../../src/cli/watching/on-end.js';
import type {Attempt} from '../../../src/domain/attempt.js';
import type {Run} from '../../../src/domain/run.js';
import {selectKnownRun} from '../../../src/report/known-run.js';
import type {NotifySettings} from '../../../src/settings/settings.js';
import type {Action} from '../../../src/store/action.js';
import {createStore} from '../../../src/store/store.js';
import type {Terminal} from '../../../src/terminal/terminal.js';
import {aDag, anAttempt, aRun, at} from '../../support/builders.js';
import {aConnectingState, createArrival} from '../../support/watching.js';

const runId = aRun().id;
const everything = {onEnd: true, onFailure: true};

const createRunArrival = (run: Run, seconds: number): Action =>
  createArrival(`run:${runId}`, {kind: 'run', run, isHydrated: true}, at(seconds));
const createDagArrival = (seconds: number): Action =>
  createArrival(`dag:${runId}`, {kind: 'dag', runId, dag: aDag()}, at(seconds));
const createStepsArrival = (attempts: readonly Attempt[], subset: 'newest' | 'delta', seconds: number): Action => {
  const page = {items: attempts, index: 1, pageCount: 1, total: attempts.length};
  return createArrival(`steps:${subset}:${runId}`, {kind: 'steps', runId, subset, page, size: 200}, at(seconds));
};

/** The notifications that the user gets when these responses arrive one after another. */
const collectNotifications = (...actions: readonly Action[]): readonly string[] =>
  collectNotificationsOf(everything, ...actions);

const collectNotificationsOf = (settings: NotifySettings, ...actions: readonly Action[]): readonly string[] => {
  const texts: string[] = [];
  const terminal = {setTitle: () => {}, notify: (_: string, text: string) => texts.push(text)} as unknown as Terminal;
  const store = createStore(aConnectingState());
  startAnnouncing(store, terminal, settings);
  for (const action of actions) {
    store.dispatch(action);
  }
  return texts;
};

const runningAttempt = anAttempt({status: 'running'});
const failedAttempt = anAttempt({status: 'failed', updatedAt: at(603)});

test('opening a run that failed long ago notifies nobody', () => {
  const run = aRun({status: 'failed'});
  assert.deepEqual(
    collectNotifications(
      createRunArrival(run, 600),
      createDagArrival(600),
      createStepsArrival([failedAttempt], 'newest', 600),
      createStepsArrival([failedAttempt], 'delta', 601),
      createRunArrival(run, 602),
    ),
    [],
  );
});

test('opening a run in progress in which a step has failed notifies nobody about that step', () => {
  assert.deepEqual(
    collectNotifications(
      createRunArrival(aRun(), 600),
      createDagArrival(600),
      createStepsArrival([failedAttempt], 'newest', 600),
      createStepsArrival([failedAttempt], 'delta', 601),
    ),
    [],
  );
});

test('a step that fails while the run is watched notifies the user once', () => {
  const notifications = collectNotifications(
    createRunArrival(aRun(), 600),
    createDagArrival(600),
    createStepsArrival([runningAttempt], 'newest', 600),
    createStepsArrival([runningAttempt], 'delta', 601),
    createStepsArrival([failedAttempt], 'delta', 603),
    createStepsArrival([failedAttempt], 'delta', 604),
  );
  assert.equal(notifications.length, 1);
  assert.match(notifications[0]!, /trainer failed$/);
});

test.each([
  ['the end, in one notification', {onEnd: true, onFailure: true}, /^(?!.*trainer)/],
  ['the failure, if the end is not announced', {onEnd: false, onFailure: true}, /trainer failed$/],
])('a failure that ends the run announces %s', (_, settings, words) => {
  const notifications = collectNotificationsOf(
    settings,
    createRunArrival(aRun(), 600),
    createDagArrival(600),
    createStepsArrival([runningAttempt], 'newest', 600),
    createStepsArrival([runningAttempt], 'delta', 601),
    createRunArrival(aRun({status: 'failed', isInProgress: false}), 602),
    createStepsArrival([failedAttempt], 'delta', 603),
    createStepsArrival([failedAttempt], 'delta', 604),
  );
  assert.equal(notifications.length, 1);
  assert.match(notifications[0]!, words);
});

test('the names of failed steps are on lines of their own for the --on-end command', () => {
  const store = createStore(aConnectingState());
  const names = ['load data', 'train\nmodel'];
  const attempts = names.map(name => anAttempt({name, status: 'failed'}));
  for (const action of [
    createRunArrival(aRun({status: 'failed'}), 600),
    createDagArrival(600),
    createStepsArrival(attempts, 'newest', 600),
    createStepsArrival([], 'delta', 605),
    createRunArrival(aRun({status: 'failed'}), 606),
  ]) {
    store.dispatch(action);
  }
  const knownRun = selectKnownRun(store.get());
  const variables = buildRunVariables(store.get(), knownRun!);
  assert.equal(variables['ZENTOP_FAILED_STEPS']?.split('\n').length, 2);
  assert.equal(variables['ZENTOP_FAILED_STEPS']?.split('\n')[0], 'load data');
  assert.equal(variables['ZENTOP_DURATION_S'], '724');
});

test('the --on-end command gets only as many names of failed steps as fit into a variable', () => {
  const store = createStore(aConnectingState());
  const attempts = Array.from({length: 5000}, (_, index) => anAttempt({name: `train_${index}`, status: 'failed'}));
  store.dispatch(createRunArrival(aRun({status: 'failed'}), 600));
  store.dispatch(createDagArrival(600));
  store.dispatch(createStepsArrival(attempts, 'newest', 600));
  const names = buildRunVariables(store.get(), selectKnownRun(store.get())!)['ZENTOP_FAILED_STEPS']!;
  assert.ok(names.startsWith('train_0\ntrain_1\n'));
  assert.ok(names.length > 29_900 && names.length < 30_000);
  assert.match(names, /\ntrain_\d{4}$/);
});
