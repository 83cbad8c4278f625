import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import type {Action} from '../../../src/store/action.js';
import {findPreviousStep, findUnseenPreviousRun} from '../../../src/store/history/history.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, aDetail, anAttempt, aQuestion, aRun, at} from '../../support/builders.js';
import {startJourney} from '../../support/journey.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const runId = aRun().id;
const otherId = toRunId('44444444-4444-4444-8444-444444444444');
const size = {columns: 120, rows: 30};

const findDueAt = (state: State, key: string) => getNeeds(state).find(need => need.key === key)?.dueAt;

const createRunArrival = (seconds: number, changes: Partial<Run> = {}, isHydrated = true) => {
  const run = {...aRun(changes), ...(isHydrated ? {} : {config: undefined})};
  return createArrival(`run:${runId}`, {kind: 'run', run, isHydrated}, at(seconds));
};
const createPreviousArrival = (seconds: number, changes: Partial<Run>) => {
  const runs = [aRun({id: otherId, createdAt: at(-100), ...changes})];
  return createArrival(`previous-runs:${runId}`, {kind: 'previous-runs', runId, runs}, at(seconds));
};

const load = anAttempt({name: 'load', startedAt: at(1), endedAt: at(20)});
const trainer = anAttempt({status: 'running', startedAt: at(20)});
const live = aWatchingState({
  size,
  dag: aDag({steps: [aDagStep({name: 'load'}), aDagStep({name: 'trainer'})]}),
  attempts: [load, trainer],
});

describe('previous runs', () => {
  const page = reduceAll(live, {type: 'run/selected'}, createPreviousArrival(601, {status: 'running'}));

  test('are fetched again while one of them is in progress', () => {
    assert.equal(findDueAt(page, `previous-runs:${runId}`), at(611) + 200);
    const ended = reduceAll(page, createPreviousArrival(612, {status: 'completed'}));
    assert.equal(findDueAt(ended, `previous-runs:${runId}`), undefined);
    assert.equal(ended.openRun?.history.runs?.[0]?.status, 'completed');
  });

  test('are searched again, once they have ended, for a step that was unfinished when they were first searched', () => {
    const createPreviousStep = (detail: ReturnType<typeof aDetail> | undefined) =>
      createArrival('previous-step', {kind: 'previous-step', runId: otherId, name: 'trainer', detail}, at(602));
    const searched = reduceAll(page, createPreviousStep(undefined));
    assert.equal(findUnseenPreviousRun(searched.openRun!, 'trainer'), undefined);
    const ended = reduceAll(searched, createPreviousArrival(612, {status: 'completed'}));
    assert.equal(findUnseenPreviousRun(ended.openRun!, 'trainer')?.id, otherId);
    const found = reduceAll(ended, createPreviousStep(aDetail({attempt: anAttempt()})));
    assert.equal(findPreviousStep(found.openRun!, 'trainer')?.run.id, otherId);
  });
});

describe('data that never changes on its own', () => {
  const stack = {id: 'stack', name: 'default', orchestrator: undefined};
  const known = reduceAll(
    live,
    createPreviousArrival(601, {status: 'completed'}),
    createArrival('stack:stack', {kind: 'stack', stack}, at(601)),
    createArrival(`step:${load.id}`, {kind: 'step', detail: aDetail({attempt: load})}, at(601)),
  );
  const now = at(620);
  const keys = ['stack:stack', `previous-runs:${runId}`, `step:${load.id}`];
  const selections: readonly Action[] = [{type: 'run/selected'}, {type: 'step/selected', name: 'load'}];
  /** Those of `keys` that are due while the run or the step `load` is selected. */
  const findDueKeys = (state: State): readonly string[] => {
    const needs = selections.flatMap(selection => getNeeds(reduceAll(state, selection)));
    return keys.filter(key => needs.some(need => need.key === key && need.dueAt <= now));
  };
  const later = reduceAll(known, {type: 'clock/ticked', now});

  test('is not fetched again without a reason', () => {
    assert.deepEqual(findDueKeys(later), []);
  });

  test('is fetched again on request', () => {
    assert.deepEqual(findDueKeys(reduceAll(later, {type: 'polling/demanded'})), keys);
  });

  test('is fetched again after a pause', () => {
    assert.deepEqual(findDueKeys(reduceAll(later, {type: 'polling/toggled'}, {type: 'polling/toggled'})), keys);
  });

  test('is fetched again after an intervention', () => {
    const intervention = {kind: 'refresh', runId} as const;
    const outcome = {kind: 'done', text: 'refreshed'} as const;
    const acted = reduceAll(later, {type: 'intervention/started', intervention}, {type: 'intervention/ended', outcome});
    assert.deepEqual(findDueKeys(acted), keys);
  });
});

