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
import type {OpenRun, UnseenSteps} from './open-run.js';

type StepsNews = Extract<News, {readonly kind: 'steps'}>;
type RequestTimes = {readonly requestedAt: Instant; readonly answeredAt: Instant; readonly leastAheadMs: number};

/** The open run with these rows brought in, and what follows from that. */
export const withStepRows = (openRun: OpenRun, rows: readonly Attempt[], changedAt: Instant): OpenRun => {
  const table = withAttempts(openRun.table, rows);
  if (table === openRun.table) {
    return openRun.unseen.isFinishedById.size === 0
      ? openRun
      : {...openRun, unseen: removeShownRows(openRun.unseen, rows)};
  }

  return {
    ...openRun,
    table,
    changedAt,
    unseen: removeShownRows(openRun.unseen, rows),
    lookBackMs: growLookBack(
      openRun,
      rows.filter(row => isMissedRow(openRun, row)),
    ),
    distrustedAt: hasEarlyStart(openRun, table, rows) ? changedAt : openRun.distrustedAt,
    hasHeartbeats: openRun.hasHeartbeats || rows.some(row => row.heartbeatThresholdMs !== undefined),
    mayRunHaveChanged: openRun.mayRunHaveChanged || shouldRecheckRun(openRun, table),
  };
};

/**
 * Whether a row that is new to us should have come before: one that was seen unfinished has ended, `/dag` has told of it,
 * or it is the first of its step. Rows of long ago that never were on a page are not meant, nor what does not move `updated`.
 */
const isMissedRow = ({table, unseen}: OpenRun, row: Attempt): boolean => {
  const held = findStep(table, row.name);
  const attempt = held?.attempts.find(({id}) => id === row.id);
  return attempt === undefined
    ? held === undefined || held.attempts.length === 0
    : unseen.isFinishedById.has(row.id) ||
        (!isFinished(attempt.status) && attempt.updatedAt !== undefined && attempt.updatedAt !== row.updatedAt);
};

/** A step whose row is new although one that it waits for is not finished as far as we know: its end was missed. */
const hasEarlyStart = (before: OpenRun, table: StepTable, rows: readonly Attempt[]): boolean =>
  before.hasPlan &&
  before.rowsRequestedAt !== undefined &&
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
const removeShownRows = (unseen: UnseenSteps, rows: readonly Attempt[]): UnseenSteps => {
  if (unseen.isFinishedById.size === 0) {
    return unseen;
  }

  const isFinishedById = new Map(unseen.isFinishedById);
  for (const {id, status} of rows) {
    if (isFinished(status) || isFinishedById.get(id) === false) {
      isFinishedById.delete(id);
    }
  }

  return {...unseen, isFinishedById};
};

/** What a page of rows changes, by what was asked. */
export const withStepsPage = (openRun: OpenRun, news: StepsNews, times: RequestTimes): OpenRun => {
  const {items, total} = news.page;
  const isWhole = total <= items.length;
  const next = withStepRows(openRun, items, times.answeredAt);
  switch (news.slice) {
    case 'newest': {
      // From here on deltas tell all: what changed before this was asked for is in the answer, or in `/dag`.
      const started = {...startWatermark(openRun, items, times), lookBackMs: next.lookBackMs};
      const mayRunHaveChanged = openRun.mayRunHaveChanged;
      return {
        ...next,
        ...started,
        hasMoreRows: !isWhole,
        mayRunHaveChanged,
        seenRows: mergeSeenRows([], items, started),
      };
    }

    case 'retried':
      return {...next, mayRunHaveChanged: openRun.mayRunHaveChanged};

    case 'delta': {
      const unplannedAt = hasUnplannedSteps(openRun, next.table, items) ? times.answeredAt : openRun.unplannedAt;
      const moved = advanceWatermark(next, news.page, {...times, smallest: smallestDelta});
      const doubts = isWhole ? getDistrusted(next, times) : {};
      return {...next, ...moved, ...doubts, unplannedAt, seenRows: mergeSeenRows(openRun.seenRows, items, moved)};
    }

    case 'live':
      return isWhole
        ? {...next, missedIds: getMissedIds(next.table, items), isLiveUncertain: false}
        : withUnfinishedCount(next, news, times);
  }
};

/** What a whole delta that was asked for after `/dag` had told of a step run did not bring, it will never bring. */
const getDistrusted = ({unseen, distrustedAt}: OpenRun, {requestedAt, answeredAt}: RequestTimes) =>
  unseen.isFinishedById.size > 0 && requestedAt >= unseen.seenAt
    ? {unseen: {...unseen, seenAt: Number.POSITIVE_INFINITY}, distrustedAt: answeredAt}
    : {unseen, distrustedAt};

/** From when on a run counts as quiet, in milliseconds: what is counted while it changes may differ for a moment. */
const quietMs = 5000;

/**
 * Where the server has another number of unfinished rows than we hold, something was missed: they are listed, or where they
 * would not fit on a page, `/dag` is asked.
 */
const withUnfinishedCount = (
  openRun: OpenRun,
  {page, size}: StepsNews,
  {requestedAt, answeredAt}: RequestTimes,
): OpenRun => {
  // The request names the unfinished statuses that this version knows.
  const isMissing = page.total !== countUnfinished(openRun.table) - countSteps(openRun.table.counts, 'unknown');
  if (!isMissing || size > 1) {
    return {...openRun, isLiveUncertain: false};
  }

  return page.total <= smallestDelta
    ? {...openRun, isLiveUncertain: true}
    : {...openRun, unplannedAt: requestedAt - openRun.changedAt > quietMs ? answeredAt : openRun.unplannedAt};
};

/** Whether rows of steps came that were not known before: `/dag` tells where they belong. */
const hasUnplannedSteps = (openRun: OpenRun, table: StepTable, rows: readonly Attempt[]): boolean =>
  table.structure !== openRun.table.structure &&
  rows.some(
    ({name}) =>
      findStep(openRun.table, name) === undefined && !(isMapItem(name) && findStep(table, name)?.group !== undefined),
  );

/**
 * The status of a run moves when a step ends. It is worth a look when one ended badly, when nothing is left that goes on,
 * and when the run has not been seen running yet.
 */
const shouldRecheckRun = (openRun: OpenRun, table: StepTable): boolean => {
  const bad = ({counts}: StepTable) => countSteps(counts, ...unsuccessfulStatuses);
  const status = openRun.run?.status;
  if (bad(table) !== bad(openRun.table) || (status !== 'running' && status !== 'failed')) {
    return true;
  }

  return countUnfinished(table) === 0 && !(status === 'running' && hasStepsToStart({...openRun, table}));
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
