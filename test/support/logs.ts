import type {LogEntry} from '../../src/domain/log/entry.js';
import type {LogLine} from '../../src/domain/log/line.js';
import {emptyLogTail, type LogTail, withLogEntries} from '../../src/domain/log/tail.js';
import {aLogEntry} from './builders.js';

/** Entries with these messages in order, each with its own ID. */
export const buildEntries = (...messages: readonly string[]): readonly LogEntry[] =>
  messages.map((message, index) => aLogEntry({id: `entry-${index}`, message}));

/** The given number of entries, numbered; every thousandth is an error. */
export const buildManyEntries = (count: number): readonly LogEntry[] =>
  Array.from({length: count}, (_, index) =>
    aLogEntry({
      id: `entry-${index}`,
      message: `line ${index} of the training: loss ${(index % 97) / 97}, and what else there is to say of an epoch`,
      level: index % 1000 === 999 ? 40 : 20,
    }),
  );

export const createTail = (entries: readonly LogEntry[]): LogTail => withLogEntries(emptyLogTail, entries);

export const getLines = ({lines}: LogTail): readonly LogLine[] => lines.chunks.flatMap(chunk => chunk.lines);

export const getTexts = (tail: LogTail): readonly string[] => getLines(tail).map(({text}) => text);
