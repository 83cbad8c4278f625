import {type Instant, pickLater} from '../../domain/instant.js';

/** Rows per delta; ten times as many after a delta that did not advance the watermark. */
export const minDeltaSize = 100;

/**
 * How far the rows of a list have been seen. It is derived only from what the server wrote into rows (`updated`), never from
 * the `Date` header of a response: a proxy may write that by another clock.
 */
export type Watermark = {
  /** The newest `updated` seen, by the server's clock; `undefined` before the first row. */
  readonly at: Instant | undefined;
  /** When the row with that `updated` was first seen, by the local clock. */
  readonly seenAt: Instant | undefined;
  /** Everything before this instant, the end of a second by the server's clock, has been seen. */
  readonly closedAt: Instant;
  /** How far before the watermark rows have turned up late, in milliseconds, as they do when replicas disagree on the time. */
  readonly lookBackMs: number;
  /** Deltas start here at the latest, because the server's clock may have been set back that far; by its clock. */
  readonly doubtedFrom: Instant | undefined;
  /**
   * The newest `updated` from before the clock was set back: until the clock reaches it again, rows later than its current time
   * are old ones.
   */
  readonly overtakenAt: Instant | undefined;
  /** The last delta did not fit on its page: the next one is due at once. */
  readonly isDeltaCut: boolean;
  /** Rows per delta. */
  readonly deltaSize: number;
  /** When the last complete response was requested, by the local clock. */
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
  deltaSize: minDeltaSize,
  requestedAt: undefined,
};

/**
 * How far a delta overlaps the previous one, in milliseconds, to catch rows that had been written but were not visible yet.
 * The server compares whole seconds, which adds half a second on average.
 */
export const overlapMs = 300;

/**
 * Rows that turn up later than this are found by listing the unfinished steps; looking back this far each time would cost too much.
 */
export const maxLookBackMs = 60_000;

/** Where the next delta starts, by the server's clock; `undefined` means with the first row. */
export const findDeltaStart = ({at, closedAt, lookBackMs, doubtedFrom}: Watermark): Instant | undefined => {
  if (at === undefined) {
    return undefined;
  }

  const startAt = Math.max(closedAt, at - overlapMs) - lookBackMs;
  return Math.floor(Math.min(startAt, doubtedFrom ?? startAt) / 1000) * 1000;
};

/** Whether a row that was written later than another one may have an earlier time. */
export const areTimesUncertain = ({lookBackMs, doubtedFrom, overtakenAt}: Watermark): boolean =>
  lookBackMs > 0 || doubtedFrom !== undefined || overtakenAt !== undefined;

export type WrittenRow = {readonly updatedAt: Instant | undefined};
export type RequestTimes = {readonly requestedAt: Instant; readonly respondedAt: Instant};

/** The newest `updated` of these rows, by the server's clock. */
export const findNewestAt = (rows: readonly WrittenRow[]): Instant | undefined =>
  rows.reduce<Instant | undefined>((newest, {updatedAt}) => pickLater(newest, updatedAt), undefined);
