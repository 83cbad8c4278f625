import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {LogActivity} from '../../../src/domain/log/activity.js';
import {estimateTimeLeft} from '../../../src/domain/time-left.js';
import {buildForecasts} from '../../../src/domain/timeline/forecast.js';
import {getLineText} from '../../../src/format/line.js';
import {formatChangeJson} from '../../../src/report/json-line.js';
import {emptyNarration, updateNarration} from '../../../src/report/narration.js';
import {renderPlainChange} from '../../../src/report/render-change.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import {findLostMs} from '../../../src/store/run-page/quiet-steps.js';
import {findStepProgress, getProgressLeftMs} from '../../../src/store/run-page/step-progress.js';
import type {State} from '../../../src/store/state.js';
import {getTimelineFacts} from '../../../src/store/timeline/timeline-facts.js';
import {aDag, aDagStep, aDetail, anAttempt, aRun, at} from '../../support/builders.js';
import {renderFrameText} from '../../support/frames.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const train = anAttempt({name: 'train', status: 'running', startedAt: at(0), updatedAt: at(0)});

const aRunningState = (): State => ({
  ...aWatchingState({dag: aDag({steps: [aDagStep({name: 'train'})]}), attempts: [train]}),
  size: {columns: 120, rows: 30},
});

const createActivityArrival = (activity: Partial<LogActivity>, seconds: number): Action =>
  createArrival(
    `activity:${train.id}`,
    {
      kind: 'activity',
      stepId: train.id,
      activity: {lastAt: at(0), longestPauseMs: undefined, progress: undefined, ...activity},
    },
    at(seconds),
  );

const createStackArrival = (flavor: string): Action =>
  createArrival(
    'stack:stack',
    {kind: 'stack', stack: {id: 'stack', name: 'default', orchestrator: {name: 'here', flavor}}},
    at(700),
  );

const createEmptyArrival = (seconds: number): Action =>
  createArrival(
    `steps:delta:${aRun().id}`,
    {kind: 'steps', runId: aRun().id, subset: 'delta', size: 100, page: {items: [], index: 1, pageCount: 1, total: 0}},
    at(seconds),
  );

const tick = (seconds: number): Action => ({type: 'clock/ticked', now: at(seconds)});

const progress = {label: 'epoch', count: {done: 5, total: 20}, share: 0.25, extras: [['loss', 0.213]] as const};

const pastStep = {startedAt: at(0), endedAt: at(900), lastAttemptMs: 900_000, isReused: false};
const pastRun = {id: aRun().id, startedAt: at(0), endedAt: at(900), stepsByName: new Map([['train', pastStep]])};

test('a running step that has been silent for much longer than usual is quiet in the list and in its details', () => {
  const state = reduceAll(
    aRunningState(),
    tick(1500),
    createActivityArrival({lastAt: at(1000), longestPauseMs: 9000}, 1500),
  );
  const text = renderFrameText(state);
  assert.match(text, /train +quiet for 8m/);
  assert.match(text, /health +quiet for 8m, much longer than usual/);
});

test('silence is reported once in lines, and again only after a sign of life', () => {
  const quiet = reduceAll(
    aRunningState(),
    tick(1500),
    createActivityArrival({lastAt: at(1000), longestPauseMs: 9000}, 1500),
  );
  const first = updateNarration(emptyNarration, quiet);
  const [change] = first.changes.filter(({type}) => type === 'quiet');
  assert.ok(change !== undefined);
  assert.match(getLineText(renderPlainChange(change)[0]!), /step train quiet for 8m, much longer than usual$/);
  assert.deepEqual(
    {...JSON.parse(formatChangeJson(change)), t: undefined},
    {t: undefined, type: 'quiet', name: 'train', for_s: 500},
  );
  const again = updateNarration(first.narration, reduceAll(quiet, tick(1510)));
  assert.deepEqual(again.changes, []);
  const alive = updateNarration(
    again.narration,
    reduceAll(quiet, createActivityArrival({lastAt: at(1505), longestPauseMs: 9000}, 1512)),
  );
  assert.equal(alive.narration.quietKeys.size, 0);
  const quietAgain = reduceAll(
    quiet,
    tick(2010),
    createActivityArrival({lastAt: at(1505), longestPauseMs: 9000}, 2010),
  );
  assert.equal(updateNarration(alive.narration, quietAgain).changes.filter(({type}) => type === 'quiet').length, 1);
});

