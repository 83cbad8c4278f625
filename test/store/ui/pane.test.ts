import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Action} from '../../../src/store/action.js';
import {getPaneKey, selectLayout, selectShownAttempt} from '../../../src/store/selectors.js';
import type {State} from '../../../src/store/state.js';
import {tabs} from '../../../src/store/ui/pane.js';
import {aDag, aDagStep, anAttempt, at} from '../../support/builders.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const attempts = [1, 2, 3].map(number =>
  anAttempt({number, status: number === 3 ? 'running' : 'retried', startedAt: at(number), updatedAt: at(number)}),
);
const watching = aWatchingState({dag: aDag({steps: [aDagStep(), aDagStep({name: 'deploy'})]}), attempts});
const getShownNumber = (state: State): number | undefined => selectShownAttempt(state)?.number;
const stepBy = (by: number): Action => ({type: 'attempt/stepped', by});

describe('the attempt shown in the pane', () => {
  test('is the latest until the user steps back, at most to the first', () => {
    assert.equal(getShownNumber(watching), 3);
    assert.equal(getShownNumber(reduceAll(watching, stepBy(-1))), 2);
    assert.equal(getShownNumber(reduceAll(watching, stepBy(-1), stepBy(-1), stepBy(-1))), 1);
  });

  test('stays the one the user chose when a newer one starts, and moves to the newer one if the latest was shown', () => {
    const {runId} = watching.openRun!;
    const items = [anAttempt({number: 4, status: 'running', startedAt: at(9), updatedAt: at(9)})];
    const page = {items, index: 1, pageCount: 1, total: 1};
    const next = createArrival('steps', {kind: 'steps', runId, subset: 'delta', size: 100, page}, at(700));
    assert.equal(getShownNumber(reduceAll(watching, stepBy(-1), next)), 2);
    assert.equal(getShownNumber(reduceAll(watching, next)), 4);
    assert.equal(getShownNumber(reduceAll(watching, stepBy(-1), stepBy(1), next)), 4);
  });

  test('is undefined for a step that has not started', () => {
    assert.equal(getShownNumber(reduceAll(watching, {type: 'step/selected', name: 'deploy'})), undefined);
  });
});

describe('the pane', () => {
  const scrollBy = (by: number, lineCount = 100): Extract<Action, {type: 'pane/scrolled'}> => ({
    type: 'pane/scrolled',
    by,
    lineCount,
  });
  const getTop = (state: State): number => state.openRun!.pane.topByKey.get(getPaneKey(state.openRun!)) ?? 0;

  test('scrolls no further than its last line, and keeps a position for each step and tab', () => {
    const {height} = selectLayout(watching).pane!;
    const down = reduceAll(watching, scrollBy(1000));
    assert.equal(getTop(down), 100 - height);
    assert.equal(getTop(reduceAll(down, scrollBy(-1000))), 0);
    const other = reduceAll(down, {type: 'step/selected', name: 'deploy'});
    assert.equal(getTop(other), 0);
    assert.equal(getTop(reduceAll(other, {type: 'step/selected', name: 'trainer'})), 100 - height);
    assert.equal(getTop(reduceAll(watching, scrollBy(5, 3))), 0);
  });

  test('scrolls up by one visible line, even if its content has become shorter since it was scrolled to its end', () => {
    const {height} = selectLayout(watching).pane!;
    const end = reduceAll(watching, scrollBy(1000));
    assert.equal(getTop(reduceAll(end, scrollBy(-1, 90))), 90 - height - 1);
  });

  test('keeps what was scrolled to in place when lines appear above it, and shows them if it was at the top', () => {
    /** As the view computes it: positions count from the end of the head, the lines at the top that may come and go. */
    const getTopWithHead = (state: State, head: number) => {
      const scrolledTop = state.openRun!.pane.topByKey.get(getPaneKey(state.openRun!));
      return scrolledTop === undefined ? 0 : scrolledTop + head;
    };
    const down = reduceAll(watching, {...scrollBy(7), head: 0});
    assert.equal(getTopWithHead(down, 0), 7);
    assert.equal(getTopWithHead(down, 5), 12);
    const further = reduceAll(down, {...scrollBy(1), head: 5});
    assert.equal(getTopWithHead(further, 5), 13);
    assert.equal(getTopWithHead(reduceAll(further, {...scrollBy(-1000), head: 5}), 9), 0);
  });

  test('cycles through its tabs', () => {
    const getTabAfter = (by: number): string => reduceAll(watching, {type: 'tab/stepped', by}).openRun!.pane.tab;
    assert.equal(getTabAfter(1), tabs[1]);
    assert.equal(getTabAfter(-1), tabs.at(-1));
    assert.equal(
      reduceAll(watching, ...tabs.map((): Action => ({type: 'tab/stepped', by: 1}))).openRun!.pane.tab,
      tabs[0],
    );
  });

  test('expands to the whole screen and closes again', () => {
    const open = reduceAll(watching, {type: 'pane/toggled'});
    assert.equal(selectLayout(open).list, undefined);
    assert.deepEqual(selectLayout(reduceAll(open, {type: 'pane/closed'})), selectLayout(watching));
  });

  test('remembers for each step what was expanded', () => {
    const toggle: Action = {type: 'section/toggled', section: 'traceback'};
    const expandedState = reduceAll(watching, toggle);
    assert.equal(expandedState.openRun!.pane.toggledSections.size, 1);
    const other = reduceAll(expandedState, {type: 'step/selected', name: 'deploy'}, toggle);
    assert.equal(other.openRun!.pane.toggledSections.size, 2);
    assert.equal(reduceAll(expandedState, toggle).openRun!.pane.toggledSections.size, 0);
  });
});
