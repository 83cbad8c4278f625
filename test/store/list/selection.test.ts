import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../../src/domain/attempt.js';
import type {Action} from '../../../src/store/action.js';
import {isGroupOpen} from '../../../src/store/list/arranged-rows.js';
import {defaultArrangement} from '../../../src/store/list/arrangement.js';
import {isTimeDependent} from '../../../src/store/list/chunk-filter.js';
import {extendTrail, findTrailEnd} from '../../../src/store/list/selection.js';
import {type Entry, sortEntries} from '../../../src/store/list/sort-entries.js';
import {getRows} from '../../../src/store/selectors.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../../support/builders.js';
import {aLiveState, aMappedState, anEndedState} from '../../support/screens.js';
import {getStepRows, withSelected} from '../../support/select.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const getList = ({openRun}: State) => openRun!.list;
const getKeys = ({openRun}: State) => getStepRows(openRun!).map(({key}) => key);

const select = (name: string): Action => ({type: 'step/selected', name});
const filter = (text: string): readonly Action[] => [
  {type: 'field/opened', purpose: 'steps'},
  {type: 'field/erased', isWhole: true},
  ...[...text].map((character): Action => ({type: 'field/typed', text: character})),
  {type: 'field/kept'},
];

const createStepsArrival = (...items: readonly Attempt[]): Action =>
  createArrival(
    `steps:delta:${aRun().id}`,
    {
      kind: 'steps',
      runId: aRun().id,
      subset: 'delta',
      page: {items, index: 1, pageCount: 1, total: items.length},
      size: 100,
    },
    at(602),
  );

const embedEndArrival = createStepsArrival(anAttempt({name: 'embed', startedAt: at(18), endedAt: at(602)}));

describe('the selected step', () => {
  test('moves to the next visible step while a filter hides it, and returns when the filter is cleared', () => {
    const filtered = reduceAll(aLiveState(), select('split'), ...filter('status:running'));
    assert.deepEqual(getKeys(filtered), ['step:embed', 'step:trainer']);
    assert.equal(getList(filtered).selectedKey, 'step:embed');
    const cleared = reduceAll(filtered, {type: 'list/cleared'});
    assert.equal(getList(cleared).selectedKey, 'step:split');
    assert.equal(getList(cleared).wantedKey, undefined);
  });

  test('moves to the previous visible step if none follows', () => {
    assert.equal(
      getList(reduceAll(aLiveState(), select('deploy'), ...filter('status:running'))).selectedKey,
      'step:trainer',
    );
  });

  test('stays on the group that was selected in its place when the steps of the group end', () => {
    const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
    const items = ['map:embed:0', 'map:embed:1'];
    const state = aWatchingState({
      dag: aDag({
        steps: [
          aDagStep({name: 'load'}),
          aDagStep({name: 'split'}),
          ...items.map(name => aDagStep({name, group})),
          aDagStep({name: 'watch'}),
        ],
      }),
      attempts: [
        anAttempt({name: 'split'}),
        ...['load', ...items, 'watch'].map(name => anAttempt({name, status: 'running'})),
      ],
    });
    const filtered = reduceAll(state, select('split'), ...filter('status:running'));
    assert.equal(getList(filtered).selectedKey, 'group:map:embed:');
    const ended = reduceAll(filtered, createStepsArrival(...items.map(name => anAttempt({name, endedAt: at(602)}))));
    assert.deepEqual(getKeys(ended), ['step:load', 'group:map:embed:', 'step:watch']);
    assert.equal(getList(ended).selectedKey, 'group:map:embed:');
  });

  test('stays where the user moved it while the filter was active', () => {
    const moved = reduceAll(aLiveState(), select('split'), ...filter('status:running'), {
      type: 'selection/moved',
      by: 1,
    });
    assert.equal(getList(reduceAll(moved, {type: 'list/cleared'})).selectedKey, 'step:trainer');
  });

  test('does not change while the filter matches nothing', () => {
    const nothing = reduceAll(aLiveState(), select('split'), ...filter('zzz'));
    assert.deepEqual(getKeys(nothing), []);
    assert.equal(getList(nothing).selectedKey, 'step:split');
    assert.equal(getList(reduceAll(nothing, {type: 'list/cleared'})).selectedKey, 'step:split');
  });

  test('stays in the list when news would filter it out, until the user moves', () => {
    const hiding = reduceAll(aLiveState(), select('embed'), {type: 'list/successfulToggled'});
    const done = reduceAll(hiding, embedEndArrival);
    assert.equal(getList(done).selectedKey, 'step:embed');
    assert.ok(getKeys(done).includes('step:embed'));
    assert.equal(getRows(done.openRun!).hiddenCount, 4);
    const moved = reduceAll(done, {type: 'selection/moved', by: 1});
    assert.equal(getList(moved).selectedKey, 'step:report');
    assert.ok(!getKeys(moved).includes('step:embed'));
  });

  test('is kept by name when the order changes', () => {
    const sorted = reduceAll(aLiveState(), select('report'), {type: 'list/sorted'});
    assert.deepEqual(getKeys(sorted).slice(0, 3), ['step:embed', 'step:trainer', 'step:validate']);
    assert.equal(getList(sorted).selectedKey, 'step:report');
  });
});

