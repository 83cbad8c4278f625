import type {LogEntry} from '../../domain/log/entry.js';
import type {LogLine} from '../../domain/log/line.js';
import {findLogLine} from '../../domain/log/lines.js';
import {emptyLogTail, getCompleteEnd, withLogEntries} from '../../domain/log/tail.js';
import {formatLog} from '../../format/log/log-text.js';

export type LogPrinter = {
  /** Takes the log as read so far, and prints what is new in it, except lines that may still change. */
  readonly print: (entries: readonly LogEntry[]) => void;
  /** Prints the remaining lines. */
  readonly finish: () => void;
};

/** The tail is limited in size, so a long log is processed in parts. */
const entriesAtOnce = 1000;

/** Prints each line of a log once. If the log has been replaced by another one, the new one is printed from its beginning. */
export const createLogPrinter = (write: (text: string) => void, hasTimes: boolean): LogPrinter => {
  let tail = emptyLogTail;
  let nextNumber = 0;
  let generation = 0;

  const printUpTo = (end: number): void => {
    const lines: LogLine[] = [];
    for (let number = Math.max(nextNumber, tail.lines.first); number < end; number += 1) {
      const line = findLogLine(tail.lines, number);
      if (line !== undefined) {
        lines.push(line);
      }
    }

    nextNumber = Math.max(nextNumber, end);
    write(formatLog(lines, {hasTimes}));
  };

  return {
    print: entries => {
      let length = Math.min(tail.entryCount, entries.length);
      do {
        length = Math.min(length + entriesAtOnce, entries.length);
        tail = withLogEntries(tail, entries.slice(0, length));
        if (tail.generation !== generation) {
          generation = tail.generation;
          nextNumber = 0;
        }

        printUpTo(getCompleteEnd(tail));
      } while (length < entries.length);
    },
    finish: () => printUpTo(tail.lines.end),
  };
};
