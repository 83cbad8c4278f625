import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../../src/domain/attempt.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {Query, StepsSubset} from '../../../src/store/query.js';
import {findDeltaStart, initialWatermark} from '../../../src/store/requests/watermark.js';
import {withSync} from '../../../src/store/run/open-run.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, aDetail, anAttempt, aRun, aServerInfo, at} from '../../support/builders.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

type StepsQuery = Extract<Query, {readonly kind: 'steps'}>;

const runId = aRun().id;
const getStepsKey = (subset: StepsSubset): string => `steps:${subset}:${runId}`;

/** All deltas have the key of `delta`, whichever `subset` they request. */
const createRowsArrival = (
  keySubset: StepsSubset,
  items: readonly Attempt[],
  requestedAt: number,
  total = items.length,
  size = 100,
  subset = keySubset,
): Action =>
  createArrival(
    getStepsKey(keySubset),
    {kind: 'steps', runId, subset, size, page: {items, index: 1, pageCount: 1, total}},
    requestedAt,
  );

const server = aServerInfo();

const findNeed = (state: State, keySubset: StepsSubset): {query: StepsQuery; dueAt: number} | undefined => {
  const need = getNeeds(state).find(({key}) => key === getStepsKey(keySubset));
  return need && {query: need.query as StepsQuery, dueAt: need.dueAt};
};

const watching = aWatchingState({
  dag: aDag({steps: [aDagStep({name: 'trainer'})]}),
  attempts: [anAttempt({status: 'running'})],
});

/** Rows written `everyMs` apart. */
const buildRows = (count: number, from: number, everyMs: number): readonly Attempt[] =>
  Array.from({length: count}, (_, index) =>
    anAttempt({name: `item_${index}`, startedAt: from, updatedAt: from + index * everyMs}),
  );