test('follow mode selects a running step that matches the filter', () => {
  const following = reduceAll(aLiveState(), ...filter('train'));
  assert.equal(getList(following).selectedKey, 'step:trainer');
  assert.ok(getList(following).isFollowing);
});

test('the sort orders cycle, each in both directions', () => {
  const orders: string[] = [];
  let state = aLiveState();
  for (let turn = 0; turn < 5; turn++) {
    state = reduceAll(state, {type: 'list/sorted'});
    orders.push(getList(state).arrangement.order);
  }

  assert.deepEqual(orders, ['duration', 'status', 'start', 'name', 'pipeline']);
  const byStatus = reduceAll(aLiveState(), {type: 'list/sorted'}, {type: 'list/sorted'});
  assert.equal(getKeys(byStatus)[0], 'step:report');
  const byName = reduceAll(byStatus, {type: 'list/sorted'}, {type: 'list/sorted'});
  assert.deepEqual(getKeys(byName), getKeys(byName).toSorted());
  const reversed = reduceAll(byStatus, {type: 'list/reversed'});
  assert.equal(getKeys(reversed)[0], 'step:load_data');
  assert.deepEqual(getKeys(reduceAll(aLiveState(), {type: 'list/reversed'})), getKeys(aLiveState()).toReversed());
});

test('running steps overtake finished ones as time passes, every five seconds', () => {
  const state = reduceAll(
    aLiveState(),
    createStepsArrival(anAttempt({name: 'evaluate', status: 'running', startedAt: at(600), updatedAt: at(600)})),
    {type: 'list/sorted'},
  );
  const getIndex = (shown: State, name: string) => getKeys(shown).indexOf(`step:${name}`);
  const getStateAt = (seconds: number) => reduceAll(state, {type: 'clock/ticked', now: at(seconds)});
  assert.ok(getIndex(state, 'evaluate') > getIndex(state, 'report'));
  assert.ok(getIndex(getStateAt(603), 'evaluate') > getIndex(getStateAt(603), 'report'));
  assert.ok(getIndex(getStateAt(607), 'evaluate') < getIndex(getStateAt(607), 'report'));
});

describe('a group', () => {
  const group = 'group:map-1';

  test('is open while a filter is active and shows only the matching steps', () => {
    const filtered = reduceAll(aMappedState(), ...filter('status:failed'));
    assert.deepEqual(getKeys(filtered), [group, 'step:embed:7']);
    const closed = reduceAll(withSelected(filtered, group), {type: 'group/toggled'});
    assert.deepEqual(getKeys(closed), [group]);
    assert.deepEqual(getKeys(reduceAll(closed, {type: 'list/cleared'})), getKeys(aMappedState()));
  });

  test('stays closed if more than 200 of its steps match, unless the user opens it', () => {
    const isOpen = (matchCount: number, toggled: readonly string[] = []) =>
      isGroupOpen('map-1', matchCount, new Set(), {
        ...defaultArrangement,
        filter: 'x',
        toggledGroups: new Set(toggled),
      });
    assert.deepEqual([isOpen(0), isOpen(1), isOpen(200), isOpen(201)], [false, true, true, false]);
    assert.ok(isOpen(201, ['map-1']));
    assert.equal(getKeys(reduceAll(aMappedState(), ...filter('embed'))).length, 1 + 200);
  });

  test('that is still running is sorted by its time so far, not by its finished steps', () => {
    const {table} = aMappedState().openRun!;
    const entries: readonly Entry[] = [
      {kind: 'step', index: 0},
      {kind: 'group', groupId: 'map-1', index: 1, members: [1]},
    ];
    const sortAt = (asOf: number) =>
      sortEntries(entries, {...defaultArrangement, order: 'duration', asOf, table, isRunOver: false});
    // Its first step started at 20 s and its last one ended at 154 s; the previous step took 8 s.
    assert.deepEqual([sortAt(at(25))[0]?.kind, sortAt(at(300))[0]?.kind], ['step', 'group']);
  });

  test('opens when the user goes to one of its steps, and going back returns to the previous step', () => {
    const there = reduceAll(aMappedState(), select('list_files'), {type: 'step/selected', name: 'embed:7'});
    assert.equal(getList(there).selectedKey, 'step:embed:7');
    assert.ok(getList(there).openIds.has('map-1'));
    assert.equal(getList(reduceAll(there, {type: 'step/returned'})).selectedKey, 'step:list_files');
  });

  test('opens when the user goes to one of its steps that a filter hides', () => {
    const there = reduceAll(aMappedState(), ...filter('list'), {type: 'step/selected', name: 'embed:7'});
    assert.equal(getList(there).selectedKey, 'step:embed:7');
    assert.ok(getKeys(there).includes('step:embed:7'));
  });

  test('stays in the list if successful steps are hidden and some of its steps have not succeeded', () => {
    const hidden = reduceAll(aMappedState(), {type: 'list/successfulToggled'});
    assert.deepEqual(getKeys(hidden), [group, 'step:collect']);
    assert.equal(getRows(hidden.openRun!).hiddenCount, 130);
  });
});

