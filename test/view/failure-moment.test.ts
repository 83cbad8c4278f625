import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {findStep} from '../../src/domain/step-table.js';
import {getNeeds} from '../../src/store/needs.js';
import type {State} from '../../src/store/state.js';
import {aDag, aDagStep, aDetail, anAttempt, anException, aRun, at} from '../support/builders.js';
import {startJourney} from '../support/journey.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const failedAttempt = anAttempt({name: 'explode', status: 'failed', startedAt: at(100), endedAt: at(590)});

/** `explode` has just failed, before `after_explosion`; `sibling` and, after it, `after_sibling` can still run. */
const createState = (...sibling: readonly Attempt[]): State =>
  reduceAll(
    aWatchingState({
      run: aRun({status: 'failed', isInProgress: true}),
      dag: aDag({
        steps: [
          aDagStep({name: 'prepare'}),
          aDagStep({name: 'explode', upstream: ['prepare']}),
          aDagStep({name: 'sibling', upstream: ['prepare']}),
          aDagStep({name: 'after_explosion', upstream: ['explode']}),
          aDagStep({name: 'after_sibling', upstream: ['sibling']}),
        ],
      }),
      attempts: [anAttempt({name: 'prepare', startedAt: at(1), endedAt: at(99)}), failedAttempt, ...sibling],
    }),
    createArrival(
      `step:${failedAttempt.id}`,
      {
        kind: 'step',
        detail: aDetail({attempt: failedAttempt, exception: anException({message: 'CUDA out of memory\nsecond line'})}),
      },
      at(600),
    ),
  );

describe('when a step of a live run has failed', () => {
  test('steps after it will not run, and are not waiting', () => {
    const user = startJourney(createState());
    user.shows(/1 completed {2}1 failed {2}1 not run {2}2 waiting/, /∅ after_explosion +not run/);
    user.shows(/⋅ after_sibling +waiting/);
    user.press('G', 'k').shows(/after_explosion +∅ not run/, 'not run  explode failed');
    user.press('t').shows('not run  explode failed').hides("won't run");
    user.press('D').shows(/not run +explode failed/);
    user
      .press('g', 'j')
      .showsCursorAt('explode')
      .shows(/feeds +∅ after_explosion/);
  });

  test('the header says that other steps may still run, even while none is running', () => {
    startJourney(createState()).shows('✗ failed, 2 steps may still run');
    const runningAttempt = anAttempt({name: 'sibling', status: 'running', startedAt: at(598)});
    startJourney(createState(runningAttempt)).shows('✗ failed, 1 step still running');
    const endedAttempt = anAttempt({name: 'sibling', startedAt: at(591), endedAt: at(599)});
    startJourney(createState(endedAttempt)).shows('✗ failed, 1 step may still run');
  });

  test('the row of the run does not point out the next step before a minute has passed', () => {
    const user = startJourney(createState()).resizeTo({columns: 80, rows: 24});
    user.wait(45).hides('(ready to start');
    user.wait(75).shows('sibling (ready to start for 2m');
  });

  test('the timeline says below the bars that the step failed, and why', () => {
    const user = startJourney(createState()).press('t', 'e');
    user.shows('explode · failed after 8m 10s · on the critical path', /error {2}CUDA out of memory$/m);
    assert.match(user.row(), /✗/);
  });
});

test('the inputs and outputs of a running step are “none yet” if it has none', () => {
  const runningAttempt = anAttempt({name: 'sibling', status: 'running', startedAt: at(598), inputs: [], outputs: []});
  startJourney(aWatchingState({dag: aDag({steps: [aDagStep({name: 'sibling'})]}), attempts: [runningAttempt]})).shows(
    'inputs   none yet',
    'outputs  none yet',
  );
});

test('an item that failed is counted below the timeline, and its error is beside its name in the details', () => {
  const group = {id: 'map:work:', name: 'work', type: 'map'} as const;
  const items = [0, 1, 2].map(item =>
    anAttempt({name: `map:work:${item}`, status: item === 1 ? 'failed' : 'completed', startedAt: at(100)}),
  );
  const state = aWatchingState({
    run: aRun({isDynamic: true}),
    dag: aDag({steps: items.map(({name}) => aDagStep({name, group}))}),
    attempts: items,
  });
  const detail = aDetail({attempt: items[1]!, exception: anException({message: 'item 1 is broken'})});
  const user = startJourney(state)
    .press('g')
    .dispatch(createArrival(`step:${items[1]!.id}`, {kind: 'step', detail}, at(600)));
  user.shows(/failed {3}map:work:1 +12s {2}item 1 is broken/);
  assert.ok(!user.lines().some(line => /item 1.*…/.test(line)));
  user.press('t').shows('work · 3 of 3 done · 1 failed · took 12s');
});

describe('a step that is about to be attempted again', () => {
  const createRetryState = (status: 'retrying' | 'retried') =>
    aWatchingState({
      dag: aDag({steps: [aDagStep({name: 'prepare'}), aDagStep({name: 'flaky', upstream: ['prepare']})]}),
      attempts: [
        anAttempt({name: 'prepare', startedAt: at(1), endedAt: at(99)}),
        anAttempt({name: 'flaky', status, startedAt: at(601), endedAt: at(610)}),
      ],
    });

  test('is not done', () => {
    startJourney(createRetryState('retrying')).shows(/1\/2 done {3}1 completed {2}1 retrying/);
    startJourney(createRetryState('retried')).shows(/1\/2 done {3}1 completed {2}1 retried/);
  });

  test('has its error fetched as soon as the attempt has failed, even while the cursor follows running steps', () => {
    const state = startJourney(createRetryState('retrying')).state();
    const id = findStep(state.openRun!.table, 'flaky')!.attempts[0]!.id;
    assert.ok((getNeeds(state).find(({key}) => key === `step:${id}`)?.restMs ?? Infinity) < 1000);
  });
});
