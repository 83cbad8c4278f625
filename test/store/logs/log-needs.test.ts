import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Instant} from '../../../src/domain/instant.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {Need} from '../../../src/store/query.js';
import {never} from '../../../src/store/requests/reduce-requests.js';
import type {State} from '../../../src/store/state.js';
import {at} from '../../support/builders.js';
import {anOpenLogState, buildEpochs, buildLogSources, createLogArrival, getLogKey} from '../../support/log-states.js';
import {buildManyEntries} from '../../support/logs.js';
import {createFailedRequest, reduceAll} from '../../support/watching.js';

const findLogNeed = (state: State): Need | undefined => getNeeds(state).find(({query}) => query.kind === 'log');

const getDueAt = (state: State): Instant | undefined => findLogNeed(state)?.dueAt;

/** Requested at 600 s; responses take 0.2 s. */
const respondedAt = at(600.2);

const ended = {status: 'completed', endedAt: at(590)} as const;

describe('the log to fetch', () => {
  test('is the visible log, identified by its source', () => {
    assert.deepEqual(findLogNeed(anOpenLogState())?.query, {
      kind: 'log',
      subject: {kind: 'step', stepId: 'step-trainer-2'},
      source: 'step',
      logsId: undefined,
    });
  });

  test('is identified by ID if several logs have the same source', () => {
    const logSources = [...buildLogSources('step'), {id: 'log-retry', source: 'step'}];
    const query = findLogNeed(anOpenLogState({logSources}))?.query;
    assert.ok(query?.kind === 'log' && query.source === 'step' && query.logsId === 'log-retry');
  });

  test('is the log of the run when that is shown', () => {
    const query = findLogNeed(reduceAll(anOpenLogState(), {type: 'log/runToggled'}))?.query;
    assert.ok(query?.kind === 'log' && query.subject.kind === 'run' && query.source === 'client');
  });

  test('is undefined if another tab is open, nothing is visible, or polling is paused', () => {
    const actions: readonly Action[] = [{type: 'tab/chosen', tab: 'overview'}, {type: 'polling/toggled'}];
    for (const action of actions) {
      assert.equal(findLogNeed(reduceAll(anOpenLogState(), action)), undefined, action.type);
    }

    const narrow = reduceAll(
      anOpenLogState(),
      {type: 'size/changed', size: {columns: 45, rows: 11}},
      {type: 'pane/closed'},
    );
    assert.equal(findLogNeed(narrow), undefined);
  });

  test('is undefined for a step served from the cache', () => {
    assert.equal(findLogNeed(anOpenLogState({status: 'cached', endedAt: at(71), logSources: []})), undefined);
  });

  test('is undefined until the available logs are known, so that none is fetched twice', () => {
    const state = reduceAll(anOpenLogState(), {type: 'step/selected', name: 'embed'});
    assert.equal(findLogNeed(state), undefined);
  });

  test('uses the source name of older versions, or the default source if there is no list', () => {
    const old = findLogNeed(anOpenLogState({logSources: buildLogSources('execution')}))?.query;
    assert.ok(old?.kind === 'log' && old.source === 'execution' && old.logsId === undefined);
    const oldest = findLogNeed(anOpenLogState({logSources: []}))?.query;
    assert.ok(oldest?.kind === 'log' && oldest.source === 'step' && oldest.logsId === undefined);
  });
});

describe('when the log is fetched', () => {
  test.each<[string, State, Instant]>([
    ['at once', anOpenLogState(), Number.NEGATIVE_INFINITY],
    [
      'every 5 s while the step runs',
      reduceAll(anOpenLogState(), createLogArrival(buildEpochs(10))),
      respondedAt + 5000,
    ],
    [
      'every 15 s if the log is large',
      reduceAll(anOpenLogState(), createLogArrival(buildManyEntries(10_001))),
      respondedAt + 15_000,
    ],
    [
      'every minute if the log has reached the limit of the server',
      reduceAll(anOpenLogState(), createLogArrival(buildManyEntries(50_000))),
      respondedAt + 60_000,
    ],
    [
      'once more when the last batch has been written',
      reduceAll(anOpenLogState({status: 'completed', endedAt: at(598)}), createLogArrival(buildEpochs(10))),
      at(604),
    ],
    ['never again after that', reduceAll(anOpenLogState(ended), createLogArrival(buildEpochs(10))), never],
    [
      'at once when a refresh is requested',
      reduceAll(
        anOpenLogState(ended),
        createLogArrival(buildEpochs(10)),
        {type: 'clock/ticked', now: at(610)},
        {type: 'polling/demanded'},
      ),
      Number.NEGATIVE_INFINITY,
    ],
    [
      'not again if the step is gone',
      reduceAll(anOpenLogState(), createFailedRequest(getLogKey('step'), {kind: 'not-found', detail: ''}, at(601))),
      never,
    ],
  ])('%s', (_, state, expected) => {
    assert.equal(getDueAt(state), expected);
  });

  test('soon again after a failure', () => {
    const due = getDueAt(
      reduceAll(
        anOpenLogState(),
        createFailedRequest(getLogKey('step'), {kind: 'timed-out', afterMs: 10_000}, at(601)),
      ),
    );
    assert.ok(due !== undefined && due > at(601) && due < at(606), `${due}`);
  });
});

test('only a few logs are kept: one that was not viewed for a long time is fetched again', () => {
  const state = reduceAll(
    anOpenLogState(ended),
    createLogArrival(buildEpochs(10)),
    ...['a', 'b', 'c', 'd'].map(source => createLogArrival(buildEpochs(3), source)),
  );
  assert.equal(state.openRun?.logs.tailsByKey.size, 4);
  assert.equal(getDueAt(state), Number.NEGATIVE_INFINITY);
});

test('an unchanged log changes nothing', () => {
  const state = reduceAll(anOpenLogState(), createLogArrival(buildEpochs(10)));
  assert.equal(reduceAll(state, createLogArrival(buildEpochs(10), 'step', at(605))).openRun?.logs, state.openRun?.logs);
});

test('a log that was replaced is followed from its end', () => {
  const read = reduceAll(anOpenLogState(), createLogArrival(buildEpochs(100)), {
    type: 'log/moved',
    to: {number: 3, row: 0, lead: 0},
  });
  assert.equal(read.openRun?.logs.positionByKey.size, 1);
  assert.equal(reduceAll(read, createLogArrival(buildEpochs(5))).openRun?.logs.positionByKey.size, 0);
});
