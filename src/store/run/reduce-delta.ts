import type {Attempt} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {withAttempts} from '../../domain/merge-steps.js';
import {getPhase, isFinished} from '../../domain/status.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStepIndexes} from '../../domain/step-indexes.js';
import {countSteps, findStep, findStepAt, type StepTable} from '../../domain/step-table.js';
import type {News} from '../query.js';
import {advanceWatermark, growLookBack, startWatermark} from '../requests/advance-watermark.js';
import {countUnfinished, listBlockingSteps} from '../requests/pace.js';
import {mergeSeenRows} from '../requests/seen-rows.js';
import {restartIfSetBack} from '../requests/set-back-clock.js';
import {areTimesUncertain, minDeltaSize, type Watermark} from '../requests/watermark.js';
import {type OpenRun, withSync} from './open-run.js';
import {hasEarlyStart, hasUnplannedSteps, isMissedRow, isNewlyStarted, shouldDoubtRun} from './row-checks.js';
import type {RunSync, UnseenSteps} from './sync.js';

type StepsNews = Extract<News, {readonly kind: 'steps'}>;
/** `minAheadMs`: the least by which the server's clock can be ahead of the local one, judging by rows. */
type DeltaTimes = {readonly requestedAt: Instant; readonly respondedAt: Instant; readonly minAheadMs: number};

/** The open run with these rows merged in. */
export const withStepRows = (
  openRun: OpenRun,
  rows: readonly Attempt[],
  changedAt: Instant,
  hasUncertainTimes = areTimesUncertain(openRun.sync.watermark),
): OpenRun => {
  const {sync} = openRun;
  const table = withAttempts(openRun.table, rows, hasUncertainTimes);
  const unseen = removeShownRows(sync.unseen, rows);
  if (table === openRun.table) {
    return unseen === sync.unseen ? openRun : withSync(openRun, {unseen});
  }

  const missedRows = rows.filter(row => isMissedRow(openRun, row));
  return {
    ...openRun,
    table,
    changedAt,
    hasHeartbeats: openRun.hasHeartbeats || rows.some(row => row.heartbeatThresholdMs !== undefined),
    sync: {
      ...sync,
      unseen,
      watermark: updateWatermark(openRun, missedRows, changedAt),
      startSeenAt: rows.some(row => isNewlyStarted(openRun, row)) ? changedAt : sync.startSeenAt,
      distrustedAt: hasEarlyStart(openRun, table, rows) ? changedAt : sync.distrustedAt,
      runDoubtedAt: sync.runDoubtedAt ?? (shouldDoubtRun(openRun, table) ? changedAt : undefined),
    },
  };
};

/** The watermark after these rows: earlier deltas missed those of them that were written before it. */
const updateWatermark = ({table, sync}: OpenRun, missedRows: readonly Attempt[], seenAt: Instant): Watermark => {
  const rewrittenRows = missedRows.map(({id, name, updatedAt}) => ({
    updatedAt,
    previousAt: findStep(table, name)?.attempts.find(attempt => attempt.id === id)?.updatedAt,
  }));
  const watermark = restartIfSetBack(sync.watermark, rewrittenRows, seenAt);
  return watermark === sync.watermark ? growLookBack(watermark, missedRows) : watermark;
};

/** What `/dag` has reported and these rows do not show. */
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

const isRequestedByIds = (subset: StepsNews['subset']): boolean => subset === 'new' || subset === 'ends';

/** Ends do not move the watermark: other steps may have started before them. */
const emptyPage: StepsNews['page'] = {items: [], index: 1, pageCount: 1, total: 0};

