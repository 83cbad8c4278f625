import type {LogEntry} from '../../domain/log.js';
import {instant} from './time.js';
import {count, isRecord, text, type Wire, word} from './wire.js';

const plainEntry = (message: string, stamp: string | undefined): LogEntry => ({
  id: undefined,
  message,
  level: undefined,
  at: stamp === undefined ? undefined : instant(stamp),
  name: undefined,
  module: undefined,
  filename: undefined,
  lineNumber: undefined,
  chunkIndex: 0,
  chunkCount: 1,
});

const entryOf = (whole: Wire): LogEntry | undefined => {
  const message = text(whole['message']);
  return message === undefined
    ? undefined
    : {
        id: word(whole['id']),
        message,
        level: count(whole['level']),
        at: instant(whole['timestamp']),
        name: word(whole['name']),
        module: word(whole['module']),
        filename: word(whole['filename']),
        lineNumber: count(whole['lineno']),
        chunkIndex: count(whole['chunk_index']) ?? 0,
        chunkCount: Math.max(1, count(whole['total_chunks']) ?? 1),
      };
};

const stamped = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) UTC\] ?/;

/** The writer ends messages with empty lines of its own; those inside one are the user's. */
const withoutEmptyEnd = (lines: readonly string[]): string => {
  let length = lines.length;
  while (length > 1 && lines[length - 1] === '') {
    length -= 1;
  }

  return lines.slice(0, length).join('\n');
};

/** Up to 0.84 a log is one text. A line without a stamp goes on with the entry above it. */
const entriesOfText = (whole: string): readonly LogEntry[] => {
  const entries: LogEntry[] = [];
  let stamp: string | undefined;
  let lines: string[] = [];
  const finish = (): void => {
    const message = withoutEmptyEnd(lines);
    if (stamp !== undefined || message !== '') {
      entries.push(plainEntry(message, stamp));
    }
  };

  for (const line of whole.split(/\r?\n/)) {
    const match = stamped.exec(line);
    if (match === null) {
      lines.push(line);
      continue;
    }

    finish();
    stamp = match[1];
    lines = [line.slice(match[0].length)];
  }

  finish();
  return entries;
};

/**
 * A log in any of its forms: a text (up to 0.84), a list of entries (0.85 on), a page `{items}`. `undefined` for
 * anything else.
 */
export const logEntriesOf = (whole: unknown): readonly LogEntry[] | undefined => {
  if (typeof whole === 'string') {
    return entriesOfText(whole);
  }

  const items = isRecord(whole) ? whole['items'] : whole;
  if (!Array.isArray(items)) {
    return undefined;
  }

  return items.flatMap((item: unknown) =>
    isRecord(item) ? (entryOf(item) ?? []) : typeof item === 'string' ? plainEntry(item, undefined) : [],
  );
};
