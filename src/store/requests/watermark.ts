import type {Attempt} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import {type Instant, pickLater} from '../../domain/instant.js';
import type {Page} from '../../domain/page.js';
import {isFinished} from '../../domain/status.js';

/** Rows per delta; ten times as many after a delta that did not advance the watermark. */
export const smallestDelta = 100;
const largestDelta = 10_000;

/** A recently seen finished row, and when it was last written, by the server's clock. */
export type SeenRow = {readonly id: StepId; readonly updatedAt: Instant};

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
export const getDeltaStart = ({at, closedAt, lookBackMs}: Watermark): Instant | undefined =>
  at === undefined ? undefined : Math.floor((Math.max(closedAt, at - overlapMs) - lookBackMs) / 1000) * 1000;

type WrittenRow = {readonly updatedAt: Instant | undefined};
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
  watermark: Watermark,
  page: Page<WrittenRow>,
  times: RequestTimes & {readonly smallest: number; readonly leastAheadMs: number},
): Watermark => {
  const newestAt = getNewest(page.items);
  if (page.total > page.items.length) {
    return advanceToCut(watermark, newestAt, times);
  }

  const complete = {
    ...watermark,
    isDeltaCut: false,
    deltaSize: times.smallest,
    requestedAt: times.requestedAt,
  };
  const isNewer = newestAt !== undefined && (watermark.at === undefined || newestAt > watermark.at);
  const moved = isNewer ? {...complete, at: newestAt, seenAt: times.answeredAt} : complete;
  return closeSecond(moved, times.requestedAt + times.leastAheadMs, times.requestedAt);
};

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

/** More ids than this make the URL too long for some proxies. */
const maxSeenRows = 50;

/**
 * The finished rows that the next delta would return again. They no longer change, so it may leave them out; an unfinished
 * row may have ended since and must not be left out.
 */
export const mergeSeenRows = (
  before: readonly SeenRow[],
  rows: readonly Attempt[],
  watermark: Watermark,
): readonly SeenRow[] => {
  const since = getDeltaStart(watermark) ?? Number.NEGATIVE_INFINITY;
  const updatedAtById = new Map(before.map(({id, updatedAt}) => [id, updatedAt]));
  for (const {id, status, updatedAt} of rows) {
    if (updatedAt !== undefined && isFinished(status)) {
      updatedAtById.set(id, updatedAt);
    }
  }

  return [...updatedAtById]
    .filter(([, updatedAt]) => updatedAt >= since)
    .slice(-maxSeenRows)
    .map(([id, updatedAt]) => ({id, updatedAt}));
};
