import type {Instant} from '../../domain/instant.js';
import type {Page} from '../../domain/page.js';
import {findNewestAt, maxLookBackMs, type RequestTimes, type Watermark, type WrittenRow} from './watermark.js';

/** A row that was written again; `previousAt` is the `updated` that it had before, if it was known. */
export type RewrittenRow = WrittenRow & {readonly previousAt: Instant | undefined};

/** How far the two clocks may drift apart, in milliseconds, while the server's is behind its former time. */
const driftMs = 2000;

/** The latest time that the server's clock, once set back, can have shown when a response arrived. */
const getLatestNow = ({at = 0, seenAt}: Watermark, {respondedAt}: Pick<RequestTimes, 'respondedAt'>): Instant =>
  at + (respondedAt - (seenAt ?? respondedAt)) + driftMs;

/** The rows without those from before the clock was set back. */
export const selectCurrentRows = <T extends WrittenRow>(
  watermark: Watermark,
  rows: readonly T[],
  times: Pick<RequestTimes, 'respondedAt'>,
): readonly T[] => {
  const latestAt = getLatestNow(watermark, times);
  return watermark.overtakenAt === undefined ? rows : rows.filter(({updatedAt = 0}) => updatedAt <= latestAt);
};

/**
 * Ends the doubt if a row later than the watermark shows that the clock was not set back after all; ends the time in which
 * the clock is behind once it has reached its former time, or was set forward again.
 */
export const endSetBack = (watermark: Watermark, {items}: Page<WrittenRow>, times: RequestTimes): Watermark => {
  const {at, doubtedFrom, overtakenAt} = watermark;
  const newestAt = findNewestAt(items) ?? Number.NEGATIVE_INFINITY;
  const isTrusted = doubtedFrom !== undefined && at !== undefined && newestAt > at;
  const isOver = overtakenAt !== undefined && (newestAt > overtakenAt || getLatestNow(watermark, times) > overtakenAt);
  return isTrusted || isOver
    ? {
        ...watermark,
        doubtedFrom: isTrusted ? undefined : doubtedFrom,
        overtakenAt: isOver ? undefined : overtakenAt,
      }
    : watermark;
};

/** A row written since the clock was set back may be up to this much older than the `Date` that revealed it, in milliseconds. */
const noticingMs = 10_000;

/** The watermark after a `Date` showed that the server's clock may have been set back: the next delta is due at once. */
export const doubtWatermark = (watermark: Watermark, serverDateAt: Instant): Watermark =>
  watermark.at === undefined ? watermark : {...watermark, doubtedFrom: serverDateAt - noticingMs, isDeltaCut: true};

/**
 * The watermark after these rows if they show that the clock was set back further than any look-back: it starts again from the
 * newest of them. They do if a `Date` has already raised the doubt, or if a row was rewritten at an earlier time than before.
 */
export const restartIfSetBack = (watermark: Watermark, rows: readonly RewrittenRow[], seenAt: Instant): Watermark => {
  const {at, closedAt, doubtedFrom, overtakenAt} = watermark;
  const seenUntil = Math.max(at ?? closedAt, closedAt);
  const lateRows = rows.filter(({updatedAt = seenUntil}) => updatedAt < seenUntil - maxLookBackMs);
  const isSetBack =
    doubtedFrom !== undefined ||
    lateRows.some(({updatedAt = 0, previousAt = 0}) => updatedAt < previousAt - maxLookBackMs);
  return lateRows.length > 0 && isSetBack && overtakenAt === undefined
    ? {
        ...watermark,
        at: findNewestAt(lateRows),
        seenAt,
        closedAt: Number.NEGATIVE_INFINITY,
        doubtedFrom: undefined,
        overtakenAt: seenUntil,
      }
    : watermark;
};