describe('the watermark', () => {
  const lastAt = at(599) + 700;
  const seen = aWatchingState({attempts: [anAttempt({status: 'running', updatedAt: lastAt})]});
  const getSince = (state: State): number | undefined => findNeed(state, 'delta')!.query.updatedSince;

  test('is the newest time that the server wrote into a row, whatever the Date of the response', () => {
    for (const dateAt of [at(-600), at(600), at(9000)]) {
      const dated = {
        ...createRowsArrival('delta', [anAttempt({name: 'next', updatedAt: at(650)})], at(651)),
        serverDateAt: dateAt,
      };
      const state = reduceAll(
        seen,
        dated as Action,
        {...createRowsArrival('delta', [], at(651)), serverDateAt: dateAt} as Action,
      );
      assert.equal(state.openRun?.sync.watermark.at, at(650));
      assert.equal(getSince(state), at(649));
    }
  });

  test('moves to the end of its second once that is over, so that an unfinished row is not sent repeatedly', () => {
    assert.equal(getSince(seen), at(599));
    assert.equal(getSince(reduceAll(seen, createRowsArrival('delta', [], at(600) + 600))), at(599));
    const closed = reduceAll(seen, createRowsArrival('delta', [], at(601)));
    assert.equal(getSince(closed), at(600));
    assert.equal(
      getSince(reduceAll(closed, createRowsArrival('delta', [], at(690)))),
      at(600),
      'and no further, however much time passes',
    );
    const next = reduceAll(
      closed,
      createRowsArrival('delta', [anAttempt({name: 'next', updatedAt: at(600) + 100})], at(600) + 900),
    );
    assert.equal(next.openRun?.sync.watermark.at, at(600) + 100);
    assert.equal(getSince(next), at(600), 'what was before that second has been seen');
  });

  test('is undefined while there are no rows, so that all rows are fetched', () => {
    const empty = aWatchingState();
    assert.equal(getSince(empty), undefined);
    assert.equal(getSince(reduceAll(empty, createRowsArrival('delta', [], at(601)))), undefined);
    const first = reduceAll(
      empty,
      createRowsArrival('delta', [anAttempt({status: 'running', updatedAt: at(601)})], at(602)),
    );
    assert.equal(getSince(first), at(600));
  });

  test('is not moved by a later list of the newest rows', () => {
    const newest = [anAttempt({name: 'next', updatedAt: at(699)})];
    assert.equal(reduceAll(seen, createRowsArrival('newest', newest, at(700))).openRun?.sync.watermark.at, lastAt);
  });

  test('never decreases', () => {
    const old = anAttempt({name: 'old', updatedAt: at(500)});
    assert.equal(reduceAll(seen, createRowsArrival('delta', [old], at(600) + 500)).openRun?.sync.watermark.at, lastAt);
  });

  test('gets a larger overlap when a row arrives late, as from another server with another clock', () => {
    const late = anAttempt({status: 'completed', updatedAt: lastAt - 5000});
    const state = reduceAll(seen, createRowsArrival('newest', [late], at(610)));
    assert.equal(state.openRun?.table.counts.completed, 1);
    assert.equal(state.openRun?.sync.watermark.lookBackMs, 6000);
    assert.ok(getSince(state)! <= lastAt - 5000);
  });

  test('does not get a larger overlap for a retried row, whose time does not move', () => {
    const retrying = reduceAll(
      seen,
      createRowsArrival('delta', [anAttempt({status: 'retrying', updatedAt: lastAt})], at(601)),
    );
    const next = anAttempt({number: 2, status: 'running', updatedAt: at(640)});
    const state = reduceAll(retrying, createRowsArrival('delta', [next], at(641)));
    const retried = reduceAll(
      state,
      createRowsArrival('retried', [anAttempt({status: 'retried', updatedAt: lastAt})], at(642)),
    );
    assert.equal(retried.openRun?.sync.watermark.lookBackMs, 0);
  });

  test('gets a larger overlap when the Dates of responses contradict each other by seconds', () => {
    const createDatedArrival = (dateAt: number) =>
      ({...createRowsArrival('delta', [], at(601)), serverDateAt: dateAt}) as Action;
    const state = reduceAll(seen, createDatedArrival(at(601)), createDatedArrival(at(606)));
    assert.ok((state.openRun?.sync.watermark.lookBackMs ?? 0) >= 2000);
  });

  test('starts again from rows that are written an hour earlier than before, because the clock was set back', () => {
    const hour = 3_600_000;
    const back = reduceAll(
      seen,
      createRowsArrival('live', [anAttempt({status: 'completed', updatedAt: at(604) - hour})], at(604)),
    );
    assert.equal(back.openRun?.sync.watermark.at, at(604) - hour);
    assert.ok(getSince(back)! <= at(604) - hour);
    // The rows from before are still later.
    const old = anAttempt({name: 'old', updatedAt: lastAt});
    const next = reduceAll(
      back,
      createRowsArrival('delta', [anAttempt({name: 'next', updatedAt: at(606) - hour}), old], at(607)),
    );
    assert.equal(next.openRun?.sync.watermark.at, at(606) - hour);
    const forward = reduceAll(
      next,
      createRowsArrival('delta', [anAttempt({name: 'last', updatedAt: at(610)}), old], at(611)),
    );
    assert.equal(forward.openRun?.sync.watermark.at, at(610));
  });

  test('is doubted if a Date goes back by an hour, until a row shows that only the Date did', () => {
    const createDatedArrival = (action: Action, dateAt: number) => ({...action, serverDateAt: dateAt}) as Action;
    const before = reduceAll(seen, createDatedArrival(createRowsArrival('delta', [], at(601)), at(601)));
    const doubted = reduceAll(before, createDatedArrival(createRowsArrival('delta', [], at(602)), at(602) - 3_600_000));
    assert.ok(getSince(doubted)! <= at(602) - 3_600_000);
    const next = reduceAll(
      doubted,
      createRowsArrival('delta', [anAttempt({name: 'next', updatedAt: at(603)})], at(604)),
    );
    assert.ok(getSince(next)! >= at(602));
  });

  test('is rounded down to a whole second, since the server compares whole seconds', () => {
    assert.equal(findDeltaStart({...initialWatermark, at: at(10) + 900}), at(10));
    assert.equal(findDeltaStart({...initialWatermark, at: at(10) + 100}), at(9));
  });
});

