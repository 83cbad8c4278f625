/** Milliseconds since the epoch. */
export type Instant = number;

/** The time from start to end, or to `now` before the end, in milliseconds; never negative. `undefined` before the start. */
export const getElapsedMs = (
  span: {readonly startedAt: Instant | undefined; readonly endedAt: Instant | undefined},
  now: Instant,
): number | undefined =>
  span.startedAt === undefined ? undefined : Math.max(0, (span.endedAt ?? now) - span.startedAt);

/** The later of two instants that may be unknown. */
export const pickLater = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);
