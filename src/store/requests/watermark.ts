import {type Instant, pickLater} from '../../domain/instant.js';
import type {Page} from '../../domain/page.js';

/** Rows per delta; ten times as many after a delta that did not advance the watermark. */
export const smallestDelta = 100;
const largestDelta = 10_000;

/**
 * How far the rows of a list have been seen. It is derived only from what the server wrote into rows (`updated`), never from
 * the `Date` header of an answer: a proxy may write that by another clock.
 */
export type Watermark = {
  /** The newest `updated` seen, by the server's clock; `undefined` before the first row. */
  readonly at: Instant | undefined;
  /** When the row with that `updated` was first seen, by our clock. */
  readonly seenAt: Instant | undefined;
  /** Everything before this instant, the end of a second by the server's clock, has been seen. */
  readonly closedAt: Instant;
  /** How far before the watermark rows have turned up late, in milliseconds, as they do when replicas disagree on the time. */
  readonly lookBackMs: number;
  /** Deltas start here at the latest, because the server's clock may have been set back that far; by its clock. */
  readonly doubtedFrom: Instant | undefined;
  /** The newest `updated` from before the clock was set back: until it gets there again, later rows than now are old ones. */
  readonly overtakenAt: Instant | undefined;
  /** The last delta did not fit on its page: the next one is due at once. */
  readonly isDeltaCut: boolean;
  /** Rows per delta. */
  readonly deltaSize: number;
  /** When the last complete answer was requested, by our clock. */
  readonly requestedAt: Instant | undefined;
};

export const initialWatermark: Watermark = {
  at: undefined,
  seenAt: undefined,
  closedAt: Number.NEGATIVE_INFINITY,
  lookBackMs: 0,
  doubtedFrom: undefined,
  overtakenAt: undefined,
  isDeltaCut: false,
  deltaSize: smallestDelta,
  requestedAt: undefined,
};

/**
 * How far a delta overlaps the previous one, in milliseconds, to catch rows that had been written but were not visible yet.
 * The server compares whole seconds, which adds half a second on average.
 */
const overlapMs = 300;

/** Rows later than this are found by listing the unfinished steps; looking back this far each time would cost too much. */
export const longestLookBackMs = 60_000;

/** Where the next delta starts, by the server's clock; `undefined` means with the first row. */
export const getDeltaStart = ({at, closedAt, lookBackMs, doubtedFrom}: Watermark): Instant | undefined => {
  if (at === undefined) {
    return undefined;
  }

  const startAt = Math.max(closedAt, at - overlapMs) - lookBackMs;
  return Math.floor(Math.min(startAt, doubtedFrom ?? startAt) / 1000) * 1000;
};

/** Whether a row that was written later than another one may have an earlier time. */
export const areTimesUnsure = ({lookBackMs, doubtedFrom, overtakenAt}: Watermark): boolean =>
  lookBackMs > 0 || doubtedFrom !== undefined || overtakenAt !== undefined;

type WrittenRow = {readonly updatedAt: Instant | undefined};
/** `previousAt`: the `updated` that it had before, if it was known. */
export type RewrittenRow = WrittenRow & {readonly previousAt: Instant | undefined};
type RequestTimes = {readonly requestedAt: Instant; readonly answeredAt: Instant};

const getNewest = (rows: readonly WrittenRow[]): Instant | undefined =>
  rows.reduce<Instant | undefined>((newest, {updatedAt}) => pickLater(newest, updatedAt), undefined);

/** The watermark after the first list of rows; one that is already set stays where it is. */
export const startWatermark = (
  watermark: Watermark,
  rows: readonly WrittenRow[],
  {requestedAt, answeredAt}: RequestTimes,
): Watermark =>
  watermark.at === undefined ? {...watermark, at: getNewest(rows), seenAt: answeredAt, requestedAt} : watermark;

/**
 * The watermark after a delta. `smallest` is the usual number of rows per delta; `leastAheadMs` is how far the server's clock
 * is ahead of ours at least, judging by rows.
 */
export const advanceWatermark = (
  before: Watermark,
  page: Page<WrittenRow>,
  times: RequestTimes & {readonly smallest: number; readonly leastAheadMs: number},
): Watermark => {
  const watermark = endSetBack(before, page, times);
  const rows = selectCurrentRows(watermark, page.items, times);
  const newestAt = getNewest(rows);
  const isCut = page.total > page.items.length && rows.length === page.items.length;
  if (isCut && watermark.doubtedFrom === undefined) {
    return advanceToCut(watermark, newestAt, times);
  }

  const complete = {
    ...watermark,
    isDeltaCut: false,
    // If what is new is not on the page, it is not among the oldest rows.
    doubtedFrom: isCut ? undefined : watermark.doubtedFrom,
    deltaSize: times.smallest,
    requestedAt: times.requestedAt,
  };
  const isNewer = newestAt !== undefined && (watermark.at === undefined || newestAt > watermark.at);
  const moved = isNewer ? {...complete, at: newestAt, seenAt: times.answeredAt} : complete;
  // What is known of the server's clock may be from before it was set back.
  const serverRequestedAt =
    watermark.overtakenAt === undefined ? times.requestedAt + times.leastAheadMs : Number.NEGATIVE_INFINITY;
  return closeSecond(moved, serverRequestedAt, times.requestedAt);
};

/** How far the two clocks may drift apart, in milliseconds, while the server's is behind where it was. */
const driftMs = 2000;

