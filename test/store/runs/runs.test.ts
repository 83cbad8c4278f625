import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Failure} from '../../../src/domain/failure.js';
import {toProjectId} from '../../../src/domain/ids.js';
import {noConnectionArguments} from '../../../src/domain/zentop-command.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import {hasMoreRuns, selectRunRows, selectTotalRuns} from '../../../src/store/runs/run-rows.js';
import {buildRunVocabulary} from '../../../src/store/runs/run-vocabulary.js';
import {getRunsPageKey, selectVisibleRuns} from '../../../src/store/runs/runs-needs.js';
import type {State} from '../../../src/store/state.js';
import {aRefusal, aServerInfo, at} from '../../support/builders.js';
import {startJourney} from '../../support/journey.js';
import {aListedRun, anEmptyList, aRunList, createListArrival, getRunId, listNow} from '../../support/run-lists.js';
import {createArrival, createFailedRequest, reduceAll} from '../../support/watching.js';

const getNumbers = (state: State) => selectRunRows(state).rows.map(({index}) => index);
const getSelected = (state: State) => state.runs.rowsById.get(state.runs.selectedId!)?.index;
const getKeys = (state: State) => getNeeds(state).map(({key}) => key);
const getDueKeys = (state: State) =>
  getNeeds(state)
    .filter(({dueAt}) => dueAt <= state.now)
    .map(({key}) => key);

const tick = (seconds: number): Action => ({type: 'clock/ticked', now: at(listNow + seconds)});

const buildMinutes = (count: number) => Array.from({length: count}, (_, index) => count - index);
const buildRuns = (count: number) => buildMinutes(count).map(minute => aListedRun(minute));

describe('the order of runs', () => {
  test('active runs come first, the others follow with the newest first', () => {
    const state = aRunList([aListedRun(3), aListedRun(5, 'failed'), aListedRun(1, 'running'), aListedRun(4, 'queued')]);
    assert.deepEqual(getNumbers(state), [4, 1, 5, 3]);
  });

  test('a failed run with running steps is in progress, except on servers that never reset in_progress', () => {
    const runs = [aListedRun(2, 'failed', {isInProgress: true}), aListedRun(3)];
    assert.deepEqual(getNumbers(aRunList(runs)), [2, 3]);
    const old = reduceAll(
      anEmptyList(),
      createArrival('info', {kind: 'info', info: aServerInfo({version: '0.92.0'})}, at(listNow)),
      createListArrival(runs),
    );
    assert.deepEqual(getNumbers(old), [3, 2]);
  });

  test('a run that ends moves to its place among the others', () => {
    const state = reduceAll(
      aRunList([aListedRun(3), aListedRun(2, 'running'), aListedRun(1)]),
      createListArrival([aListedRun(2, 'completed')], {subset: 'delta'}),
    );
    assert.deepEqual(getNumbers(state), [3, 2, 1]);
  });
});

