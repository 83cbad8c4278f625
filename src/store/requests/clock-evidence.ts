import type {Instant} from '../../domain/instant.js';

/** What to add to our clock to get the server's is between these, in milliseconds. */
export type Bounds = {readonly leastMs: number; readonly mostMs: number};

/** What answers have shown of the server's clock. */
export type ClockEvidence = {
  /** By the times that the server wrote into rows. */
  readonly rows: Bounds | undefined;
  /** By the `Date` of answers, which a proxy may write by another clock. */
  readonly dates: Bounds | undefined;
};

/** What the server's clock is ahead of ours at least, by rows alone, in milliseconds. */
export const getLeastAheadMs = ({rows}: ClockEvidence): number => rows?.leastMs ?? Number.NEGATIVE_INFINITY;

export const noClockEvidence: ClockEvidence = {rows: undefined, dates: undefined};

/** Clocks drift by this much from one answer to the next, in milliseconds. */
const driftMs = 1;

/** The bounds after another answer; where that contradicts those known before, it alone. */
export const narrowBounds = (before: Bounds | undefined, next: Bounds): Bounds => {
  if (before === undefined) {
    return next;
  }

  const leastMs = Math.max(before.leastMs - driftMs, next.leastMs);
  const mostMs = Math.min(before.mostMs + driftMs, next.mostMs);
  return leastMs > mostMs ? next : {leastMs, mostMs};
};

/** Contradictions this small, in milliseconds, come of writes that are seen a moment later. */
export const smallestSpreadMs = 500;

/**
 * By how much two clocks differ that an answer shows to be there, or a clock was set, in milliseconds; 0 where it fits in
 * with the bounds known before.
 */
export const getSpreadMs = (before: Bounds | undefined, next: Bounds | undefined): number => {
  if (before === undefined || next === undefined) {
    return 0;
  }

  const gapMs = Math.max(next.leastMs - before.mostMs, before.leastMs - next.mostMs);
  return gapMs <= smallestSpreadMs ? 0 : Math.max(gapMs, Math.abs(next.leastMs - before.leastMs));
};

export const clampToBounds = (ms: number, {leastMs, mostMs}: Bounds): number => Math.min(Math.max(ms, leastMs), mostMs);

/** A Date is cut to whole seconds, and written by servers that look at the clock once a second or, when busy, later. */
const oldestDateMs = 3000;

type Times = {readonly requestedAt: Instant; readonly answeredAt: Instant};

/** A Date was true at some moment before the answer came, and not long before. */
export const getDateBounds = (serverDateAt: Instant, {requestedAt, answeredAt}: Times): Bounds => ({
  leastMs: serverDateAt - answeredAt,
  mostMs: serverDateAt + oldestDateMs - requestedAt,
});