/** The latest instant of the server's clock, after it was set back, when an answer arrived. */
const getLatestNow = ({at = 0, seenAt}: Watermark, {answeredAt}: Pick<RequestTimes, 'answeredAt'>): Instant =>
  at + (answeredAt - (seenAt ?? answeredAt)) + driftMs;

/** The rows without those from before the clock was set back. */
export const selectCurrentRows = <T extends WrittenRow>(
  watermark: Watermark,
  rows: readonly T[],
  times: Pick<RequestTimes, 'answeredAt'>,
): readonly T[] => {
  const latestAt = getLatestNow(watermark, times);
  return watermark.overtakenAt === undefined ? rows : rows.filter(({updatedAt = 0}) => updatedAt <= latestAt);
};

/**
 * Ends the doubt if a row later than the watermark shows that the clock was not set back, and the time after it was if the clock
 * has got to where it was, or was set forward again.
 */
const endSetBack = (watermark: Watermark, {items}: Page<WrittenRow>, times: RequestTimes): Watermark => {
  const {at, doubtedFrom, overtakenAt} = watermark;
  const newestAt = getNewest(items) ?? Number.NEGATIVE_INFINITY;
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

/** A row may have been written this long before the `Date` by which it was noticed that the clock was set back. */
const noticingMs = 10_000;

/** The watermark after a `Date` showed that the server's clock may have been set back: the next delta is due at once. */
export const doubtWatermark = (watermark: Watermark, serverDateAt: Instant): Watermark =>
  watermark.at === undefined ? watermark : {...watermark, doubtedFrom: serverDateAt - noticingMs, isDeltaCut: true};

/**
 * Every delta returns the rows written in the second of the watermark again. Once an answer was requested after that second
 * was over, deltas start at its end instead. This relies on rows alone: the server wrote a row at least as long ago as we
 * have known it.
 */
const closeSecond = (watermark: Watermark, serverRequestedAt: Instant, requestedAt: Instant): Watermark => {
  const {at, seenAt, closedAt} = watermark;
  if (at === undefined || seenAt === undefined) {
    return watermark;
  }

  const endAt = Math.floor(at / 1000) * 1000 + 1000;
  return Math.max(serverRequestedAt, at + requestedAt - seenAt) < endAt + overlapMs
    ? watermark
    : {...watermark, closedAt: Math.max(closedAt, endAt)};
};

/**
 * An incomplete page advances the watermark to its last row; page 2 is never requested, because rows move between pages.
 * If the next delta would not start later than this one, its page is made larger and, at the limit, its start is moved by a
 * second, so that it cannot loop.
 */
const advanceToCut = (
  watermark: Watermark,
  newestAt: Instant | undefined,
  {smallest, answeredAt}: {readonly smallest: number; readonly answeredAt: Instant},
): Watermark => {
  const {deltaSize, closedAt} = watermark;
  const lastAt = pickLater(watermark.at, newestAt);
  const cut = {
    ...watermark,
    at: lastAt,
    seenAt: lastAt === watermark.at ? watermark.seenAt : answeredAt,
    isDeltaCut: true,
  };
  if ((getDeltaStart(cut) ?? 0) > (getDeltaStart(watermark) ?? 0)) {
    return {...cut, deltaSize: smallest};
  }

  return deltaSize < largestDelta || lastAt === undefined
    ? {...cut, deltaSize: Math.min(largestDelta, deltaSize * 10)}
    : {...cut, closedAt: Math.max(Math.floor(lastAt / 1000), Math.floor(closedAt / 1000)) * 1000 + 1000};
};

/**
 * The watermark after these rows, all of them new to us, with a look-back that would have caught the latest of them. A row is
 * late if it was written before the watermark: by a server whose clock is behind that of the server that wrote the
 * watermark's row, or whose clock was set back.
 */
export const growLookBack = (watermark: Watermark, rows: readonly WrittenRow[]): Watermark => {
  const {at = Number.NEGATIVE_INFINITY, closedAt, lookBackMs} = watermark;
  const seenUntil = Math.max(at, closedAt);
  const lateMs = rows.reduce(
    (longest, {updatedAt = Number.POSITIVE_INFINITY}) => Math.max(longest, seenUntil - updatedAt),
    0,
  );
  return lateMs <= Math.max(overlapMs, lookBackMs - 1000)
    ? watermark
    : {...watermark, lookBackMs: Math.min(longestLookBackMs, Math.max(lookBackMs, lateMs + 1000))};
};

/**
 * The watermark after these rows if they show that the clock was set back further than any look-back: it starts again from the
 * newest of them. They do if a `Date` has already raised the doubt, or if one was rewritten at an earlier time than before.
 */
export const restartIfSetBack = (watermark: Watermark, rows: readonly RewrittenRow[], seenAt: Instant): Watermark => {
  const {at, closedAt, doubtedFrom, overtakenAt} = watermark;
  const seenUntil = Math.max(at ?? closedAt, closedAt);
  const late = rows.filter(({updatedAt = seenUntil}) => updatedAt < seenUntil - longestLookBackMs);
  const isSetBack =
    doubtedFrom !== undefined ||
    late.some(({updatedAt = 0, previousAt = 0}) => updatedAt < previousAt - longestLookBackMs);
  return late.length > 0 && isSetBack && overtakenAt === undefined
    ? {
        ...watermark,
        at: getNewest(late),
        seenAt,
        closedAt: Number.NEGATIVE_INFINITY,
        doubtedFrom: undefined,
        overtakenAt: seenUntil,
      }
    : watermark;
};