describe('partially loaded lists', () => {
  const partial = aRunList(
    buildMinutes(100).map(minute => aListedRun(minute + 100)),
    {total: 200, pageCount: 2},
  );

  test('a run behind a gap is hidden until the gap is closed, unless it is active', () => {
    const state = reduceAll(
      partial,
      createListArrival([aListedRun(7), aListedRun(6, 'running')], {filters: {status: 'x'}, total: 2}),
    );
    assert.equal(getNumbers(state).length, 101);
    assert.equal(getNumbers(state)[0], 6);
    assert.ok(hasMoreRuns(state));
    const whole = reduceAll(state, createListArrival(buildRuns(100), {page: 2, pageCount: 2, total: 200}));
    assert.equal(getNumbers(whole).length, 200);
    assert.ok(!hasMoreRuns(whole));
  });

  test('a run that the total of a page already includes is not counted again when it arrives', () => {
    const state = reduceAll(
      partial,
      createListArrival(buildRuns(100), {page: 2, pageCount: 2, total: 201}),
      createListArrival([aListedRun(201, 'running')], {subset: 'delta'}),
    );
    assert.equal(selectTotalRuns(state), 201);
    assert.equal(selectTotalRuns(reduceAll(state, createListArrival([aListedRun(202)], {subset: 'delta'}))), 202);
  });

  test('the next page is fetched only when the user comes near the end', () => {
    const page2 = 'runs:page:2:';
    assert.ok(!getKeys(partial).includes(page2));
    const near = reduceAll(partial, {type: 'runs/moved', by: 60});
    assert.ok(getKeys(near).includes(page2));
    const over = reduceAll(near, createListArrival(buildRuns(100), {page: 2, pageCount: 2, total: 200}));
    assert.ok(!getKeys(over).some(key => key.startsWith('runs:page')));
  });

  test('searching for rare runs stops at a limit until the user continues it', () => {
    const createPage = (page: number) =>
      createListArrival(
        buildMinutes(100).map(minute => aListedRun(1000 - page * 100 + minute)),
        {page, pageCount: 90, total: 9000},
      );
    const state = reduceAll(
      anEmptyList(),
      {type: 'runs/filtered', text: '!pipeline:training'},
      ...[1, 2, 3, 4, 5].map(createPage),
    );
    assert.deepEqual(getNumbers(state), []);
    assert.ok(!getKeys(state).some(key => key.startsWith('runs:page')));
    assert.ok(getKeys(reduceAll(state, {type: 'runs/jumped', to: 'last'})).includes('runs:page:6:'));
  });

  test('once all runs are known, a filter sends no requests', () => {
    const filterAction: Action = {type: 'runs/filtered', text: 'status:failed'};
    assert.ok(getKeys(reduceAll(partial, filterAction)).includes('runs:page:1:status=failed'));
    const whole = aRunList([...buildRuns(5), aListedRun(6, 'failed')]);
    assert.ok(!getKeys(reduceAll(whole, filterAction)).some(key => key.startsWith('runs:page')));
    assert.deepEqual(getNumbers(reduceAll(whole, filterAction)), [6]);
  });

  test('a deleted run disappears when its page is fetched again', () => {
    const state = reduceAll(aRunList(buildRuns(5)), tick(1), {type: 'polling/demanded'});
    assert.ok(getDueKeys(state).includes('runs:page:1:'));
    const again = reduceAll(
      state,
      createListArrival(
        [5, 4, 2, 1].map(minute => aListedRun(minute)),
        {requestedAt: listNow + 10},
      ),
    );
    assert.deepEqual(getNumbers(again), [5, 4, 2, 1]);
    // A run younger than the response is new, not deleted.
    const young = reduceAll(
      again,
      createListArrival([aListedRun(60)], {subset: 'delta', requestedAt: listNow + 11}),
      createListArrival(buildRuns(2), {requestedAt: listNow + 11}),
    );
    assert.deepEqual(getNumbers(young), [60, 2, 1]);
  });
});