test('a local run without news for ten minutes is shown as “running?”', () => {
  const silent = reduceAll(
    aRunningState(),
    tick(2000),
    createEmptyArrival(2000),
    createActivityArrival({lastAt: at(1000), longestPauseMs: 9000}, 2000),
  );
  assert.equal(findLostMs(silent.openRun!, at(2000)), undefined);
  assert.ok(getNeeds(silent).some(({key}) => key === 'stack:stack'));
  const local = reduceAll(silent, createStackArrival('local'));
  assert.equal(findLostMs(local.openRun!, at(2000)), 1_000_000);
  const text = renderFrameText(local);
  assert.match(text, /◒ running\? {3}/);
  assert.match(text, /run #42 +running\?/);
  assert.match(text, /train +running\?/);
  const [change] = updateNarration(emptyNarration, local).changes.filter(({type}) => type === 'quiet');
  assert.match(
    getLineText(renderPlainChange(change!)[0]!),
    /run running\? nothing heard from its process for 16m 40s$/,
  );
});

test('whether a run has been silent is judged by the clock of the server alone', () => {
  const withServerDate = (action: Action, date: number): Action =>
    action.type === 'news/arrived' ? {...action, serverDateAt: at(date)} : action;
  // The local clock is 15 minutes behind.
  const silent = reduceAll(
    aRunningState(),
    withServerDate(createActivityArrival({lastAt: at(100), longestPauseMs: 9000}, 605), 1505),
    withServerDate(createStackArrival('local'), 1505),
    withServerDate(createEmptyArrival(606), 1506),
    withServerDate(createEmptyArrival(607), 1507),
  );
  assert.ok(findLostMs(silent.openRun!, at(1507)) !== undefined);
});

test('a local run that was not polled for a while, as after a suspension, is not reported as dead', () => {
  const polled = reduceAll(aRunningState(), createActivityArrival({lastAt: at(590)}, 610), createStackArrival('local'));
  assert.equal(findLostMs(reduceAll(polled, tick(9000)).openRun!, at(9000)), undefined);
});

test('a remote run is not reported as dead, however long it is silent', () => {
  const silent = reduceAll(
    aRunningState(),
    tick(2000),
    createEmptyArrival(2000),
    createActivityArrival({lastAt: at(1000), longestPauseMs: 9000}, 2000),
  );
  assert.equal(findLostMs(reduceAll(silent, createStackArrival('kubernetes')).openRun!, at(2000)), undefined);
});

test('a local run whose log is still written to is running', () => {
  const busy = reduceAll(
    aRunningState(),
    tick(2000),
    createActivityArrival({lastAt: at(1990), longestPauseMs: 9000}, 2000),
    createStackArrival('local'),
  );
  assert.equal(findLostMs(busy.openRun!, at(2000)), undefined);
});

test('the log of a step that is not selected is fetched only once the step may be quiet', () => {
  const screenless = {...aRunningState(), session: {...aRunningState().session, isScreenless: true}};
  const findDueAt = (state: State) => getNeeds(state).find(({key}) => key === `activity:${train.id}`)?.dueAt;
  assert.equal(findDueAt(screenless), at(300));
  const chatty = reduceAll(screenless, tick(310), createActivityArrival({lastAt: at(305), longestPauseMs: 5000}, 310));
  assert.equal(findDueAt(chatty), at(605));
});

test('progress is shown in the row and in the overview, with the time left at this pace', () => {
  const state = reduceAll(aRunningState(), tick(800), createActivityArrival({progress}, 799.8));
  const text = renderFrameText(state);
  assert.match(text, /train epoch 5\/20/);
  assert.match(text, /progress epoch 5\/20 loss 0\.213 · 25% · ~40m left at this pace/);
});

test('the same progress again does not move the estimate', () => {
  const state = reduceAll(aRunningState(), tick(800), createActivityArrival({progress}, 799.8));
  const later = reduceAll(state, tick(860), createActivityArrival({progress}, 860));
  assert.equal(findStepProgress(later.openRun!, train)?.asOf, at(800));
  assert.equal(getProgressLeftMs(later.openRun!, at(860)).get('train'), 2_340_000);
});

test('progress in metadata is preferred to that in the log', () => {
  const detail = aDetail({attempt: train, metadata: {step: 10, total: 100}});
  const detailArrival = createArrival(`step:${train.id}`, {kind: 'step', detail}, at(700));
  const state = reduceAll(aRunningState(), detailArrival, createActivityArrival({progress}, 710));
  assert.deepEqual(findStepProgress(state.openRun!, train)?.count, {done: 10, total: 100});
});

test('the timeline shows what is left of a step by its own progress, even without previous runs', () => {
  const state = reduceAll(aRunningState(), {type: 'timeline/toggled'}, tick(800));
  const findLine = (shown: State): string => {
    const line = renderFrameText(shown)
      .split('\n')
      .find(each => /◒ train/.test(each));
    assert.ok(line !== undefined);
    return line;
  };
  assert.doesNotMatch(findLine(state), /╌/);
  const reporting = reduceAll(state, createActivityArrival({progress}, 799.8));
  const facts = getTimelineFacts(reporting.openRun!, at(800));
  assert.deepEqual(facts?.forecastsByName.get('train'), {startAt: at(800), endAt: at(3200)});
  const [, work = '', rest = ''] = /(━+)[▸╸]?(╌+)/.exec(findLine(reporting)) ?? [];
  assert.ok(rest.length > 2 * work.length && work.length > 5, findLine(reporting));
});

test('a step that reports progress is expected to end accordingly, not at its usual time', () => {
  const {table} = aRunningState().openRun!;
  assert.equal(buildForecasts(table, [pastRun], at(800)).get('train')?.endAt, at(900));
  const ends = new Map([['train', at(3200)]]);
  assert.equal(buildForecasts(table, [pastRun], at(800), ends).get('train')?.endAt, at(3200));
});

test('reported progress of a step takes precedence over its duration in previous runs', () => {
  const {table} = aRunningState().openRun!;
  assert.equal(estimateTimeLeft([pastRun], table, at(800))?.ms, 100_000);
  assert.equal(estimateTimeLeft([pastRun], table, at(800), new Map([['train', 2_400_000]]))?.ms, 2_400_000);
});
