/** Milliseconds since the epoch. */
export type Instant = number;

type Span = {readonly startedAt: Instant | undefined; readonly endedAt: Instant | undefined};

/** The time from start to end, or to `now` before the end, in milliseconds; never negative. `undefined` before the start. */
export const getElapsedMs = ({startedAt, endedAt}: Span, now: Instant): number | undefined =>
  startedAt === undefined ? undefined : Math.max(0, (endedAt ?? now) - startedAt);

/** The time from start to end, in milliseconds; never negative. `undefined` before the end. */
export const getTotalMs = ({startedAt, endedAt}: Span): number | undefined =>
  startedAt === undefined || endedAt === undefined ? undefined : Math.max(0, endedAt - startedAt);

/** The later of two instants; if one is unknown, the other one. */
export const pickLater = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);