describe('the position of the user', () => {
  const createDelta = (...items: Parameters<typeof createListArrival>[0]) =>
    createListArrival(items, {subset: 'delta'});

  test('new runs move neither the cursor nor the visible rows', () => {
    // In the middle of the visible rows: at the edge the cursor would keep its place anyway.
    const far = reduceAll(aRunList(buildRuns(90)), {type: 'runs/moved', by: 50}, {type: 'runs/moved', by: -10});
    const findCursorRow = (state: State) => selectVisibleRuns(state).findIndex(({id}) => id === state.runs.selectedId);
    const state = reduceAll(far, createDelta(aListedRun(95), aListedRun(94)), createDelta(aListedRun(96, 'running')));
    assert.equal(getSelected(state), 50);
    assert.equal(findCursorRow(state), findCursorRow(far));
  });

  test('at the top, new runs appear above the cursor', () => {
    const state = reduceAll(aRunList(buildRuns(90)), createDelta(aListedRun(95)));
    assert.equal(getSelected(state), 90);
    assert.equal(selectVisibleRuns(state)[0]?.index, 95);
  });

  test('a filter selects its first match, and clearing it puts the cursor back where it was', () => {
    const before = reduceAll(aRunList([...buildRuns(20), aListedRun(0, 'failed')]), {type: 'runs/moved', by: 5});
    assert.equal(getSelected(before), 15);
    const filtered = reduceAll(before, {type: 'runs/filtered', text: 'status:failed'});
    assert.equal(getSelected(filtered), 0);
    assert.equal(getSelected(reduceAll(filtered, {type: 'runs/filtered', text: ''})), 15);
  });

  test('after moving under a filter the cursor stays on the selected run', () => {
    const state = reduceAll(
      aRunList([...buildRuns(20), aListedRun(0, 'failed')]),
      {type: 'runs/filtered', text: '#7'},
      {type: 'runs/moved', by: 1},
      {type: 'runs/filtered', text: ''},
    );
    assert.equal(getSelected(state), 7);
  });

  test('after leaving a run the cursor is on it, however far down it is', () => {
    const old = aListedRun(3, 'failed');
    const state = reduceAll(
      aRunList(
        buildMinutes(100).map(minute => aListedRun(minute + 100)),
        {total: 300, pageCount: 3},
      ),
      {type: 'run/opened', runId: old.id},
      createArrival(`run:${old.id}`, {kind: 'run', run: old, isHydrated: true}, at(listNow)),
      {type: 'runs/shown'},
    );
    assert.equal(getSelected(state), 3);
    assert.equal(selectVisibleRuns(state).at(-1)?.index, 3);
    assert.equal(state.openRun, undefined);
    const again = reduceAll(state, {type: 'run/reopened'});
    assert.equal(again.openRun?.run?.index, 3);
    assert.equal(again.openRun?.sync.invalidatedAt, again.now);
  });

  test('e and E move to the next and the previous failed run, wrapping around', () => {
    const failedAt = new Set([2, 5]);
    const list = startJourney(
      aRunList(buildMinutes(7).map(minute => aListedRun(minute, failedAt.has(minute) ? 'failed' : 'completed'))),
    );
    const selectedRuns = ['e', 'e', 'e', 'E', 'E', 'k', 'E'].map(key => getSelected(list.press(key).state()));
    assert.deepEqual(selectedRuns, [5, 2, 5, 2, 5, 6, 2]);
    startJourney(aRunList(buildRuns(3)))
      .press('e')
      .shows('no failed runs');
  });

  test('a run that was left moments ago is reopened as it was', () => {
    const open = reduceAll(
      aRunList(buildRuns(3)),
      {type: 'run/opened', runId: getRunId(2)},
      {type: 'tab/chosen', tab: 'logs'},
    );
    const back = startJourney(open).press('escape');
    assert.equal(back.state().screen.name, 'runs');
    assert.equal(back.press('return').state().openRun?.pane.tab, 'logs');
    assert.equal(back.press('escape', 'j', 'return').state().openRun?.pane.tab, 'overview');
  });

  test('marks stay with their runs and disappear with a deleted one', () => {
    const state = reduceAll(
      aRunList(buildRuns(5)),
      {type: 'runs/marked', id: getRunId(4)},
      {type: 'runs/marked', id: getRunId(2)},
      {type: 'runs/marked', id: getRunId(2)},
      {type: 'runs/marked', id: getRunId(1)},
      {type: 'polling/demanded'},
      createListArrival(
        [5, 3, 2, 1].map(minute => aListedRun(minute)),
        {requestedAt: listNow + 10},
      ),
    );
    assert.deepEqual([...state.runs.markedIds], [getRunId(1)]);
  });
});

