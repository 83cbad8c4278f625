import type {Attempt} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {isMapItem, withAttempts} from '../../domain/merge-steps.js';
import {getPhase, isFinished, type StepStatus, unsuccessfulStatuses} from '../../domain/status.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStepPlaces} from '../../domain/step-places.js';
import {countSteps, findStep, findStepAt, getCountedStatus, type StepTable} from '../../domain/step-table.js';
import type {News} from '../query.js';
import {countUnfinished, hasStepsToStart} from '../requests/pace.js';
import {advanceWatermark, growLookBack, mergeSeenRows, smallestDelta, startWatermark} from '../requests/watermark.js';
import type {OpenRun, Untold} from './open-run.js';

type StepsNews = Extract<News, {readonly kind: 'steps'}>;
type RequestTimes = {readonly askedAt: Instant; readonly answeredAt: Instant; readonly leastAheadMs: number};

/** The watch with these rows brought in, and what follows from that. */
export const withStepRows = (watch: OpenRun, rows: readonly Attempt[], changedAt: Instant): OpenRun => {
  const table = withAttempts(watch.table, rows);
  if (table === watch.table) {
    return watch.untold.isFinishedById.size === 0 ? watch : {...watch, untold: removeShownRows(watch.untold, rows)};
  }

  return {
    ...watch,
    table,
    changedAt,
    untold: removeShownRows(watch.untold, rows),
    lookBackMs: growLookBack(
      watch,
      rows.filter(row => isMissedRow(watch, row)),
    ),
    distrustedAt: hasEarlyStart(watch, table, rows) ? changedAt : watch.distrustedAt,
    hasHeartbeats: watch.hasHeartbeats || rows.some(row => row.heartbeatThresholdMs !== undefined),
    isRunSuspect: watch.isRunSuspect || shouldRecheckRun(watch, table),
  };
};

/**
 * Whether a row that is new to us should have come before: one that was seen unfinished has ended, `/dag` has told of it,
 * or it is the first of its step. Rows of long ago that never were on a page are not meant, nor what does not move `updated`.
 */
const isMissedRow = ({table, untold}: OpenRun, row: Attempt): boolean => {
  const held = findStep(table, row.name);
  const attempt = held?.attempts.find(({id}) => id === row.id);
  return attempt === undefined
    ? held === undefined || held.attempts.length === 0
    : untold.isFinishedById.has(row.id) ||
        (!isFinished(attempt.status) && attempt.updatedAt !== undefined && attempt.updatedAt !== row.updatedAt);
};

/** A step whose row is new although one that it waits for is not finished as far as we know: its end was missed. */
const hasEarlyStart = (before: OpenRun, table: StepTable, rows: readonly Attempt[]): boolean =>
  before.hasPlan &&
  before.rowsAskedAt !== undefined &&
  rows.some(({name}) => {
    const step = findStep(table, name);
    const isNew = findStep(before.table, name)?.attempts.length === 0;
    return isNew && step?.upstream.some(other => !isFinished(getStatusByName(table, other)));
  });

const getStatusByName = (table: StepTable, name: string): StepStatus => {
  const step = findStep(table, name);
  return step === undefined ? 'completed' : getCountedStatus(step);
};

/** What `/dag` told and rows have not shown yet, without what these rows show. */
const removeShownRows = (untold: Untold, rows: readonly Attempt[]): Untold => {
  if (untold.isFinishedById.size === 0) {
    return untold;
  }

  const isFinishedById = new Map(untold.isFinishedById);
  for (const {id, status} of rows) {
    if (isFinished(status) || isFinishedById.get(id) === false) {
      isFinishedById.delete(id);
    }
  }

  return {...untold, isFinishedById};
};

