import {type Failure, type FailureKind, getRetryAfterMs, isRateLimited} from '../../domain/failure.js';

const second = 1000;
const minute = 60 * second;

/**
 * The longest pause before another try, in milliseconds, of trouble that has lasted for long. Short where nobody is
 * burdened by it, so that the screen is right soon after a link or a server is back; long where only somebody's doing can
 * help.
 */
const ceilingByKind: Readonly<Record<FailureKind, number>> = {
  unreachable: 5 * second,
  'timed-out': 5 * second,
  'not-zenml': 10 * second,
  refused: 10 * second,
  malformed: 10 * second,
  untrusted: minute / 2,
  'not-signed-in': minute / 2,
  forbidden: minute / 2,
  'not-found': minute / 2,
  'no-route': minute / 2,
  'too-large': minute / 2,
};

/** A server that says it is asked too much is left alone for as long as one that somebody has to mend. */
const busyCeilingMs = minute / 2;

/** More than this the server cannot ask of us: a mistake there must not blind the watcher for a day. */
const longestRetryAfterMs = 10 * minute;

/** Trouble younger than this is tried again each interval; after that the pause grows by one with each further such age. */
const recentMs = minute / 2;

/**
 * The same where a try may be held against us: a server that says 429, and one that does not let us in. It outlasts an
 * ordinary short fault, so that the screen is right as soon after that as after any other; but pauses grow half as fast
 * again, and up to six times as long as for a link that is down.
 */
const recentRejectionMs = 20 * second;

/** The share of a pause that is spread, so that many watchers do not come back at once; downwards, so that it stays the longest. */
const jitterShare = 1 / 4;

export type FailureStreak = {
  readonly failure: Failure;
  /** 0: what it failed for is over, as the answer to something else has shown. */
  readonly failedInARow: number;
  /** How long it has lasted, in milliseconds. */
  readonly ageMs: number;
  /** Whether other things go well meanwhile. */
  readonly isOwn: boolean;
  /** 0 to 1. */
  readonly jitter: number;
};

/**
 * How long to wait before another try, in milliseconds: half an interval after the first failure (a whole one after a 429),
 * then twice as long each time, but as long as the trouble is young never more than one interval (of a second at least), so
 * that the screen is right again that soon after a short fault. Trouble that lasts is asked after in pauses in proportion
 * to its age, up to a ceiling. What fails while all else goes well is not worth that haste: two intervals, then doubling.
 * Retry-After wins.
 */
export const getRetryDelayMs = (trouble: FailureStreak, intervalMs: number): number => {
  const {failure, failedInARow, jitter} = trouble;
  const askedMs = getRetryAfterMs(failure);
  if (askedMs !== undefined) {
    return Math.min(askedMs, longestRetryAfterMs);
  }

  const beatMs = Math.max(second, intervalMs);
  const doubledMs = beatMs * getFirstDelayIntervals(trouble) * 2 ** Math.min(Math.max(0, failedInARow - 1), 16);
  return Math.min(doubledMs, getMaxDelayMs(trouble, beatMs)) * (1 - jitterShare + jitterShare * jitter);
};

/** The first pause, in intervals. */
const getFirstDelayIntervals = ({failure, failedInARow, isOwn}: FailureStreak): number =>
  isOwn && failedInARow > 0 ? 2 : isRateLimited(failure) ? 1 : 1 / 2;

const getMaxDelayMs = ({failure, ageMs, isOwn}: FailureStreak, beatMs: number): number => {
  const ceilingMs = isRateLimited(failure) ? busyCeilingMs : ceilingByKind[failure.kind];
  if (isOwn) {
    return Math.max(ceilingMs, 2 * beatMs);
  }

  const isSore = isRateLimited(failure) || failure.kind === 'not-signed-in';
  const byAgeMs = beatMs * Math.max(1, ageMs / (isSore ? recentRejectionMs : recentMs));
  return Math.min(Math.max(ceilingMs, beatMs), byAgeMs);
};
