import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {Attempt} from '../../../src/domain/attempt.js';
import type {Status} from '../../../src/domain/status.js';
import type {Group} from '../../../src/domain/step-config.js';
import type {Action} from '../../../src/store/action.js';
import {findSelectedIndex, getRows, selectLayout} from '../../../src/store/selectors.js';
import type {State} from '../../../src/store/state.js';
import {getVisibleRange} from '../../../src/store/ui/visible-range.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../../support/builders.js';
import {getStepRows} from '../../support/select.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const runId = aRun().id;

const createRowsArrival = (...items: readonly Attempt[]): Action =>
  createArrival(
    `steps:delta:${runId}`,
    {kind: 'steps', runId, subset: 'delta', size: 100, page: {items, index: 1, pageCount: 1, total: items.length}},
    at(700),
  );

const createRunArrival = (status: Status): Action =>
  createArrival(`run:${runId}`, {kind: 'run', run: aRun({status}), isHydrated: true}, at(700));

const anAttemptNow = (name: string, status: Status): Attempt => anAttempt({name, status, updatedAt: at(690)});

/** Steps a, b, c, … with the given statuses; `undefined`: the step has no step run. All but `a` are in the group. */
const aListState = (statuses: readonly (Status | undefined)[], group?: Group): State => {
  const names = statuses.map((_, index) => String.fromCharCode(97 + index));
  return aWatchingState({
    dag: aDag({steps: names.map((name, index) => aDagStep({name, group: index > 0 ? group : undefined}))}),
    attempts: statuses.flatMap((status, index) => (status ? [anAttempt({name: names[index]!, status})] : [])),
  });
};

const getSelected = (state: State): string | undefined => state.openRun?.list.selectedKey;

describe('the list in follow mode', () => {
  test('starts at the running step and stays there while it runs', () => {
    const state = aListState(['completed', 'running', 'running', undefined]);
    assert.equal(getSelected(state), 'step:b');
    assert.equal(getSelected(reduceAll(state, createRowsArrival(anAttemptNow('a', 'running')))), 'step:b');
  });

  test('moves to the next running step, and stays in place while none is running', () => {
    const state = aListState(['completed', 'running', undefined]);
    const between = reduceAll(state, createRowsArrival(anAttemptNow('b', 'completed')));
    assert.equal(getSelected(between), 'step:b');
    assert.equal(getSelected(reduceAll(between, createRowsArrival(anAttemptNow('c', 'running')))), 'step:c');
  });

  test('moves to the first failed step of a failed run', () => {
    const state = aListState(['completed', 'failed', 'running']);
    assert.equal(getSelected(state), 'step:c');
    assert.equal(getSelected(reduceAll(state, createRunArrival('failed'))), 'step:b');
  });

  test('selects a closed group while any of its steps is running', () => {
    const group = {id: 'g', name: 'embed', type: 'map'};
    const state = aListState(['completed', 'running', 'running'], group);
    assert.equal(getSelected(state), 'group:g');
    assert.equal(
      getSelected(reduceAll(state, createRowsArrival(anAttemptNow('b', 'completed'), anAttemptNow('a', 'running')))),
      'group:g',
    );
  });
});

describe('the list after the user has moved', () => {
  const moved = reduceAll(aListState(['completed', 'running', undefined]), {type: 'selection/moved', by: 1});

  test('keeps the step selected whatever arrives', () => {
    assert.equal(getSelected(moved), 'step:c');
    const rowsArrival = createRowsArrival(anAttemptNow('b', 'failed'), anAttemptNow('new', 'running'));
    assert.equal(getSelected(reduceAll(moved, rowsArrival, createRunArrival('failed'))), 'step:c');
  });

  test('keeps the step selected when the order changes', () => {
    const dag = aDag({steps: ['c', 'b', 'a'].map(name => aDagStep({name}))});
    const reordered = reduceAll(moved, createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, at(700)));
    assert.equal(getSelected(reordered), 'step:c');
    assert.equal(findSelectedIndex(reordered.openRun!), 1);
  });

  test('selects the group when the selected step becomes part of it', () => {
    const group = {id: 'g', name: 'embed', type: 'map'};
    const dag = aDag({steps: [aDagStep({name: 'a'}), aDagStep({name: 'b', group}), aDagStep({name: 'c', group})]});
    const groupedState = reduceAll(moved, createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, at(700)));
    assert.equal(getSelected(groupedState), 'group:g');
  });

  test('follows again on request', () => {
    assert.equal(getSelected(reduceAll(moved, {type: 'list/followingToggled'})), 'step:b');
  });
});

