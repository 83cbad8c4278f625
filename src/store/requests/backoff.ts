import {type Failure, type FailureKind, getRequestCount, getRetryAfterMs, isRateLimited} from '../../domain/failure.js';

const second = 1000;
const minute = 60 * second;

/**
 * The longest pause before another try after a long streak of failures, in milliseconds. It is short if retrying costs little,
 * so that the screen recovers soon after a link or a server does, and long if only a person can fix the cause.
 */
const ceilingByKind: Readonly<Record<FailureKind, number>> = {
  unreachable: 5 * second,
  'timed-out': 5 * second,
  'not-zenml': 10 * second,
  'proxy-refused': 10 * second,
  refused: 10 * second,
  malformed: 10 * second,
  untrusted: minute / 2,
  'not-signed-in': minute / 2,
  forbidden: minute / 2,
  'not-found': minute / 2,
  'no-route': minute / 2,
  'too-large': minute / 2,
};

/** The longest pause for a server that reports too many requests. */
const busyCeilingMs = minute / 2;

/** A longer Retry-After is not honored: a mistake there must not leave the user without updates for a day. */
const maxRetryAfterMs = 10 * minute;

/**
 * A streak younger than this is retried every interval; after that, the pause grows by one interval each time this much
 * more time has passed.
 */
const recentMs = minute / 2;

/**
 * Like `recentMs`, where retries may make matters worse: for a server that responds with 429 or rejects the credentials. It is
 * longer than most short faults, so that the screen recovers from these as soon as from any other; but pauses grow 1.5 times as
 * fast, up to six times those for a broken link.
 */
const recentRejectionMs = 20 * second;

/**
 * The share of a pause that is randomized, so that many instances do not come back at once; downwards, so that no pause exceeds
 * the maximum.
 */
const jitterShare = 1 / 4;

export type FailureStreak = {
  readonly failure: Failure;
  /** 0 once a response to something else has shown that the cause is gone. */
  readonly failedInARow: number;
  /** How long it has lasted, in milliseconds. */
  readonly ageMs: number;
  /** Whether other requests succeed in the meantime. */
  readonly isOwn: boolean;
  /** 0 to 1. */
  readonly jitter: number;
};

/**
 * How long to wait before another try, in milliseconds: half an interval after the first failure (a whole one after
 * a 429), then twice as long each time, but never more than one interval (of at least a second) while the streak is
 * young, so that the screen recovers that soon after a short fault. Pauses in a longer streak are proportional to
 * its age, up to a maximum, and multiplied by the number of requests that a retry costs. A request that fails while everything
 * else succeeds is less urgent: its pause starts at two intervals and doubles. Retry-After takes precedence.
 */
export const getRetryDelayMs = (streak: FailureStreak, intervalMs: number): number => {
  const {failure, failedInARow, jitter} = streak;
  const retryAfterMs = getRetryAfterMs(failure);
  if (retryAfterMs !== undefined) {
    return Math.min(retryAfterMs, maxRetryAfterMs);
  }

  const retryIntervalMs = Math.max(second, intervalMs);
  const doubledMs = retryIntervalMs * getFirstDelayIntervals(streak) * 2 ** Math.min(Math.max(0, failedInARow - 1), 16);
  const delayMs = Math.min(doubledMs, getMaxDelayMs(streak, retryIntervalMs)) * getRequestCount(failure);
  return delayMs * (1 - jitterShare + jitterShare * jitter);
};

/** The first pause, in intervals. */
const getFirstDelayIntervals = ({failure, failedInARow, isOwn}: FailureStreak): number =>
  isOwn && failedInARow > 0 ? 2 : isRateLimited(failure) ? 1 : 1 / 2;

const getMaxDelayMs = ({failure, ageMs, isOwn}: FailureStreak, retryIntervalMs: number): number => {
  const ceilingMs = isRateLimited(failure) ? busyCeilingMs : ceilingByKind[failure.kind];
  if (isOwn) {
    return Math.max(ceilingMs, 2 * retryIntervalMs);
  }

  const isRejection = isRateLimited(failure) || failure.kind === 'not-signed-in';
  const byAgeMs = retryIntervalMs * Math.max(1, ageMs / (isRejection ? recentRejectionMs : recentMs));
  return Math.min(Math.max(ceilingMs, retryIntervalMs), byAgeMs);
};