describe('a delta that does not fit on its page', () => {
  test('moves the watermark to its last row, and the next one is fetched immediately', () => {
    const state = reduceAll(watching, createRowsArrival('delta', buildRows(100, at(650), 50), at(700), 250));
    assert.equal(state.openRun?.sync.watermark.at, at(650) + 99 * 50);
    const need = findNeed(state, 'delta');
    assert.ok(need !== undefined && need.dueAt <= at(700) + 200);
    assert.equal(need.query.size, 100);
    const done = reduceAll(state, createRowsArrival('delta', buildRows(20, at(655), 10), at(701)));
    assert.equal(done.openRun?.sync.watermark.at, at(655) + 190);
    assert.ok(findNeed(done, 'delta')!.dueAt >= at(701) + 1000);
  });

  test('is enlarged when all its rows are from one second, and still advances', () => {
    let state = watching;
    const sizes: number[] = [];
    for (let turn = 0; turn < 5; turn++) {
      sizes.push(findNeed(state, 'delta')!.query.size);
      state = reduceAll(state, createRowsArrival('delta', buildRows(100, at(600), 0), at(700 + turn), 50_000));
    }
    assert.deepEqual(sizes, [100, 100, 1000, 10_000, 10_000]);
    assert.ok(findDeltaStart(state.openRun!.sync.watermark)! > (findDeltaStart(watching.openRun!.sync.watermark) ?? 0));
  });

  test('advances on every turn, even if the same rows arrive each time', () => {
    let state = watching;
    for (let turn = 0; turn < 12; turn++) {
      const before = state.openRun!.sync.watermark;
      state = reduceAll(state, createRowsArrival('delta', buildRows(100, at(590), 0), at(700 + turn), 50_000));
      const after = state.openRun!.sync.watermark;
      assert.ok(after.deltaSize > before.deltaSize || findDeltaStart(after)! > findDeltaStart(before)!);
    }
  });
});

describe('rows seen before', () => {
  const done = anAttempt({name: 'done', updatedAt: at(699) + 900});
  const running = anAttempt({name: 'running', status: 'running', updatedAt: at(699) + 900});
  const dynamic = aWatchingState({
    run: aRun({isDynamic: true}),
    dag: aDag({steps: [aDagStep({name: 'trainer'})]}),
    attempts: [anAttempt({status: 'running'})],
  });
  const seen = reduceAll({...dynamic, server}, createRowsArrival('delta', [done, running], at(700)));

  test('are excluded from the next delta if finished, since an unfinished one may still end', () => {
    assert.deepEqual(findNeed(seen, 'delta')?.query.exceptIds, [done.id]);
  });

  test('are not excluded on a server that would misinterpret the exclusion, or whose version is unknown', () => {
    assert.deepEqual(findNeed({...seen, server: {...server, version: '0.92.0'}}, 'delta')?.query.exceptIds, []);
    assert.deepEqual(findNeed({...seen, server: undefined}, 'delta')?.query.exceptIds, []);
  });

  test('are forgotten once the next delta starts after them', () => {
    assert.deepEqual(findNeed(reduceAll(seen, createRowsArrival('delta', [], at(702))), 'delta')?.query.exceptIds, []);
  });

  test('are excluded only as far as their IDs fit into a request', () => {
    const many = reduceAll({...watching, server}, createRowsArrival('delta', buildRows(300, at(700), 0), at(700)));
    assert.equal(findNeed(many, 'delta')!.query.exceptIds.length, 50);
  });
});

