import type {Attempt} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import {type Instant, pickLater} from '../../domain/instant.js';
import type {Page} from '../../domain/page.js';
import {isFinished} from '../../domain/status.js';

/** Rows requested in a delta; ten times as many after one that brought the watermark no further. */
export const smallestDelta = 100;
const largestDelta = 10_000;

/** A row that is finished and was seen lately, and when it was last written, by the server's clock. */
export type SeenRow = {readonly id: StepId; readonly updatedAt: Instant};

/**
 * How far the rows of a list have been seen. It comes only from what the server wrote into rows (`updated`), never from the
 * `Date` of an answer, which a proxy may write by another clock.
 */
export type Watermark = {
  /** The newest `updated` seen, by the server's clock; `undefined` before the first row. */
  readonly watermarkAt: Instant | undefined;
  /** When the row that the watermark comes from was first seen, by our clock. */
  readonly watermarkSeenAt: Instant | undefined;
  /** Up to here, the end of a second by the server's clock, everything has been seen; never past that of the watermark. */
  readonly closedAt: Instant;
  /** How far before the watermark rows have turned up late, in milliseconds, as behind an address with several servers. */
  readonly lookBackMs: number;
  /** The last delta did not fit on its page: ask at once for what follows. */
  readonly isDeltaCut: boolean;
  /** Rows per delta; more after one that did not fit and brought the watermark no further. */
  readonly deltaSize: number;
  /** When the last answer that told of all rows up to now was asked for, by our clock. */
  readonly rowsRequestedAt: Instant | undefined;
};

export const noWatermark: Watermark = {
  watermarkAt: undefined,
  watermarkSeenAt: undefined,
  closedAt: Number.NEGATIVE_INFINITY,
  lookBackMs: 0,
  isDeltaCut: false,
  deltaSize: smallestDelta,
  rowsRequestedAt: undefined,
};

/**
 * How far a delta looks back before the watermark, in milliseconds, for rows that were written but could not be seen yet. The
 * server compares whole seconds, which adds half a second on average.
 */
const overlapMs = 300;

/** Rows later than this are found by listing what is unfinished; looking back this far each time would cost too much. */
export const longestLookBackMs = 60_000;

/** Where a delta with this watermark starts, by the server's clock; `undefined`: with the first row. */
export const getDeltaStart = ({watermarkAt, closedAt, lookBackMs}: Place): Instant | undefined =>
  watermarkAt === undefined
    ? undefined
    : Math.floor((Math.max(closedAt, watermarkAt - overlapMs) - lookBackMs) / 1000) * 1000;

type Place = Pick<Watermark, 'watermarkAt' | 'closedAt' | 'lookBackMs'>;

type Written = {readonly updatedAt: Instant | undefined};
type Times = {readonly requestedAt: Instant; readonly answeredAt: Instant};

const getNewest = (rows: readonly Written[]): Instant | undefined =>
  rows.reduce<Instant | undefined>((newest, {updatedAt}) => pickLater(newest, updatedAt), undefined);

const pickWatermark = ({
  watermarkAt,
  watermarkSeenAt,
  closedAt,
  lookBackMs,
  isDeltaCut,
  deltaSize,
  rowsRequestedAt,
}: Watermark): Watermark => ({
  watermarkAt,
  watermarkSeenAt,
  closedAt,
  lookBackMs,
  isDeltaCut,
  deltaSize,
  rowsRequestedAt,
});

/** The watermark after the first list of rows, which leaves one that is known already where it is. */
export const startWatermark = (before: Watermark, rows: readonly Written[], times: Times): Watermark => {
  const newestAt = getNewest(rows);
  const known = pickWatermark(before);
  return known.watermarkAt === undefined
    ? {...known, watermarkAt: newestAt, watermarkSeenAt: times.answeredAt, rowsRequestedAt: times.requestedAt}
    : known;
};

/**
 * The watermark after a delta. `smallest`: rows per delta where nothing speaks against it; `leastAheadMs`: what the server's
 * clock is ahead of ours at least, as far as rows have shown.
 */
