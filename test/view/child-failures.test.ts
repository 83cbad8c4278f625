import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import type {Status} from '../../src/domain/status.js';
import {getNeeds} from '../../src/store/needs.js';
import type {ScreenSize} from '../../src/store/state.js';
import {renderHeader} from '../../src/view/header/header-lines.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../support/builders.js';
import {sizes, testTheme} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aSession, aWatchingState, createArrival} from '../support/watching.js';

const createStatus = (status: Status) => ({status, statusWord: status});
const failedId = toRunId('44444444-4444-4444-8444-444444444444');
const runningId = toRunId('55555555-5555-4555-8555-555555555555');

/** `prepare`, a child run that is running, and one that failed; `select` started after the failed one. */
const createState = ({run = aRun({isDynamic: true}), size}: {run?: ReturnType<typeof aRun>; size?: ScreenSize} = {}) =>
  aWatchingState({
    run,
    dag: aDag({
      steps: [aDagStep({name: 'prepare'}), aDagStep({name: 'select', upstream: ['prepare']})],
      childRuns: [
        {id: runningId, name: 'tune_2', status: createStatus('running'), startedAt: at(103), durationMs: undefined},
        {id: failedId, name: 'tune_3', status: createStatus('failed'), startedAt: at(104), durationMs: 196_000},
      ],
    }),
    attempts: [
      anAttempt({name: 'prepare', startedAt: at(1), endedAt: at(100)}),
      anAttempt({name: 'select', startedAt: at(301), endedAt: at(350)}),
    ],
    ...(size === undefined ? {} : {size}),
  });

const stepsArrival = createArrival(
  `child-dag:${failedId}`,
  {
    kind: 'child-dag',
    runId: aRun().id,
    childId: failedId,
    dag: aDag({
      steps: [
        aDagStep({name: 'sample', status: createStatus('completed'), startedAt: at(110), durationMs: 40_000}),
        aDagStep({name: 'fit', status: createStatus('failed'), startedAt: at(160), durationMs: 90_000}),
      ],
    }),
  },
  at(600),
);

test('the cursor follows a running child run while no step is running, even one that starts after the last step', () => {
  startJourney(createState()).showsCursorAt('▸ ↳ tune_2');
  const betweenSteps = aWatchingState({
    run: aRun({isDynamic: true}),
    dag: aDag({steps: [aDagStep({name: 'prepare'})]}),
    attempts: [anAttempt({name: 'prepare', startedAt: at(1), endedAt: at(100)})],
  });
  const pipeline = {...aRun().pipeline!, name: 'tune'};
  const child = aRun({id: runningId, pipeline, index: 2, startedAt: at(599)});
  startJourney(betweenSteps)
    .dispatch(createArrival('children', {kind: 'child-runs', runId: aRun().id, runs: [child]}, at(602)))
    .showsCursorAt('▸ ↳ tune #2');
});

describe('a child run that failed', () => {
  test('is found by e, like a failed step', () => {
    const user = startJourney(createState()).press('g', 'e').showsCursorAt('▸ ↳ tune_3');
    user.press('e').shows('this is the only failed child run');
    startJourney(createState()).press('G', 'E').showsCursorAt('▸ ↳ tune_3');
  });

  test('is followed by the cursor if the run failed because of it', () => {
    startJourney(createState({run: aRun({isDynamic: true, status: 'failed', isInProgress: true})})).showsCursorAt(
      '▸ ↳ tune_3',
    );
  });

  test('says in its details when it ended, how long it took, and which of its steps failed', () => {
    const user = startJourney(createState()).press('g', 'e');
    user.shows(/started {2}21:05:55 *$/m, /ended {4}21:09:11 · took 3m 16s · 5m 00s ago/);
    user.shows('enter opens it and shows why it failed', 'space lists its steps');
    user.press('space').dispatch(stepsArrival).shows('steps    2 of 2 done · fit failed');
    user.press('j', 'j').shows('ended    21:08:21 · took 1m 30s');
  });

  test.each([sizes.wide, sizes.middle, sizes.narrow])('has details that are not cut ($columns)', size => {
    const user = startJourney(createState({size})).press('g', 'e');
    user.hides(/opens.*…/).shows(/esc\s+returns/);
  });

  test('says below the timeline that it failed, after how long, and after what it started', () => {
    const user = startJourney(createState()).press('t', 'g', 'e');
    user.shows('tune_3 · child run · failed after 3m 16s', 'started 4s after prepare ended');
    user.press('space').dispatch(stepsArrival).press('j', 'j').shows('fit · step of a child run · failed after 1m 30s');
  });

  test('is part of the progress bar, which would otherwise look as if everything had completed', () => {
    const state = createState();
    const bar = renderHeader('beside', {state, openRun: state.openRun!, theme: testTheme, width: 120})[2] ?? [];
    assert.deepEqual(
      bar.filter(({text}) => text !== '').map(({text, tone}) => [text.length, tone]),
      [
        [60, 'good'],
        [30, 'bad'],
        [30, 'busy'],
      ],
    );
  });

  test('is not shown as a wait of the step that started after it', () => {
    const row = startJourney(createState())
      .press('t')
      .lines()
      .find(line => line.includes(' select '));
    assert.ok(row !== undefined);
    assert.doesNotMatch(row, /⋅/);
  });

  test('has a name that is not cut where the list has room for it', () => {
    const name = 'hyperparameter_tuning_pipeline';
    const state = aWatchingState({
      run: aRun({isDynamic: true}),
      dag: aDag({
        childRuns: [{id: failedId, name, status: createStatus('failed'), startedAt: at(1), durationMs: 1000}],
      }),
    });
    startJourney(state).shows(` ${name} `);
  });
});

test('child runs are fetched without a screen, too, for the state that is read out and for the critical path', () => {
  const state = aWatchingState({run: aRun({isDynamic: true}), session: aSession({isScreenless: true})});
  assert.ok(getNeeds(state).some(({query}) => query.kind === 'child-runs'));
});
