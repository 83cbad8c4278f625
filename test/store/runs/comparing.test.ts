import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Run} from '../../../src/domain/run.js';
import {getNeeds} from '../../../src/store/needs.js';
import {reduce} from '../../../src/store/reducer.js';
import {getComparedRunKey} from '../../../src/store/runs/comparing-needs.js';
import type {State} from '../../../src/store/state.js';
import {at} from '../../support/builders.js';
import {startJourney} from '../../support/journey.js';
import {aListedRun, aRunList, getRunId, listNow} from '../../support/run-lists.js';
import {createArrival, reduceAll} from '../../support/watching.js';

const createComparedArrival = (run: Run) =>
  createArrival(getComparedRunKey(run.id), {kind: 'compared-run', run, metadata: {}}, at(listNow));

const aComparingState = (...runs: readonly Run[]): State =>
  reduceAll(aRunList(runs), {type: 'comparing/opened', runIds: runs.map(({id}) => id)});

const createStepsArrivals = ({id: runId}: Run, requestedAt: number) => [
  createArrival(`runs:compared-steps:${runId}`, {kind: 'compared-steps', runId, steps: []}, at(requestedAt)),
  createArrival(
    `runs:compared-parameters:${runId}`,
    {kind: 'compared-parameters', runId, parameters: {}},
    at(requestedAt),
  ),
];

const findStepsKeys = (state: State) =>
  getNeeds(state)
    .filter(({key, dueAt}) => /compared-(?:steps|parameters)/.test(key) && Number.isFinite(dueAt))
    .map(({key}) => key);
const findDueAt = (state: State, run: Run) => getNeeds(state).find(({key}) => key === getComparedRunKey(run.id))?.dueAt;

describe('comparing runs', () => {
  test('polls an active run, and less often a finished one, which may be tagged or resumed', () => {
    const [over, active] = [aListedRun(1), aListedRun(2, 'running')];
    const state = reduceAll(aComparingState(over, active), createComparedArrival(over), createComparedArrival(active));
    assert.equal(findDueAt(state, over), at(listNow) + 200 + 60_000);
    assert.equal(findDueAt(state, active), at(listNow) + 200 + 10_000);
  });

  test('fetches the steps of a finished run once', () => {
    const over = aListedRun(1, 'completed', {endedAt: at(90)});
    const state = reduceAll(aComparingState(over), createComparedArrival(over), ...createStepsArrivals(over, listNow));
    assert.deepEqual(findStepsKeys(state), []);
  });

  test('fetches steps once more if they were fetched before the run had ended', () => {
    const active = aListedRun(1, 'running');
    const over = {...active, status: 'completed', endedAt: at(listNow - 1)} as const;
    const state = reduceAll(
      aComparingState(active),
      ...createStepsArrivals(active, listNow - 5),
      createComparedArrival(over),
    );
    assert.equal(findStepsKeys(state).length, 2);
    assert.deepEqual(findStepsKeys(reduceAll(state, ...createStepsArrivals(over, listNow + 5))), []);
  });

  test('keeps what has been fetched of all compared runs, however many there are', () => {
    const runs = Array.from({length: 30}, (_, index) => aListedRun(30 - index));
    const state = reduceAll(aComparingState(...runs), ...runs.map(createComparedArrival));
    assert.deepEqual(
      runs.filter(({id}) => state.runs.comparison.get(id)?.run === undefined),
      [],
    );
  });

  test('fetches everything again on request', () => {
    const over = aListedRun(1, 'completed', {endedAt: at(90)});
    const known = reduceAll(aComparingState(over), createComparedArrival(over), ...createStepsArrivals(over, listNow));
    const now = at(listNow + 20);
    const state = reduceAll(known, {type: 'clock/ticked', now}, {type: 'polling/demanded'});
    const due = getNeeds(state).filter(({key, dueAt}) => key.startsWith('runs:compared') && dueAt <= now);
    assert.equal(due.length, 3);
  });

  test('compares a single marked run with the selected one, the older one first', () => {
    const list = startJourney(aRunList([3, 2, 1].map(minute => aListedRun(minute))));
    list.press('c').shows('mark a run with space').press('space', 'c').shows('mark a run with space');
    const {screen} = list.press('j', 'c').state();
    assert.deepEqual(screen.name === 'comparing' && screen.runIds, [getRunId(2), getRunId(3)]);
  });

  test('shifts no further than the last run', () => {
    const shift = (by: number) =>
      reduce(aComparingState(aListedRun(1), aListedRun(2)), {type: 'comparing/shifted', by}).screen;
    assert.deepEqual(
      [shift(5), shift(-5)].map(screen => screen.name === 'comparing' && screen.left),
      [1, 0],
    );
  });

  test('scrolls no further than the last line, so that scrolling up takes effect at once', () => {
    const steps = Array.from({length: 60}, (_, index) => ({
      name: `step_${index}`,
      status: undefined,
      durationMs: undefined,
    }));
    const run = aListedRun(1);
    const arrival = createArrival('runs:compared-steps', {kind: 'compared-steps', runId: run.id, steps}, at(listNow));
    const user = startJourney(reduceAll(aComparingState(run), createComparedArrival(run), arrival));
    user.press('G').shows('step_59').press('j', 'j', 'pagedown').shows('step_59').press('k').hides('step_59');
    user.press('home', 'k').shows('step_0');
  });

  test('remembers the twenty most recently viewed runs', () => {
    const runs = Array.from({length: 25}, (_, index) => aListedRun(index + 1));
    const {comparison} = reduceAll(
      aRunList(runs),
      ...runs.map(createComparedArrival),
      createComparedArrival(aListedRun(6)),
    ).runs;
    assert.equal(comparison.size, 20);
    assert.ok(comparison.has(getRunId(6)) && !comparison.has(getRunId(5)));
  });
});
