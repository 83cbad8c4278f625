import type {Instant} from '../instant.js';
import {parseProgressLine, type StepProgress} from '../progress.js';
import type {LogEntry} from './entry.js';

/** What the log of a running step says about its progress. */
export type LogActivity = {
  /** When something was last written; `undefined` for a log without times. */
  readonly lastAt: Instant | undefined;
  /** The longest pause between two entries, in milliseconds; `undefined` for a log with few entries that have a time. */
  readonly longestPauseMs: number | undefined;
  readonly progress: StepProgress | undefined;
};

/** With fewer entries, their pauses are not typical. */
const minEntries = 6;

/** Progress further up is outdated. */
const maxProgressEntries = 100;

/** Summarizes the entries of a log, oldest first. */
export const summarizeLog = (entries: readonly LogEntry[]): LogActivity => {
  let longestPauseMs = 0;
  let lastAt: Instant | undefined;
  let timedCount = 0;
  for (const {at} of entries) {
    if (at !== undefined) {
      longestPauseMs = Math.max(longestPauseMs, at - (lastAt ?? at));
      lastAt = Math.max(at, lastAt ?? at);
      timedCount += 1;
    }
  }

  return {
    lastAt,
    longestPauseMs: timedCount < minEntries ? undefined : longestPauseMs,
    progress: findLogProgress(entries),
  };
};

/** The last progress in a log. Epochs take precedence over what is counted within each of them. */
const findLogProgress = (entries: readonly LogEntry[]): StepProgress | undefined => {
  let last: StepProgress | undefined;
  for (const {message} of entries.slice(-maxProgressEntries).toReversed()) {
    for (const line of message.split(/[\r\n]+/).toReversed()) {
      const progress = parseProgressLine(line);
      if (progress?.label === 'epoch') {
        return progress;
      }

      last ??= progress;
    }
  }

  return last;
};