/** The open run with a page of rows merged in, depending on which subset was requested. */
export const withStepsPage = (openRun: OpenRun, news: StepsNews, times: DeltaTimes): OpenRun => {
  const {items, total} = news.page;
  const isComplete = total <= items.length;
  // Rows that were requested regardless of their time are also believed regardless of it: the clock may have been set back.
  const next = withStepRows(openRun, items, times.respondedAt, isRequestedByIds(news.subset) || undefined);
  const {runDoubtedAt} = openRun.sync;
  const unplannedAt = hasUnplannedSteps(openRun, next.table, items) ? times.respondedAt : openRun.sync.unplannedAt;
  switch (news.subset) {
    case 'newest': {
      // Deltas report everything from here on: earlier changes are in this response, or in `/dag`.
      const watermark = startWatermark(next.sync.watermark, items, times);
      const seenRows = mergeSeenRows([], items, watermark);
      return withSync(next, {watermark, seenRows, hasMoreRows: !isComplete, runDoubtedAt});
    }

    case 'retried':
      return withSync(next, {runDoubtedAt});

    case 'delta': {
      const watermark = advanceWatermark(next.sync.watermark, news.page, {...times, usualSize: minDeltaSize});
      return withSync(next, {
        watermark,
        seenRows: mergeSeenRows(openRun.sync.seenRows, items, watermark),
        unplannedAt,
        ...(isComplete ? getDistrust(next.sync, times) : {}),
      });
    }

    case 'new':
    case 'ends': {
      // A delta from the same instant fetches what was left out: rows that did not fit on the page, or a start after an end.
      const isAll = news.subset === 'new' ? isComplete : items.length === 0 || !canHaveUnseenStart(next);
      const {watermark} = next.sync;
      return withSync(next, {
        watermark: isAll
          ? advanceWatermark(watermark, news.subset === 'new' ? news.page : emptyPage, {
              ...times,
              usualSize: minDeltaSize,
            })
          : {...watermark, isDeltaCut: true},
        seenRows: mergeSeenRows(openRun.sync.seenRows, items, watermark),
        unplannedAt,
        requestedByIdsAt: times.requestedAt,
      });
    }

    case 'live':
      return isComplete
        ? withSync(next, {missedIds: getMissedIds(next.table, items), isUnfinishedCountWrong: false})
        : withUnfinishedCount(next, news, times);
  }
};

/** A step run that `/dag` reported before a complete delta was requested, and that is not in it, is not in any later delta. */
const getDistrust = ({unseen}: RunSync, {requestedAt, respondedAt}: DeltaTimes): Partial<RunSync> =>
  unseen.isFinishedById.size > 0 && requestedAt >= unseen.seenAt
    ? {unseen: {...unseen, seenAt: Number.POSITIVE_INFINITY}, distrustedAt: respondedAt}
    : {};

/** How long nothing must have changed for a count to be trusted, in milliseconds: while steps change, it may be off briefly. */
const quietMs = 5000;

/**
 * If the server counts a different number of unfinished rows than zentop, something was missed: they are listed or, if they
 * would not fit on a page, `/dag` is fetched.
 */
const withUnfinishedCount = (
  openRun: OpenRun,
  {page, size}: StepsNews,
  {requestedAt, respondedAt}: DeltaTimes,
): OpenRun => {
  // The request names the unfinished statuses that this version knows.
  const isWrong = page.total !== countUnfinished(openRun.table) - countSteps(openRun.table.counts, 'unknown');
  if (!isWrong || size > 1) {
    return withSync(openRun, {isUnfinishedCountWrong: false});
  }

  if (page.total <= minDeltaSize) {
    return withSync(openRun, {isUnfinishedCountWrong: true});
  }

  return requestedAt - openRun.changedAt > quietMs ? withSync(openRun, {unplannedAt: respondedAt}) : openRun;
};

/** Whether a step may have started without zentop having seen its row: always in a dynamic run. */
const canHaveUnseenStart = (openRun: OpenRun): boolean => listBlockingSteps(openRun).length === 0;

/** Attempts that are unfinished in the state but not among the unfinished ones that the server lists. */
const getMissedIds = (table: StepTable, live: readonly Attempt[]): ReadonlySet<StepId> => {
  const liveIds = new Set(live.map(attempt => attempt.id));
  const missedIds = new Set<StepId>();
  for (const index of findStepIndexes(table, 'unfinished')) {
    const step = findStepAt(table, index);
    const attempt = step && findLatestAttempt(step);
    if (attempt !== undefined && getPhase(attempt.status) !== 'waiting' && !liveIds.has(attempt.id)) {
      missedIds.add(attempt.id);
    }
  }

  return missedIds;
};