describe('the page of a live run', () => {
  test('fetches tags and metadata at once if the last response had none, and then every ten seconds', () => {
    const state = reduceAll(live, createRunArrival(605, {}, false));
    const shown = reduceAll(state, {type: 'run/selected'});
    assert.ok(findDueAt(state, `run:${runId}`)! > at(615));
    assert.ok(findDueAt(shown, `run:${runId}`)! <= at(606));
    assert.equal(findDueAt(reduceAll(shown, createRunArrival(606)), `run:${runId}`), at(616) + 200);
  });
});

describe('the status of a run', () => {
  test('stays in doubt if it was requested before the failure of a step was seen', () => {
    const failed = anAttempt({status: 'failed', startedAt: at(20), endedAt: at(605), updatedAt: at(605)});
    const page = {items: [failed], index: 1, pageCount: 1, total: 1};
    const delta = createArrival(
      `steps:delta:${runId}`,
      {kind: 'steps', runId, subset: 'delta', size: 100, page},
      at(606),
    );
    const doubted = reduceAll(live, delta);
    assert.equal(doubted.openRun?.sync.runDoubtedAt, at(606) + 200);
    const early = reduceAll(doubted, createRunArrival(606));
    assert.ok(findDueAt(early, `run:${runId}`)! <= at(606) + 200);
    assert.equal(reduceAll(early, createRunArrival(607)).openRun?.sync.runDoubtedAt, undefined);
  });
});

describe('a question that is asked while steps are running', () => {
  const waitCondition = {id: 'q', name: 'approve', question: 'Deploy?'};
  const asking = aWatchingState({
    size,
    run: aRun({isDynamic: true, waitCondition}),
    dag: aDag({
      steps: [aDagStep({name: 'trainer'})],
      waitConditions: [{id: 'q', name: 'approve', status: 'pending', question: 'Deploy?'}],
    }),
    attempts: [trainer],
  });
  const createQuestionsArrival = (seconds: number, isPending: boolean) => {
    const questions = [
      aQuestion({id: 'q', text: 'Deploy?', isPending, resolution: isPending ? undefined : 'continue'}),
    ];
    return createArrival(`questions:${runId}`, {kind: 'questions', runId, questions}, at(seconds));
  };

  test('is noticed within ten seconds', () => {
    const dynamic = aWatchingState({
      dag: aDag({steps: [aDagStep({name: 'trainer'})]}),
      run: aRun({isDynamic: true}),
      attempts: [{...trainer, startedAt: at(599)}],
    });
    assert.ok(findDueAt(dynamic, `run:${runId}`)! <= at(610) + 200);
  });

  test('is no longer shown as pending once its answer is known, although the run and the graph are older', () => {
    const pending = reduceAll(asking, createQuestionsArrival(605, true));
    startJourney(pending).shows('waiting for input: Deploy?');
    const answered = reduceAll(pending, createQuestionsArrival(608, false));
    startJourney(answered).hides('waiting for input');
    assert.ok(findDueAt(answered, `run:${runId}`)! <= at(609));
    startJourney(reduceAll(answered, createRunArrival(607, {isDynamic: true, waitCondition}))).hides(
      'waiting for input',
    );
  });
});
