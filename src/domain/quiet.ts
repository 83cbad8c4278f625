import type {Attempt} from './attempt.js';
import {type Instant, pickLater} from './instant.js';
import type {LogActivity} from './log/activity.js';

const minute = 60_000;

/** However chatty a step is, a shorter silence means nothing. */
const minQuietMs = 5 * minute;

/** If nothing is known about the pauses of a step, a longer silence is worth mentioning. */
const unknownQuietMs = 15 * minute;

/** Much longer than usual: this many times the longest pause in the log so far. */
const pauseRatio = 4;

/** For a step that hardly logs anything: this many times its duration in previous runs. */
const durationRatio = 2;

type Quiet = {
  readonly attempt: Pick<Attempt, 'startedAt' | 'heartbeatAt'>;
  /** `asOf`: when the log was last fetched, by the server's clock. */
  readonly activity: LogActivity & {readonly asOf: Instant};
  /** How long the step usually takes, in milliseconds. */
  readonly usualMs: number | undefined;
};

/** When a running step last gave a sign of life: a log entry or a heartbeat. */
export const getLastSignAt = ({attempt, activity}: Pick<Quiet, 'attempt' | 'activity'>): Instant | undefined =>
  pickLater(pickLater(attempt.startedAt, attempt.heartbeatAt), activity.lastAt);

/** How long a silence must last to be much longer than usual, in milliseconds. */
export const getQuietLimitMs = ({activity, usualMs}: Pick<Quiet, 'activity' | 'usualMs'>): number => {
  const {longestPauseMs} = activity;
  if (longestPauseMs !== undefined) {
    return Math.max(minQuietMs, pauseRatio * longestPauseMs);
  }

  return usualMs === undefined ? unknownQuietMs : Math.max(minQuietMs, durationRatio * usualMs);
};

/**
 * How long a running step has been silent, in milliseconds, if that was much longer than usual when the log was last fetched: the
 * time since then, perhaps because the machine was suspended, does not show that the step is quiet.
 */
export const findQuietMs = (quiet: Quiet, now: Instant): number | undefined => {
  const lastAt = getLastSignAt(quiet);
  return lastAt !== undefined && Math.min(now, quiet.activity.asOf) - lastAt >= getQuietLimitMs(quiet)
    ? now - lastAt
    : undefined;
};