test('the next sort order is not reversed, even if the previous one was', () => {
  const {arrangement} = getList(
    reduceAll(aLiveState(), {type: 'list/sorted'}, {type: 'list/reversed'}, {type: 'list/sorted'}),
  );
  assert.deepEqual([arrangement.order, arrangement.isReversed], ['status', false]);
});

test('a list sorted by duration changes by itself only while something is unfinished', () => {
  const isTimeDependentByDuration = (state: State) => isTimeDependent(reduceAll(state, {type: 'list/sorted'}).openRun!);
  assert.deepEqual([isTimeDependentByDuration(aLiveState()), isTimeDependentByDuration(anEndedState())], [true, false]);
  assert.equal(isTimeDependent(aLiveState().openRun!), false);
});

test('a position is remembered once, however often it is left', () => {
  const current = {...getList(aLiveState()), selectedKey: 'step:load'};
  const afterLeaving = {...current, trail: extendTrail(current)};
  assert.deepEqual(extendTrail(afterLeaving), ['step:load']);
});

test('going back skips positions that are selected already', () => {
  const followed = reduceAll(withSelected(aLiveState(), 'step:split'), {type: 'step/selected', name: 'report'});
  const moved = {...followed, openRun: {...followed.openRun!, list: {...getList(followed), selectedKey: 'step:split'}}};
  assert.equal(findTrailEnd(getList(moved)), undefined);
  assert.equal(findTrailEnd(getList(followed)), 0);
});

describe('typing the number of a step', () => {
  const typeNumber = (state: State, text: string) =>
    reduceAll(
      state,
      {type: 'field/opened', purpose: 'step-number'},
      ...[...text].map((character): Action => ({type: 'field/typed', text: character})),
    );

  test('goes to its place in the pipeline, whatever the sort order', () => {
    const sorted = reduceAll(aLiveState(), {type: 'list/sorted'});
    assert.equal(getList(typeNumber(sorted, '5')).selectedKey, 'step:report');
    assert.equal(getList(typeNumber(aLiveState(), '999')).selectedKey, 'step:deploy');
    assert.equal(getList(typeNumber(aLiveState(), '0')).selectedKey, 'step:load_data');
  });

  test('opens a group only once the number is complete', () => {
    const typing = typeNumber(reduceAll(aMappedState(), select('list_files')), '9');
    assert.equal(getList(typing).selectedKey, 'group:map-1');
    assert.equal(getList(typing).openIds.size, 0);
    const kept = reduceAll(typing, {type: 'field/kept'});
    assert.equal(getList(kept).selectedKey, 'step:embed:7');
    assert.equal(getList(reduceAll(kept, {type: 'step/returned'})).selectedKey, 'step:list_files');
  });

  test('leaves the user where they were after cancelling, with nothing to go back to', () => {
    const back = reduceAll(typeNumber(withSelected(aLiveState(), 'step:split'), '7'), {type: 'field/cleared'});
    assert.equal(getList(back).selectedKey, 'step:split');
    assert.deepEqual(getList(back).trail, []);
  });

  test('does not change what the user can go back to, whether it is cancelled or kept', () => {
    const [first = '', second = ''] = getKeys(aLiveState());
    const left = reduceAll(withSelected(aLiveState(), first), select(second.replace('step:', '')));
    const returned = reduceAll(left, {type: 'selection/moved', by: -1});
    assert.deepEqual([getList(returned).selectedKey, getList(returned).trail], [first, [first]]);
    const cancelled = reduceAll(typeNumber(returned, '7'), {type: 'field/cleared'});
    assert.deepEqual([getList(cancelled).selectedKey, getList(cancelled).trail], [first, [first]]);
    const kept = reduceAll(typeNumber(returned, '7'), {type: 'field/kept'});
    assert.deepEqual(getList(kept).trail, [first]);
  });
});
