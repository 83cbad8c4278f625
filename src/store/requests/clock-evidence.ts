import type {Instant} from '../../domain/instant.js';

/** Bounds of what to add to the local clock to get the server's, in milliseconds. */
export type Bounds = {readonly minMs: number; readonly maxMs: number};

/** What responses have shown about the server's clock. */
export type ClockEvidence = {
  /** From the times that the server wrote into rows. */
  readonly rows: Bounds | undefined;
  /** From the `Date` header of responses, which a proxy may write by another clock. */
  readonly dates: Bounds | undefined;
};

/** The least by which the server's clock can be ahead of the local one, judging by rows alone, in milliseconds. */
export const getMinAheadMs = ({rows}: ClockEvidence): number => rows?.minMs ?? Number.NEGATIVE_INFINITY;

export const noClockEvidence: ClockEvidence = {rows: undefined, dates: undefined};

/** How far clocks may drift between one response and the next, in milliseconds. */
const driftMs = 1;

/** The bounds after another response; if it contradicts them, its bounds alone. */
export const narrowBounds = (before: Bounds | undefined, next: Bounds): Bounds => {
  if (before === undefined) {
    return next;
  }

  const minMs = Math.max(before.minMs - driftMs, next.minMs);
  const maxMs = Math.min(before.maxMs + driftMs, next.maxMs);
  return minMs > maxMs ? next : {minMs, maxMs};
};

/** Contradictions this small, in milliseconds, come from writes that become visible a moment later. */
export const minSpreadMs = 500;

/**
 * How far, according to a response, two clocks differ or a clock was set, in milliseconds; 0 if the response is within
 * the known bounds.
 */
export const getSpreadMs = (before: Bounds | undefined, next: Bounds | undefined): number => {
  if (before === undefined || next === undefined) {
    return 0;
  }

  const gapMs = Math.max(next.minMs - before.maxMs, before.minMs - next.maxMs);
  return gapMs <= minSpreadMs ? 0 : Math.max(gapMs, Math.abs(next.minMs - before.minMs));
};

export const clampToBounds = (ms: number, {minMs, maxMs}: Bounds): number => Math.min(Math.max(ms, minMs), maxMs);

/**
 * How old a `Date` may be, in milliseconds: servers truncate it to whole seconds, and read the clock once a second or, when busy,
 * less often.
 */
const oldestDateMs = 3000;

type Times = {readonly requestedAt: Instant; readonly respondedAt: Instant};

/** A Date was true at some moment before the response arrived, and not long before. */
export const getDateBounds = (serverDateAt: Instant, {requestedAt, respondedAt}: Times): Bounds => ({
  minMs: serverDateAt - respondedAt,
  maxMs: serverDateAt + oldestDateMs - requestedAt,
});