export const advanceWatermark = (
  known: Watermark,
  page: Page<Written>,
  times: Times & {readonly smallest: number; readonly leastAheadMs: number},
): Watermark => {
  const before = pickWatermark(known);
  const newestAt = getNewest(page.items);
  if (page.total > page.items.length) {
    return advanceToCut(before, newestAt, times);
  }

  const whole = {...before, isDeltaCut: false, deltaSize: times.smallest, rowsRequestedAt: times.requestedAt};
  const moved =
    newestAt !== undefined && isPast(before, newestAt)
      ? {...whole, watermarkAt: newestAt, watermarkSeenAt: times.answeredAt}
      : whole;
  return closeSecond(moved, times.requestedAt + times.leastAheadMs, times.requestedAt);
};

const isPast = ({watermarkAt}: Watermark, writtenAt: Instant): boolean =>
  watermarkAt === undefined || writtenAt > watermarkAt;

/**
 * Rows of the second of the watermark come with every delta, an unfinished one among them each time. So when an answer was
 * asked for after that second was over, deltas start at its end, and never later. That takes nothing but rows: what
 * the server wrote, it wrote at least as long ago as we have seen it.
 */
const closeSecond = (before: Watermark, serverAskedAt: Instant, requestedAt: Instant): Watermark => {
  const {watermarkAt, watermarkSeenAt} = before;
  if (watermarkAt === undefined || watermarkSeenAt === undefined) {
    return before;
  }

  const endAt = Math.floor(watermarkAt / 1000) * 1000 + 1000;
  return Math.max(serverAskedAt, watermarkAt + requestedAt - watermarkSeenAt) < endAt + overlapMs
    ? before
    : {...before, closedAt: Math.max(before.closedAt, endAt)};
};

/**
 * A page that did not contain all there was brings the watermark to its last row; page 2 is never requested, since rows move
 * between pages. Where the next delta would start no later than this one did, it is made larger, and in the end moved on
 * by a second, so that it cannot turn in a circle.
 */
const advanceToCut = (
  before: Watermark,
  newestAt: Instant | undefined,
  {smallest, answeredAt}: {readonly smallest: number; readonly answeredAt: Instant},
): Watermark => {
  const {watermarkAt, deltaSize} = before;
  const lastAt = pickLater(watermarkAt, newestAt);
  const isPastAll = lastAt !== watermarkAt;
  const cut = {
    ...before,
    watermarkAt: lastAt,
    watermarkSeenAt: isPastAll ? answeredAt : before.watermarkSeenAt,
    isDeltaCut: true,
  };
  if ((getDeltaStart(cut) ?? 0) > (getDeltaStart(before) ?? 0)) {
    return {...cut, deltaSize: smallest};
  }

  return deltaSize < largestDelta || lastAt === undefined
    ? {...cut, deltaSize: Math.min(largestDelta, deltaSize * 10)}
    : {...cut, closedAt: Math.max(Math.floor(lastAt / 1000), Math.floor(before.closedAt / 1000)) * 1000 + 1000};
};

/**
 * How far to look back after these rows, all new to us, have come: as far as the latest of them to turn up would have needed.
 * A row is late when it was written before the watermark, by a server whose clock is behind that of the one that wrote the
 * watermark's row, or was put back.
 */
export const growLookBack = (
  {watermarkAt = Number.NEGATIVE_INFINITY, closedAt, lookBackMs}: Place,
  rows: readonly Written[],
): number => {
  const seenUntil = Math.max(watermarkAt, closedAt);
  const lateMs = rows.reduce(
    (longest, {updatedAt = Number.POSITIVE_INFINITY}) => Math.max(longest, seenUntil - updatedAt),
    0,
  );
  return lateMs <= Math.max(overlapMs, lookBackMs - 1000)
    ? lookBackMs
    : Math.min(longestLookBackMs, Math.max(lookBackMs, lateMs + 1000));
};

/** More ids than this make a request too long for some proxies. */
const maxSeenRows = 50;

/**
 * The finished rows that the next delta would bring again. They change no more, so it may leave them out; an unfinished one
 * may have ended meanwhile, and must not be left out.
 */
export const mergeSeenRows = (
  before: readonly SeenRow[],
  rows: readonly Attempt[],
  watermark: Place,
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