/** What a page of rows changes, by what was asked. */
export const withStepsPage = (watch: OpenRun, news: StepsNews, times: RequestTimes): OpenRun => {
  const {items, total} = news.page;
  const isWhole = total <= items.length;
  const next = withStepRows(watch, items, times.answeredAt);
  switch (news.slice) {
    case 'newest': {
      // From here on deltas tell all: what changed before this was asked for is in the answer, or in `/dag`.
      const started = {...startWatermark(watch, items, times), lookBackMs: next.lookBackMs};
      const isRunSuspect = watch.isRunSuspect;
      return {...next, ...started, hasOlderRows: !isWhole, isRunSuspect, seenRows: mergeSeenRows([], items, started)};
    }

    case 'retried':
      return {...next, isRunSuspect: watch.isRunSuspect};

    case 'delta': {
      const unplannedAt = hasUnplannedSteps(watch, next.table, items) ? times.answeredAt : watch.unplannedAt;
      const moved = advanceWatermark(next, news.page, {...times, smallest: smallestDelta});
      const doubts = isWhole ? getDoubts(next, times) : {};
      return {...next, ...moved, ...doubts, unplannedAt, seenRows: mergeSeenRows(watch.seenRows, items, moved)};
    }

    case 'live':
      return isWhole
        ? {...next, missedIds: getMissedIds(next.table, items), isLiveUncertain: false}
        : withUnfinishedCount(next, news, times);
  }
};

/** What a whole delta that was asked for after `/dag` had told of a step run did not bring, it will never bring. */
const getDoubts = ({untold, distrustedAt}: OpenRun, {askedAt, answeredAt}: RequestTimes) =>
  untold.isFinishedById.size > 0 && askedAt >= untold.toldAt
    ? {untold: {...untold, toldAt: Number.POSITIVE_INFINITY}, distrustedAt: answeredAt}
    : {untold, distrustedAt};

/** From when on a run counts as quiet, in milliseconds: what is counted while it changes may differ for a moment. */
const quietMs = 5000;

/**
 * Where the server has another number of unfinished rows than we hold, something was missed: they are listed, or where they
 * would not fit on a page, `/dag` is asked.
 */
const withUnfinishedCount = (watch: OpenRun, {page, size}: StepsNews, {askedAt, answeredAt}: RequestTimes): OpenRun => {
  // The request names the unfinished statuses that this version knows.
  const isMissing = page.total !== countUnfinished(watch.table) - countSteps(watch.table.counts, 'unknown');
  if (!isMissing || size > 1) {
    return {...watch, isLiveUncertain: false};
  }

  return page.total <= smallestDelta
    ? {...watch, isLiveUncertain: true}
    : {...watch, unplannedAt: askedAt - watch.changedAt > quietMs ? answeredAt : watch.unplannedAt};
};

/** Whether rows of steps came that were not known before: `/dag` tells where they belong. */
const hasUnplannedSteps = (watch: OpenRun, table: StepTable, rows: readonly Attempt[]): boolean =>
  table.structure !== watch.table.structure &&
  rows.some(
    ({name}) =>
      findStep(watch.table, name) === undefined && !(isMapItem(name) && findStep(table, name)?.group !== undefined),
  );

/**
 * The status of a run moves when a step ends. It is worth a look when one ended badly, when nothing is left that goes on,
 * and when the run has not been seen running yet.
 */
const shouldRecheckRun = (watch: OpenRun, table: StepTable): boolean => {
  const bad = ({counts}: StepTable) => countSteps(counts, ...unsuccessfulStatuses);
  const status = watch.run?.status;
  if (bad(table) !== bad(watch.table) || (status !== 'running' && status !== 'failed')) {
    return true;
  }

  return countUnfinished(table) === 0 && !(status === 'running' && hasStepsToStart({...watch, table}));
};

/** Attempts that we hold as unfinished and that are not among the unfinished ones the server lists. */
const getMissedIds = (table: StepTable, live: readonly Attempt[]): ReadonlySet<StepId> => {
  const liveIds = new Set(live.map(attempt => attempt.id));
  const missed = new Set<StepId>();
  for (const place of findStepPlaces(table, 'unfinished')) {
    const step = findStepAt(table, place);
    const attempt = step && findLatestAttempt(step);
    if (attempt !== undefined && getPhase(attempt.status) !== 'waiting' && !liveIds.has(attempt.id)) {
      missed.add(attempt.id);
    }
  }

  return missed;
};
