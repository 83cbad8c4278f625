import type {Attempt} from '../domain/attempt.js';
import type {StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {isMapItem, withAttempts} from '../domain/merge-steps.js';
import {phaseOf} from '../domain/status.js';
import {latestAttempt} from '../domain/step.js';
import {placesOf} from '../domain/step-places.js';
import {countOf, type StepTable, stepAt, stepNamed} from '../domain/step-table.js';
import {serverTimeAtLeast} from './clock.js';
import {isMorePlanned, unfinishedCount} from './pace.js';
import type {News} from './query.js';
import type {State} from './state.js';
import {smallestDelta, type Watch} from './watch.js';
import {movedWatermark, seenRows} from './watermark.js';

type Steps = Extract<News, {readonly kind: 'steps'}>;
type Times = {readonly askedAt: Instant; readonly answeredAt: Instant};

/** The watch with these rows brought in, and what follows from that. */
export const withRows = (watch: Watch, rows: readonly Attempt[], changedAt: Instant): Watch => {
  const table = withAttempts(watch.table, rows);
  if (table === watch.table) {
    return watch;
  }

  return {
    ...watch,
    table,
    changedAt,
    hasHeartbeats: watch.hasHeartbeats || rows.some(row => row.heartbeatThresholdMs !== undefined),
    isRunSuspect: watch.isRunSuspect || makesRunSuspect(watch, table),
  };
};

/** What a page of rows changes, by what was asked. */
export const withDelta = (state: State, watch: Watch, news: Steps, times: Times): Watch => {
  const {items, total} = news.page;
  const isWhole = total <= items.length;
  const askedAt = serverTimeAtLeast(state, times.askedAt);
  const next = withRows(watch, items, times.answeredAt);
  switch (news.slice) {
    case 'newest': {
      // From here on deltas tell all: what changed before this was asked for is in the answer, or in `/dag`.
      const watermarkAt = watch.watermarkAt ?? askedAt;
      const isRunSuspect = watch.isRunSuspect;
      return {...next, watermarkAt, hasOlderRows: !isWhole, isRunSuspect, seenRows: seenRows([], items, watermarkAt)};
    }

    case 'retried':
      return {...next, isRunSuspect: watch.isRunSuspect};

    case 'delta': {
      const unplannedAt = hasUnplanned(watch, next.table, items) ? times.answeredAt : watch.unplannedAt;
      const moved = isWhole
        ? {watermarkAt: Math.max(watch.watermarkAt ?? askedAt, askedAt), isDeltaCut: false, deltaSize: smallestDelta}
        : movedWatermark(watch, news.page);
      return {...next, ...moved, unplannedAt, seenRows: seenRows(watch.seenRows, items, moved.watermarkAt)};
    }

    case 'live':
      return isWhole
        ? {...next, missedIds: missedIds(next.table, items), isLiveUncertain: false}
        : counted(next, news, times);
  }
};

/** From when on a run counts as quiet, in milliseconds: what is counted while it changes may differ for a moment. */
const quietMs = 5000;

/**
 * Where the server has another number of unfinished rows than we hold, something was missed: they are listed, or where they
 * would not fit on a page, `/dag` is asked.
 */
const counted = (watch: Watch, {page, size}: Steps, {askedAt, answeredAt}: Times): Watch => {
  const isMissing = page.total !== unfinishedCount(watch.table) - countOf(watch.table.counts, ...notListed);
  if (!isMissing || size > 1) {
    return {...watch, isLiveUncertain: false};
  }

  return page.total <= smallestDelta
    ? {...watch, isLiveUncertain: true}
    : {...watch, unplannedAt: askedAt - watch.changedAt > quietMs ? answeredAt : watch.unplannedAt};
};

/** Unfinished, but not listed as such: they go on only when somebody wants it. */
const notListed = ['paused', 'resuming', 'unknown'] as const;

/** Whether rows of steps came that were not known before: `/dag` tells where they belong. */
const hasUnplanned = (watch: Watch, table: StepTable, rows: readonly Attempt[]): boolean =>
  table.structure !== watch.table.structure &&
  rows.some(
    ({name}) =>
      stepNamed(watch.table, name) === undefined && !(isMapItem(name) && stepNamed(table, name)?.group !== undefined),
  );

/**
 * The status of a run moves when a step ends. It is worth a look when one ended badly, when nothing is left that goes on,
 * and when the run has not been seen running yet.
 */
const makesRunSuspect = (watch: Watch, table: StepTable): boolean => {
  const bad = ({counts}: StepTable) => countOf(counts, 'failed', 'stopped', 'cancelled');
  const status = watch.run?.status;
  if (bad(table) !== bad(watch.table) || (status !== 'running' && status !== 'failed')) {
    return true;
  }

  return unfinishedCount(table) === 0 && !(status === 'running' && isMorePlanned({...watch, table}));
};

/** Attempts that we hold as unfinished and that are not among the unfinished ones the server lists. */
const missedIds = (table: StepTable, live: readonly Attempt[]): ReadonlySet<StepId> => {
  const liveIds = new Set(live.map(attempt => attempt.id));
  const missed = new Set<StepId>();
  for (const place of placesOf(table, 'unfinished')) {
    const step = stepAt(table, place);
    const attempt = step && latestAttempt(step);
    if (attempt !== undefined && phaseOf(attempt.status) !== 'waiting' && !liveIds.has(attempt.id)) {
      missed.add(attempt.id);
    }
  }

  return missed;
};