describe('the row of a step that has just started', () => {
  const [done, first, last] = ['done', 'first', 'last'];
  const ended = anAttempt({name: done, updatedAt: at(699) + 600});
  const running = anAttempt({name: first, status: 'running', updatedAt: at(699) + 700});
  const chain = aDag({
    steps: [
      aDagStep({name: done}),
      aDagStep({name: first, upstream: [done]}),
      aDagStep({name: last, upstream: [first]}),
    ],
  });
  const aWatchedState = (dag = chain, isDynamic = false): State =>
    reduceAll(
      {...aWatchingState({run: aRun({isDynamic}), dag}), server},
      createRowsArrival('newest', [anAttempt({name: done, status: 'running', updatedAt: at(690)})], at(695)),
      createRowsArrival('delta', [ended, running], at(700)),
    );
  const started = aWatchedState();
  const getDelta = (state: State) => findNeed(state, 'delta')!.query;

  test('is not fetched again while nothing can happen before its end', () => {
    assert.deepEqual([getDelta(started).subset, getDelta(started).exceptIds], ['ends', [ended.id]]);
    const quiet = reduceAll(started, createRowsArrival('delta', [], at(702), 0, 100, 'ends'));
    assert.deepEqual([getDelta(quiet).subset, getDelta(quiet).updatedSince], ['delta', at(700)]);
  });

  test('is fetched again if another step may start or the plan is unknown', () => {
    const parallel = aDag({steps: [aDagStep({name: done}), aDagStep({name: first}), aDagStep({name: last})]});
    assert.equal(getDelta(aWatchedState(parallel)).subset, 'delta');
    assert.equal(getDelta(aWatchedState(chain, true)).subset, 'delta');
    assert.equal(getDelta({...started, openRun: {...started.openRun!, hasPlan: false}}).subset, 'delta');
  });

  test('if it shows that the step has ended, is followed at once by a request for everything since the watermark', () => {
    const over = anAttempt({...running, status: 'completed', updatedAt: at(699) + 900});
    const state = reduceAll(started, createRowsArrival('delta', [over], at(702), 1, 100, 'ends'));
    const need = findNeed(state, 'delta')!;
    assert.deepEqual([need.query.subset, need.query.updatedSince], ['delta', at(699)]);
    assert.deepEqual(new Set(need.query.exceptIds), new Set([ended.id, over.id]));
    assert.ok(need.dueAt <= at(702) + 200);
    const next = anAttempt({name: last, status: 'running', updatedAt: at(701) + 500});
    assert.equal(
      reduceAll(state, createRowsArrival('delta', [next], at(702))).openRun?.sync.watermark.at,
      at(701) + 500,
    );
  });
});

describe('rows that have ended', () => {
  const [one, two, last] = ['one', 'two', 'last'];
  const buildPlan = (upstream: readonly string[]) =>
    aDag({steps: [aDagStep({name: one}), aDagStep({name: two}), aDagStep({name: last, upstream})]});
  const aWatchedState = (upstream: readonly string[], names: readonly string[], total = names.length): State =>
    reduceAll(
      {...aWatchingState({run: aRun({isDynamic: false}), dag: buildPlan(upstream)}), server},
      createRowsArrival(
        'newest',
        names.map(name => anAttempt({name, status: 'running', updatedAt: at(690)})),
        at(695),
        total,
      ),
      createRowsArrival('delta', [], at(700)),
    );
  const getDelta = (state: State) => {
    const {subset, updatedSince} = findNeed(state, 'delta')!.query;
    return {subset, updatedSince};
  };
  const byIds = {subset: 'ends', updatedSince: undefined} as const;

  test('are requested regardless of their time while nothing can start before an end', () => {
    assert.deepEqual(getDelta(aWatchedState([one], [one, two])), byIds);
  });

  test('are requested by time if a step may start, not all rows are known, or the server cannot exclude IDs', () => {
    const state = aWatchedState([one], [one, two]);
    assert.equal(getDelta(aWatchedState([], [one, two])).subset, 'delta');
    assert.equal(getDelta(aWatchedState([one], [one, two], 300)).subset, 'delta');
    assert.equal(getDelta({...state, server: {...server, version: '0.92.0'}}).subset, 'delta');
  });

  test('are occasionally requested regardless of their time while a single step is running', () => {
    const state = reduceAll(aWatchedState([one], [one]), createRowsArrival('delta', [anAttempt({name: two})], at(701)));
    const quiet = reduceAll(state, createRowsArrival('delta', [], at(703)));
    assert.equal(getDelta(quiet).subset, 'delta');
    const due = reduceAll(quiet, createRowsArrival('delta', [], at(708)));
    assert.deepEqual(getDelta(due), byIds);
    assert.equal(getDelta(reduceAll(due, createRowsArrival('delta', [], at(709), 0, 100, 'ends'))).subset, 'delta');
  });

  test('are followed immediately by a delta unless no step can start before another end', () => {
    const findNeedAfterEnd = (upstream: readonly string[]) => {
      const ended = anAttempt({name: one, status: 'completed', updatedAt: at(702)});
      const state = reduceAll(
        aWatchedState(upstream, [one, two]),
        createRowsArrival('delta', [ended], at(703), 1, 100, 'ends'),
      );
      return findNeed(state, 'delta')!;
    };
    assert.ok(findNeedAfterEnd([one]).dueAt <= at(703) + 200);
    assert.ok(findNeedAfterEnd([one, two]).dueAt > at(704));
  });

  test.each(['completed', 'retrying'] as const)(
    'set the watermark back at once if the clock of the server was set back: %s',
    status => {
      const hour = 3_600_000;
      const ended = anAttempt({name: one, status, updatedAt: at(702) - hour});
      const state = reduceAll(
        aWatchedState([one], [one, two]),
        createRowsArrival('delta', [ended], at(703), 1, 100, 'ends'),
      );
      const delta = findNeed(state, 'delta')!;
      assert.equal(state.openRun?.table.counts[status], 1);
      assert.equal(delta.query.subset, 'delta');
      assert.ok(delta.query.updatedSince! <= at(702) - hour);
      assert.ok(delta.dueAt <= at(703) + 200);
    },
  );
});