describe('keeping the list fresh', () => {
  test('a delta does not ask again for runs seen before: it starts after the newest change', () => {
    const state = reduceAll(
      aRunList(buildRuns(3)),
      createListArrival([], {subset: 'delta', requestedAt: listNow + 20}),
    );
    const newestAt = Math.max(...[...state.runs.rowsById.values()].map(({updatedAt}) => updatedAt ?? 0));
    const [delta] = getNeeds(state).filter(({key}) => key === 'runs:delta');
    assert.ok(delta?.query.kind === 'runs' && delta.query.updatedSince! > newestAt);
    assert.ok(delta.query.updatedSince! <= newestAt + 1000, 'at most one second after the newest change');
  });

  /** Time from the response of the last delta, which took `tookMs`, to the next delta, in intervals. */
  const getDeltaGap = (state: State, tookMs = 200) => {
    const arrival = createListArrival([], {subset: 'delta', requestedAt: listNow + 120});
    assert.ok(arrival.type === 'news/arrived');
    const next = reduceAll(state, tick(120), {...arrival, respondedAt: arrival.requestedAt + tookMs});
    const need = getNeeds(next).find(({key}) => key === 'runs:delta');
    return ((need?.dueAt ?? 0) - arrival.requestedAt - tookMs) / state.session.intervalMs;
  };

  test('a list without active runs is polled half as often, on a slow server even less, but at least every ten seconds', () => {
    assert.equal(getDeltaGap(aRunList([aListedRun(3, 'running')])), 2);
    assert.equal(getDeltaGap(aRunList(buildRuns(3))), 4);
    const {intervalMs} = aRunList([]).session;
    assert.equal(getDeltaGap(aRunList(buildRuns(3)), intervalMs), 10);
    assert.equal(getDeltaGap(aRunList(buildRuns(3)), 5 * intervalMs), 10_000 / intervalMs);
  });

  test('typing a filter does not send a request per letter, whereas the first page of the list is fetched immediately', () => {
    const findPageNeed = (state: State) =>
      getNeeds(state).find(({query}) => query.kind === 'runs' && query.subset === 'page');
    assert.equal(findPageNeed(anEmptyList())?.restMs, 0);
    const partly = aRunList(buildRuns(100), {total: 300, pageCount: 3});
    assert.ok((findPageNeed(reduceAll(partly, {type: 'runs/filtered', text: 'tag:x'}))?.restMs ?? 0) > 0);
  });

  test('filter values are completed in the order of their frequency, and users begin with `me`', () => {
    const withUser = (name: string) => ({user: {id: name, name}});
    const {runs: known} = aRunList([
      aListedRun(1, 'failed', withUser('bo')),
      aListedRun(2, 'failed', withUser('cy')),
      aListedRun(3, 'failed', withUser('cy')),
    ]);
    assert.deepEqual(buildRunVocabulary(known).getValues('user'), ['me', 'cy', 'bo']);
    assert.deepEqual(buildRunVocabulary(known).getValues('status').slice(0, 1), ['failed']);
  });

  test('the active run with the oldest progress is fetched first', () => {
    const createProgressArrival = (minute: number, second: number) =>
      createArrival(
        `runs:progress:${getRunId(minute)}`,
        {kind: 'run-progress', isFinal: false, runId: getRunId(minute), progress: {done: 1, total: 2}},
        at(listNow + second),
      );
    const state = reduceAll(
      aRunList([3, 2, 1].map(minute => aListedRun(minute, 'running'))),
      ...[createProgressArrival(3, 2), createProgressArrival(2, 1), createProgressArrival(1, 3)],
      tick(4),
    );
    const [need] = getNeeds(state).filter(({query}) => query.kind === 'run-progress');
    assert.equal(need?.key, `runs:progress:${getRunId(2)}`);
  });

  test('progress fetched before the run had ended is fetched again after the shortest pause, even if the run was resumed in between', () => {
    const runId = getRunId(1);
    const createProgress = (second: number, isFinal: boolean) =>
      createArrival(
        `runs:progress:${runId}`,
        {kind: 'run-progress', isFinal, runId, progress: {done: 1, total: 2}},
        at(listNow + second),
      );
    const createDelta = (status: 'running' | 'completed', second: number) =>
      createListArrival([aListedRun(1, status)], {subset: 'delta', requestedAt: listNow + second});
    const findProgressDueAt = (state: State) => getNeeds(state).find(({query}) => query.kind === 'run-progress')?.dueAt;
    const running = reduceAll(aRunList([aListedRun(1, 'running')]), createProgress(1, false));
    assert.equal(findProgressDueAt(running), at(listNow + 11) + 200);
    const ended = reduceAll(running, createDelta('completed', 2));
    // A request that took 200 ms is followed by a pause of 4 s.
    assert.equal(findProgressDueAt(ended), at(listNow + 5) + 200);
    const final = reduceAll(ended, createProgress(3, true));
    assert.equal(findProgressDueAt(final), undefined);
    const again = reduceAll(final, createDelta('running', 4), createProgress(5, false), createDelta('completed', 6));
    assert.equal(findProgressDueAt(again), at(listNow + 9) + 200);
  });

  test('the rest of a truncated delta is fetched immediately, starting at its last row', () => {
    const items = buildMinutes(100).map(minute => aListedRun(minute, 'completed', {updatedAt: at(listNow + minute)}));
    const state = reduceAll(
      aRunList(buildRuns(3)),
      createListArrival(items, {subset: 'delta', total: 240, requestedAt: listNow + 200}),
    );
    assert.equal(state.runs.watermark.at, at(listNow + 100));
    assert.ok(getDueKeys(reduceAll(state, tick(201))).includes('runs:delta'));
  });

  test('the number of runs is fetched twice a minute, and the first page again if some were deleted', () => {
    const list = reduceAll(aRunList(buildRuns(3)), tick(16));
    assert.equal(getNeeds(list).find(({key}) => key === 'runs:total')?.dueAt, at(listNow + 30) + 200);
    const createTotal = (total: number) =>
      createListArrival([aListedRun(3)], {subset: 'total', total, requestedAt: listNow + 31});
    const getDueKeysAfterTick = (state: State) => getDueKeys(reduceAll(state, tick(32)));
    const firstPageKey = getRunsPageKey({}, 1);
    assert.ok(!getDueKeysAfterTick(reduceAll(list, createTotal(3))).includes(firstPageKey));
    assert.ok(!getDueKeysAfterTick(reduceAll(list, createTotal(4))).includes(firstPageKey));
    const fewer = reduceAll(list, createTotal(2));
    assert.ok(getDueKeysAfterTick(fewer).includes(firstPageKey));
    const known = reduceAll(fewer, createListArrival([aListedRun(3), aListedRun(1)], {requestedAt: listNow + 33}));
    assert.deepEqual(getNumbers(known), [3, 1]);
    assert.ok(!getDueKeys(reduceAll(known, tick(34))).includes(firstPageKey));
  });

  test('new runs are counted, changed ones are not', () => {
    const state = reduceAll(
      aRunList(buildRuns(3), {total: 3}),
      createListArrival([aListedRun(9), aListedRun(2)], {subset: 'delta'}),
    );
    assert.equal(selectTotalRuns(state), 4);
  });

  test('unchanged rows keep their identity', () => {
    const before = aRunList(buildRuns(3));
    const state = reduceAll(before, createListArrival([aListedRun(2)], {subset: 'delta'}));
    assert.equal(state.runs.rowsById, before.runs.rowsById);
  });

  describe('a run that has ended', () => {
    const running = aListedRun(2, 'running', {updatedAt: at(listNow - 3600)});
    const ended = aListedRun(2, 'completed', {updatedAt: at(listNow)});
    const state = reduceAll(
      aRunList([aListedRun(3), running]),
      createListArrival([ended], {subset: 'delta', requestedAt: listNow + 5}),
    );
    const receiveActiveRuns = (requestedAt: number) =>
      reduceAll(state, {
        ...createListArrival([running], {subset: 'in-progress', requestedAt}),
        respondedAt: at(listNow + 8),
      } as Action);

    test('stays so when a response arrives that was requested before its end was known', () => {
      const later = receiveActiveRuns(listNow + 4);
      assert.equal(later.runs.rowsById.get(ended.id)?.status, 'completed');
      assert.deepEqual(later.runs.watermark, state.runs.watermark);
    });

    test('is in progress if a later response says so, whatever the time of its last change', () => {
      assert.equal(receiveActiveRuns(listNow + 6).runs.rowsById.get(ended.id)?.status, 'running');
    });
  });

  test('a run whose end was missed is fetched by ID, and removed if the server no longer has it', () => {
    const state = reduceAll(
      aRunList([aListedRun(3, 'running'), aListedRun(2, 'running')]),
      createListArrival([aListedRun(3, 'running')], {subset: 'in-progress'}),
    );
    const [need] = getNeeds(state).filter(({key}) => key === 'runs:missed');
    assert.ok(need?.query.kind === 'runs');
    assert.deepEqual(need.query.filters, {id: {oneOf: [getRunId(2)]}});
    const {filters} = need.query;
    const ended = reduceAll(state, createListArrival([aListedRun(2, 'failed')], {subset: 'missed', filters}));
    assert.deepEqual(getNumbers(ended), [3, 2]);
    assert.ok(!getKeys(ended).includes('runs:missed'));
    assert.deepEqual(getNumbers(reduceAll(state, createListArrival([], {subset: 'missed', filters}))), [3]);
  });

  test('a run is kept if the missed runs were requested before its own end was noticed to be missed', () => {
    const filters = {id: {oneOf: [getRunId(2)]}};
    const state = reduceAll(
      aRunList([aListedRun(3, 'running'), aListedRun(2, 'running')]),
      createListArrival([aListedRun(3, 'running')], {subset: 'in-progress'}),
      createListArrival([], {subset: 'in-progress'}),
      createListArrival([aListedRun(2, 'failed')], {subset: 'missed', filters}),
    );
    assert.deepEqual(getNumbers(state), [3, 2]);
    const need = getNeeds(state).find(({key}) => key === 'runs:missed');
    assert.ok(need?.query.kind === 'runs');
    assert.deepEqual(need.query.filters, {id: {oneOf: [getRunId(3)]}});
  });

  test('runs whose ends were missed are fetched a hundred at a time, and those after the first hundred are kept', () => {
    const runs = buildMinutes(150).map(minute => aListedRun(minute, 'running'));
    const missing = reduceAll(
      aRunList(runs, {total: 150, pageCount: 1}),
      createListArrival([], {subset: 'in-progress'}),
    );
    const endMissed = (state: State): State => {
      const need = getNeeds(state).find(({key}) => key === 'runs:missed');
      assert.ok(need?.query.kind === 'runs');
      const {filters} = need.query;
      const ids = new Set((filters.id as {oneOf: readonly string[]}).oneOf);
      const ended = runs.filter(({id}) => ids.has(id)).map(run => ({...run, ...aListedRun(run.index!, 'failed')}));
      return reduceAll(state, createListArrival(ended, {subset: 'missed', filters}));
    };
    const once = endMissed(missing);
    assert.equal(getNumbers(once).length, 150);
    const twice = endMissed(once);
    assert.ok([...twice.runs.rowsById.values()].every(({status}) => status === 'failed'));
    assert.equal(twice.runs.rowsById.size, 150);
    assert.ok(!getKeys(twice).includes('runs:missed'));
  });

  test('progress is fetched only for visible runs, one at a time, and once for finished ones', () => {
    const many = [...buildRuns(60), ...buildMinutes(60).map(minute => aListedRun(100 + minute, 'running'))];
    const state = aRunList(many);
    const progress = getNeeds(state).filter(({query}) => query.kind === 'run-progress');
    assert.equal(progress.length, 1);
    assert.ok(selectVisibleRuns(state).some(({id}) => progress[0]?.key.endsWith(id)));
    const below = reduceAll(state, {type: 'runs/jumped', to: 'last'});
    const [need] = getNeeds(below).filter(({query}) => query.kind === 'run-progress');
    assert.ok(need?.query.kind === 'run-progress' && need.query.isFinal);
    const runId = need.query.runId;
    const finalProgress = {done: 2, total: 2, failure: {step: 'trainer', exception: undefined}};
    const known = reduceAll(
      below,
      createArrival(need.key, {kind: 'run-progress', runId, isFinal: true, progress: finalProgress}, at(listNow)),
    );
    assert.ok(!getNeeds(known).some(({key}) => key === need.key), 'that of an ended run is fetched once');
  });

  test('a run that the server no longer has is gone from the list when the user leaves it', () => {
    const failure = {kind: 'not-found', detail: 'no such run'} as const;
    const back = reduceAll(
      aRunList(buildRuns(3), {total: 200, pageCount: 2}),
      {type: 'runs/selected', id: getRunId(2)},
      {type: 'run/opened', runId: getRunId(2)},
      createArrival(`run:${getRunId(2)}`, {kind: 'run', run: aListedRun(2), isHydrated: true}, at(listNow + 1)),
      createFailedRequest(`run:${getRunId(2)}`, failure, at(listNow + 2)),
      createFailedRequest(`run:${getRunId(2)}`, failure, at(listNow + 3)),
      {type: 'runs/shown'},
    );
    assert.deepEqual(getNumbers(back), [3, 1]);
    assert.equal(getSelected(back), 1);
    const again = reduceAll(back, createListArrival([aListedRun(2)], {subset: 'delta'}));
    assert.deepEqual(getNumbers(again), [3, 2, 1], 'unless the server has the run after all');
  });

  describe('the progress of an ended run that could not be fetched', () => {
    const key = `runs:progress:${getRunId(1)}`;
    const failWith = (failure: Failure) =>
      reduceAll(aRunList([aListedRun(1)]), createFailedRequest(key, failure, at(listNow + 2)));
    const listAgain = createListArrival([], {subset: 'delta', requestedAt: listNow + 3});

    test.each<Failure>([{kind: 'unreachable', host: 'zenml', reason: 'connection refused'}, aRefusal(429)])(
      'is fetched again after a failure that has nothing to do with the run: $kind',
      failure => {
        assert.ok(getKeys(failWith(failure)).includes(key));
        assert.ok(getKeys(reduceAll(failWith(failure), listAgain)).includes(key));
      },
    );

    test.each<Failure>([{kind: 'timed-out', afterMs: 30_000}, aRefusal(500), aRefusal(504)])(
      'is not fetched again if its graph may be too large: $kind',
      failure => {
        assert.ok(!getKeys(failWith(failure)).includes(key));
        assert.ok(!getKeys(reduceAll(failWith(failure), listAgain)).includes(key));
      },
    );

    test('is fetched again once the server is back from an outage, and on request', () => {
      const failure = {kind: 'timed-out', afterMs: 10_000} as const;
      const failing = reduceAll(
        aRunList([aListedRun(1)]),
        createFailedRequest('runs:delta', failure, at(listNow + 1)),
        createFailedRequest(key, failure, at(listNow + 2)),
      );
      assert.ok(!getKeys(failing).includes(key));
      assert.ok(getKeys(reduceAll(failing, listAgain)).includes(key));
      assert.ok(getKeys(reduceAll(failing, {type: 'polling/demanded'})).includes(key));
    });
  });

  test('an open run pauses polling of the list, and the shown list pauses polling of the run', () => {
    const list = aRunList(buildRuns(3));
    const open = reduceAll(list, {type: 'run/opened', runId: getRunId(2)}, tick(60));
    assert.ok(!getKeys(open).some(key => key.startsWith('runs:')));
    const back = reduceAll(open, {type: 'runs/shown'}, tick(120));
    assert.ok(getKeys(back).every(key => key.startsWith('runs:') || key === 'info'));
    assert.ok(getDueKeys(back).includes('runs:delta'));
  });

  test('the list is still polled while help is shown over it', () => {
    assert.ok(getKeys(reduceAll(aRunList(buildRuns(3)), {type: 'help/toggled'})).includes('runs:delta'));
  });
});

