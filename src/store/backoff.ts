import {type Failure, type FailureKind, retryAfterMsOf} from '../domain/failure.js';

const second = 1000;
const minute = 60 * second;

/**
 * The longest pause before another try, in milliseconds. Short where nobody is burdened by it, so that the screen is right
 * soon after a link or a server is back; long where only somebody's doing can help.
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

/** More than this the server cannot ask of us: a mistake there must not blind the watcher for a day. */
const longestRetryAfterMs = 10 * minute;

type Trouble = {readonly failure: Failure | undefined; readonly failedInARow: number; readonly jitter: number};

/**
 * How long to wait before another try, in milliseconds: twice the interval after one failure, doubling with each in a row
 * up to a ceiling, spread over the upper half by the jitter (0 to 1), so that many watchers do not come back at once.
 * Retry-After wins.
 */
export const retryPauseMs = ({failure, failedInARow, jitter}: Trouble, intervalMs: number): number => {
  const askedMs = failure && retryAfterMsOf(failure);
  if (askedMs !== undefined) {
    return Math.min(askedMs, longestRetryAfterMs);
  }

  const ceilingMs = Math.max(ceilingByKind[failure?.kind ?? 'unreachable'], 2 * intervalMs);
  const fullMs = Math.min(ceilingMs, Math.max(second, intervalMs) * 2 ** Math.min(Math.max(1, failedInARow), 16));
  return fullMs / 2 + (fullMs / 2) * jitter;
};