describe('new rows', () => {
  const done = anAttempt({name: 'done', updatedAt: at(690)});
  const aWatchedState = (total = 1): State =>
    reduceAll(
      {...aWatchingState({dag: aDag({steps: ['done', 'next', 'last'].map(name => aDagStep({name}))})}), server},
      createRowsArrival('newest', [done], at(695), total),
      createRowsArrival('delta', [], at(700)),
    );
  const getDelta = (state: State) => {
    const {subset, updatedSince, exceptIds} = findNeed(state, 'delta')!.query;
    return {subset, updatedSince, exceptIds};
  };
  const createNewRowsArrival = (items: readonly Attempt[], requestedAt: number, total = items.length): Action =>
    createRowsArrival('delta', items, requestedAt, total, 100, 'new');

  test('are requested, regardless of their time, after each delta that finds nothing while nothing is running', () => {
    const state = aWatchedState();
    const ended = anAttempt({name: 'next', updatedAt: at(699)});
    assert.equal(getDelta(reduceAll(state, createRowsArrival('delta', [ended], at(700)))).subset, 'delta');
    assert.deepEqual(getDelta(state), {subset: 'new', updatedSince: undefined, exceptIds: [done.id]});
    const next = reduceAll(state, createNewRowsArrival([], at(701)));
    assert.equal(getDelta(next).subset, 'delta');
    assert.equal(getDelta(reduceAll(next, createRowsArrival('delta', [], at(702)))).subset, 'new');
  });

  test('are requested by time if not all rows are known, a step is running, or the server cannot exclude IDs', () => {
    const state = aWatchedState();
    const running = anAttempt({name: 'next', status: 'running', updatedAt: at(699)});
    assert.equal(getDelta(aWatchedState(300)).subset, 'delta');
    assert.equal(getDelta(reduceAll(state, createRowsArrival('delta', [running], at(700)))).subset, 'delta');
    assert.equal(getDelta({...state, server: {...server, version: '0.92.0'}}).subset, 'delta');
  });

  test('are found if another server, whose clock is behind, has written them', () => {
    const started = anAttempt({name: 'next', status: 'running', updatedAt: at(685)});
    const state = reduceAll(aWatchedState(), createNewRowsArrival([started], at(701)));
    assert.equal(state.openRun?.table.counts.running, 1);
    assert.ok(getDelta(state).updatedSince! <= at(685));
  });

  test('move the watermark, because a delta has just found nothing', () => {
    const started = anAttempt({name: 'next', status: 'running', updatedAt: at(700) + 500});
    const state = reduceAll(aWatchedState(), createNewRowsArrival([started], at(701)));
    assert.equal(state.openRun?.sync.watermark.at, at(700) + 500);
  });

  test('are followed immediately by a delta if they do not fit on the page', () => {
    const delta = findNeed(
      reduceAll(aWatchedState(), createNewRowsArrival(buildRows(100, at(700), 0), at(701), 200)),
      'delta',
    )!;
    assert.equal(delta.query.subset, 'delta');
    assert.ok(delta.dueAt <= at(701) + 200);
  });
});

