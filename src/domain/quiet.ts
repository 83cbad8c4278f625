import type {Attempt} from './attempt.js';
import {type Instant, pickLater} from './instant.js';
import type {LogActivity} from './log/activity.js';

const minute = 60_000;

/** However chatty a step is, a shorter silence means nothing. */
const minQuietMs = 5 * minute;

/** If neither the pauses of a step nor its usual duration are known, a silence of this length is worth mentioning. */
const defaultQuietMs = 15 * minute;

/** A silence is much longer than usual if it lasts this many times as long as the longest pause in the log so far. */
const pauseRatio = 4;

/** If a step hardly logs anything, a silence this many times as long as the step usually takes is much longer than usual. */
const durationRatio = 2;

/** What shows that a running step is alive, and how long it usually takes. */
type LifeSigns = {
  readonly attempt: Pick<Attempt, 'startedAt' | 'heartbeatAt'>;
  /** `asOf`: when the log was last fetched, by the server's clock. */
  readonly activity: LogActivity & {readonly asOf: Instant};
  /** How long the step usually takes, in milliseconds. */
  readonly usualMs: number | undefined;
};

/** When a running step last gave a sign of life: its start, a heartbeat or a log entry. */
export const getLastSignOfLifeAt = ({
  attempt,
  activity,
}: Pick<LifeSigns, 'attempt' | 'activity'>): Instant | undefined =>
  pickLater(pickLater(attempt.startedAt, attempt.heartbeatAt), activity.lastAt);

/** How long a silence must last to be much longer than usual, in milliseconds. */
export const getQuietLimitMs = ({activity, usualMs}: Pick<LifeSigns, 'activity' | 'usualMs'>): number => {
  const {longestPauseMs} = activity;
  if (longestPauseMs !== undefined) {
    return Math.max(minQuietMs, pauseRatio * longestPauseMs);
  }

  return usualMs === undefined ? defaultQuietMs : Math.max(minQuietMs, durationRatio * usualMs);
};

/**
 * How long a running step has been silent, in milliseconds, if it was already quiet for much longer than usual when its log was
 * last fetched; otherwise `undefined`. The time since then shows nothing: perhaps this machine was suspended.
 */
export const findQuietMs = (signs: LifeSigns, now: Instant): number | undefined => {
  const lastAt = getLastSignOfLifeAt(signs);
  return lastAt !== undefined && Math.min(now, signs.activity.asOf) - lastAt >= getQuietLimitMs(signs)
    ? now - lastAt
    : undefined;
};