describe('switching project or server', () => {
  const other = {id: aRunList([]).session.project!.id, name: 'other'};

  test('another project starts with an empty list and keeps the signed-in user', () => {
    const me = {id: 'user', name: 'ada'};
    const state = reduceAll(
      aRunList(buildRuns(3)),
      createArrival('me', {kind: 'current-user', user: me}, at(listNow)),
      {type: 'runs/marked', id: getRunId(2)},
      {type: 'project/chosen', project: other},
    );
    assert.equal(state.session.project, other);
    assert.deepEqual(getNumbers(state), []);
    assert.equal(state.runs.markedIds.size, 0);
    assert.equal(state.runs.me, me);
    assert.ok(getDueKeys(state).includes('runs:page:1:'));
  });

  test('leaving a run that was opened without a known project shows the runs of its project', () => {
    const list = aRunList([]);
    const state = reduceAll(
      {...list, session: {...list.session, project: undefined}},
      {type: 'run/opened', runId: getRunId(2)},
      createArrival(`run:${getRunId(2)}`, {kind: 'run', run: aListedRun(2), isHydrated: true}, at(listNow)),
      {type: 'runs/shown'},
    );
    assert.equal(state.session.project?.id, aListedRun(2).projectId);
    assert.ok(getDueKeys(state).some(key => key.startsWith('runs:')));
  });

  test('the menu of projects starts at the current one, whether it is opened before or after the projects are known', () => {
    const state = aRunList([]);
    const here = {id: toProjectId('here'), name: 'default'};
    const projects = [{id: toProjectId('other'), name: 'other'}, here];
    const arrival = createArrival('projects', {kind: 'projects', projects}, at(listNow));
    const chosen = {...state, session: {...state.session, project: here}};
    const open = {type: 'choosing/opened', what: 'project'} as const;
    for (const {screen} of [reduceAll(chosen, open, arrival), reduceAll(chosen, arrival, open)]) {
      assert.equal(screen.name === 'choosing' && screen.selectedIndex, 1);
    }
  });

  test('the name of a project is looked up once if only its ID is known', () => {
    const list = aRunList(buildRuns(3));
    const nameless = {...list, session: {...list.session, project: {id: other.id, name: undefined}}};
    assert.ok(getKeys(nameless).includes('project'));
    const named = reduceAll(nameless, createArrival('project', {kind: 'project', project: other}, at(listNow)));
    assert.equal(named.session.project?.name, 'other');
    assert.ok(!getKeys(named).includes('project'));
  });

  test('another server starts with nothing from the previous one', () => {
    const state = reduceAll(aRunList(buildRuns(3)), {
      type: 'server/chosen',
      serverUrl: 'http://other',
      connectionArguments: noConnectionArguments,
      project: other,
    });
    assert.equal(state.session.serverUrl, 'http://other');
    assert.equal(state.requestsByKey.size, 0);
    assert.deepEqual(getNumbers(state), []);
  });
});