describe('the list of unfinished rows', () => {
  const withHeartbeats = reduceAll(
    watching,
    createRowsArrival(
      'delta',
      [anAttempt({status: 'running', heartbeatThresholdMs: 60_000, updatedAt: at(610)})],
      at(611),
    ),
  );

  test('is fetched if rows have heartbeats or are about to start; otherwise, /dag covers everything', () => {
    assert.equal(findNeed(watching, 'live')?.dueAt, Number.POSITIVE_INFINITY);
    assert.equal(findNeed(withHeartbeats, 'live')?.dueAt, at(630) + 200);
    const starting = reduceAll(
      watching,
      createRowsArrival('delta', [anAttempt({name: 'next', status: 'queued'})], at(610)),
    );
    assert.equal(findNeed(starting, 'live')?.dueAt, at(630) + 200);
  });

  test('makes zentop fetch the details of a step whose end was missed, once', () => {
    const state = reduceAll(withHeartbeats, createRowsArrival('live', [], at(640)));
    const id = anAttempt().id;
    assert.deepEqual([...state.openRun!.sync.missedIds], [id]);
    assert.ok(getNeeds(state).some(({key}) => key === `step:${id}`));
    const detail = aDetail({attempt: anAttempt({status: 'completed', updatedAt: at(612)})});
    const known = reduceAll(state, createArrival(`step:${id}`, {kind: 'step', detail}, at(641)));
    assert.deepEqual([...known.openRun!.sync.missedIds], []);
    assert.equal(
      getNeeds(known).find(({key}) => key === `step:${id}`)?.dueAt ?? Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    );
  });

  test('does not imply that rows are missing if it does not fit on its page', () => {
    const otherRows = buildRows(50, at(600), 0).map(row => ({...row, status: 'running' as const}));
    assert.deepEqual(
      [...reduceAll(withHeartbeats, createRowsArrival('live', otherRows, at(640), 70)).openRun!.sync.missedIds],
      [],
    );
  });
});

describe('unfinished rows in a large run', () => {
  const done = buildRows(120, at(590), 0).map(row => ({...row, name: `done_${row.name}`}));
  const running = buildRows(150, at(590), 0).map(row => ({...row, status: 'running' as const, endedAt: undefined}));
  const aStateWith = (count: number) => aWatchingState({attempts: [...done, ...running.slice(0, count)]});
  const aCountedState = (count: number, total: number) =>
    reduceAll(aStateWith(count), createRowsArrival('live', running.slice(0, 1), at(680), total, 1));

  test('are only counted, once a minute', () => {
    const need = findNeed(aStateWith(20), 'live')!;
    assert.equal(need.query.size, 1);
    assert.equal(need.dueAt, at(660) + 200);
    assert.equal(findNeed(aCountedState(20, 20), 'live')?.dueAt, at(740) + 200);
  });

  test('are listed if the count of the server differs from that of zentop', () => {
    const need = findNeed(aCountedState(20, 19), 'live')!;
    assert.equal(need.query.size, 100);
    assert.ok(need.dueAt <= at(680) + 200);
    const listed = reduceAll(aCountedState(20, 19), createRowsArrival('live', running.slice(0, 19), at(681)));
    assert.deepEqual([...listed.openRun!.sync.missedIds], [running[19]!.id]);
    assert.equal(findNeed(listed, 'live')?.query.size, 1);
  });

  test('include paused and resuming steps, which the server counts too', () => {
    const suspended = (['paused', 'resuming'] as const).map(status =>
      anAttempt({name: status, status, updatedAt: at(590)}),
    );
    const state = aWatchingState({attempts: [...done, ...running.slice(0, 20), ...suspended]});
    const getSizeAfterCount = (total: number) =>
      findNeed(reduceAll(state, createRowsArrival('live', running.slice(0, 1), at(680), total, 1)), 'live')?.query.size;
    assert.equal(getSizeAfterCount(22), 1);
    assert.equal(getSizeAfterCount(20), 100, 'a different count makes zentop list them');
  });

  test('are checked with /dag if they would not fit on a page', () => {
    assert.equal(findNeed(aCountedState(150, 149), 'live')?.query.size, 1);
    assert.equal(aCountedState(150, 149).openRun!.sync.unplannedAt, at(680) + 200);
    assert.equal(aCountedState(150, 150).openRun!.sync.unplannedAt, undefined);
  });
});