describe('moving through the list', () => {
  const state = aListState(Array.from({length: 60}, () => 'completed' as const));
  /** The index of the selected step; the row of the run is above the steps. */
  const getIndexAfter = (...actions: readonly Action[]): number =>
    findSelectedIndex(reduceAll(state, ...actions).openRun!)! - 1;

  test.each<[string, readonly Action[], number]>([
    ['by lines', [{type: 'selection/moved', by: 7}], 7],
    ['not past the end', [{type: 'selection/moved', by: 700}], 59],
    ['up to the run above the first step, and no further', [{type: 'selection/moved', by: -9}], -1],
    ['to the run from anywhere', [{type: 'selection/jumped', to: 'last'}, {type: 'run/selected'}], -1],
    ['to the last', [{type: 'selection/jumped', to: 'last'}], 59],
    [
      'to the first',
      [
        {type: 'selection/jumped', to: 'last'},
        {type: 'selection/jumped', to: 'first'},
      ],
      0,
    ],
    ['to a step by its name', [{type: 'step/selected', name: 'e'}], 4],
    [
      'nowhere if no step has the name',
      [
        {type: 'selection/jumped', to: 'last'},
        {type: 'step/selected', name: 'none'},
      ],
      59,
    ],
  ])('%s', (_, actions, expected) => {
    assert.equal(getIndexAfter(...actions), expected);
  });

  test('moves by a page less one line, so that one line stays visible', () => {
    const {list} = selectLayout(state);
    assert.equal(getIndexAfter({type: 'selection/paged', pages: 1}), list!.height - 1);
    assert.equal(getIndexAfter({type: 'selection/paged', pages: 1}, {type: 'selection/paged', pages: -1}), 0);
  });
});

describe('groups', () => {
  const group = {id: 'g', name: 'embed', type: 'map'};
  const listKeys = (state: State): readonly string[] => getStepRows(state.openRun!).map(({key}) => key);
  const state = aListState(['completed', 'completed', 'completed'], group);
  const open = reduceAll(state, {type: 'selection/jumped', to: 'last'}, {type: 'group/toggled'});

  test('are closed at first, and show their items in place once opened', () => {
    assert.deepEqual(listKeys(state), ['step:a', 'group:g']);
    assert.deepEqual(listKeys(open), ['step:a', 'group:g', 'step:b', 'step:c']);
    assert.equal(getSelected(open), 'group:g');
  });

  test('can be closed from any of their items, which selects the group', () => {
    const closed = reduceAll(open, {type: 'selection/jumped', to: 'last'}, {type: 'group/toggled'});
    assert.deepEqual(listKeys(closed), ['step:a', 'group:g']);
    assert.equal(getSelected(closed), 'group:g');
  });

  test('with a single step have no row of their own, except for a map', () => {
    const custom = reduceAll(aListState(['completed', 'completed'], {...group, type: 'custom'}), {
      type: 'selection/jumped',
      to: 'last',
    });
    assert.deepEqual(listKeys(custom), ['step:a', 'step:b']);
    assert.equal(getSelected(reduceAll(custom, {type: 'group/toggled'})), 'step:b');
    assert.deepEqual(listKeys(aListState(['completed', 'completed'], group)), ['step:a', 'group:g']);
  });

  test('are laid out again when a new step arrives, but not when a status changes', () => {
    const before = getRows(open.openRun!);
    assert.equal(getRows(reduceAll(open, createRowsArrival(anAttemptNow('b', 'failed'))).openRun!), before);
    assert.notEqual(getRows(reduceAll(open, createRowsArrival(anAttemptNow('new', 'running'))).openRun!), before);
  });
});

describe('the visible part of a list', () => {
  const anyList = fc.record({
    count: fc.integer({min: 1, max: 6000}),
    height: fc.integer({min: 1, max: 100}),
    top: fc.integer({min: -10, max: 7000}),
    /** Where the selection is in the list, as a fraction of its length. */
    position: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
  });

  test('always includes the selection, is full, and never exceeds the list', () => {
    fc.assert(
      fc.property(anyList, ({count, height, top: before, position}) => {
        const index = Math.floor(position * count);
        const {top, count: shown} = getVisibleRange(index, before, count, height);
        assert.ok(top <= index && index < top + shown);
        assert.equal(shown, Math.min(count, height));
        assert.ok(top >= 0 && top + shown <= count);
      }),
    );
  });

  test('does not move while the selection is inside it, at least one row from its ends', () => {
    fc.assert(
      fc.property(anyList, ({count, height, top: before, position}) => {
        const {top, count: shown} = getVisibleRange(Math.floor(position * count), before, count, height);
        for (let index = top + 1; index < top + shown - 1; index += 1) {
          assert.equal(getVisibleRange(index, top, count, height).top, top);
        }
      }),
    );
  });

  test('shows one more row above and below the selection if there is room', () => {
    assert.equal(getVisibleRange(10, 0, 50, 10).top, 2);
    assert.equal(getVisibleRange(2, 5, 50, 10).top, 1);
    assert.equal(getVisibleRange(10, 0, 50, 3).top, 8);
  });

  test('moves no further than necessary after one step down', () => {
    const state = aListState(Array.from({length: 26}, () => 'completed' as const));
    let before = state;
    for (let line = 0; line < 25; line++) {
      const next = reduceAll(before, {type: 'selection/moved', by: 1});
      assert.ok(Math.abs(next.openRun!.list.top - before.openRun!.list.top) <= 1);
      before = next;
    }
  });
});