describe('following a pipeline', () => {
  const aFollowedState = (): State => {
    const open = reduceAll(aRunList([]), {type: 'run/opened', runId: getRunId(2)});
    const run = aListedRun(2);
    return reduceAll(
      {...open, session: {...open.session, isFollowingPipeline: true}},
      createArrival(`run:${run.id}`, {kind: 'run', run, isHydrated: true}, at(listNow)),
      createArrival(
        `steps:newest:${run.id}`,
        {
          kind: 'steps',
          runId: run.id,
          subset: 'newest',
          size: 200,
          page: {items: [], index: 1, pageCount: 1, total: 0},
        },
        at(listNow + 1),
      ),
    );
  };

  test('the next run is searched for once the open one is over, and opened with a notice', () => {
    const state = aFollowedState();
    const [need] = getNeeds(state).filter(({query}) => query.kind === 'next-run');
    assert.ok(need?.query.kind === 'next-run' && need.query.after === aListedRun(2).createdAt);
    assert.ok(need.dueAt >= (state.openRun?.overAt ?? 0) + 5000, 'the outcome of this one is shown first');
    const none = reduceAll(
      state,
      createArrival(need.key, {kind: 'next-run', afterId: getRunId(2), run: undefined}, at(listNow)),
    );
    assert.equal(none.openRun?.runId, getRunId(2));
    const next = reduceAll(
      none,
      createArrival(need.key, {kind: 'next-run', afterId: getRunId(2), run: aListedRun(9)}, at(listNow)),
    );
    assert.equal(next.openRun?.runId, getRunId(9));
    assert.equal(next.notice?.text, 'the next run: training_pipeline #9');
  });

  test('without the option no next run is searched for', () => {
    const state = aFollowedState();
    const plain = {...state, session: {...state.session, isFollowingPipeline: false}};
    assert.ok(!getNeeds(plain).some(({query}) => query.kind === 'next-run'));
  });
});