describe('a step missing from the plan', () => {
  const dynamic = aWatchingState({run: aRun({isDynamic: true}), dag: aDag({steps: [aDagStep({name: 'trainer'})]})});
  const getDagDueAt = (state: State): number => getNeeds(state).find(({key}) => key === `dag:${runId}`)!.dueAt;

  test('makes zentop fetch /dag soon to learn its position', () => {
    assert.equal(getDagDueAt(dynamic), at(660) + 200);
    const grown = reduceAll(dynamic, createRowsArrival('delta', [anAttempt({name: 'found'})], at(601)));
    assert.equal(getDagDueAt(grown), at(605) + 200);
  });

  test('does not make zentop fetch it if the step is the next item of a known map', () => {
    const group = {id: 'g', name: 'embed', type: 'map'};
    const mapped = aWatchingState({
      run: aRun({isDynamic: true}),
      dag: aDag({steps: [aDagStep({name: 'map:embed:0', group})]}),
    });
    const grown = reduceAll(mapped, createRowsArrival('delta', [anAttempt({name: 'map:embed:1'})], at(601)));
    assert.equal(getDagDueAt(grown), at(660) + 200);
  });
});

test('previous attempts are fetched only if the first page does not have all rows', () => {
  assert.equal(findNeed(watching, 'retried'), undefined);
  const state = aWatchingState();
  const fresh = {
    ...state,
    openRun: withSync(state.openRun!, {watermark: {...state.openRun!.sync.watermark, at: undefined}}),
  };
  assert.ok(
    findNeed(reduceAll(fresh, createRowsArrival('newest', buildRows(200, at(500), 0), at(601), 700)), 'retried'),
  );
});

describe('rows that deltas have missed', () => {
  const plan = aDag({steps: [aDagStep({name: 'trainer'}), aDagStep({name: 'deploy', upstream: ['trainer']})]});
  const seen = aWatchingState({dag: plan, attempts: [anAttempt({status: 'running', updatedAt: at(598)})]});
  const getRelistDueAt = (state: State): number | undefined => findNeed(state, 'newest')?.dueAt;
  const createDagArrival = (...steps: readonly ReturnType<typeof aDagStep>[]): Action =>
    createArrival(`dag:${runId}`, {kind: 'dag', runId, dag: aDag({steps})}, at(660));
  const ended = aDagStep({name: 'trainer', id: anAttempt().id, status: {status: 'completed', statusWord: 'completed'}});

  test('are listed from scratch immediately if a delta lacks an end that /dag has reported', () => {
    const hinted = reduceAll(seen, createDagArrival(ended));
    assert.equal(getRelistDueAt(hinted), undefined, 'the next delta may bring it');
    assert.equal(
      getRelistDueAt(reduceAll(hinted, createRowsArrival('delta', [], at(660)))),
      undefined,
      'requested before /dag arrived',
    );
    const state = reduceAll(hinted, createRowsArrival('delta', [], at(661)));
    assert.ok(getRelistDueAt(state)! <= at(661) + 200);
    const mended = reduceAll(state, createRowsArrival('newest', [anAttempt({updatedAt: at(590)})], at(662)));
    assert.equal(getRelistDueAt(mended), undefined);
    assert.equal(mended.openRun?.sync.watermark.lookBackMs, 10_000);
  });

  test('are not listed again if the next delta includes them', () => {
    const state = reduceAll(
      seen,
      createDagArrival(ended),
      createRowsArrival('delta', [anAttempt({updatedAt: at(659)})], at(661)),
    );
    assert.equal(getRelistDueAt(reduceAll(state, createRowsArrival('delta', [], at(662)))), undefined);
  });

  test('are listed from scratch if a step starts although one of its upstream steps has not ended', () => {
    const next = anAttempt({name: 'deploy', status: 'running', updatedAt: at(650)});
    assert.ok(getRelistDueAt(reduceAll(seen, createRowsArrival('delta', [next], at(651))))! <= at(651) + 200);
    const both = [anAttempt({updatedAt: at(650)}), next];
    assert.equal(getRelistDueAt(reduceAll(seen, createRowsArrival('delta', both, at(651)))), undefined);
  });
});
