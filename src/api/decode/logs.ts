import type {LogEntry} from '../../domain/log/entry.js';
import {decodeInstant} from './time.js';
import {decodeCount, decodeText, decodeWord, isRecord, type Wire} from './wire.js';

const createPlainEntry = (message: string, stamp: string | undefined): LogEntry => ({
  id: undefined,
  message,
  level: undefined,
  at: stamp === undefined ? undefined : decodeInstant(stamp),
  chunkIndex: 0,
  chunkCount: 1,
});

const decodeLogEntry = (whole: Wire): LogEntry | undefined => {
  const message = decodeText(whole['message']);
  return message === undefined
    ? undefined
    : {
        id: decodeWord(whole['id']),
        message,
        level: decodeCount(whole['level']),
        at: decodeInstant(whole['timestamp']),
        chunkIndex: decodeCount(whole['chunk_index']) ?? 0,
        chunkCount: Math.max(1, decodeCount(whole['total_chunks']) ?? 1),
      };
};

const stampedLine = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) UTC\] ?/;

/** ZenML ends messages with blank lines of its own; blank lines inside a message are the user's. */
const removeTrailingEmptyLines = (lines: readonly string[]): string => {
  let length = lines.length;
  while (length > 1 && lines[length - 1] === '') {
    length -= 1;
  }

  return lines.slice(0, length).join('\n');
};

/** Up to 0.84 a log is one text. A line without a timestamp belongs to the entry above it. */
const parseLogText = (whole: string): readonly LogEntry[] => {
  const entries: LogEntry[] = [];
  let stamp: string | undefined;
  let lines: string[] = [];
  const finish = (): void => {
    const message = removeTrailingEmptyLines(lines);
    if (stamp !== undefined || message !== '') {
      entries.push(createPlainEntry(message, stamp));
    }
  };

  for (const line of whole.split(/\r?\n/)) {
    const match = stampedLine.exec(line);
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
 * A log in any of its forms: a text (up to 0.84), a list of entries (since 0.85), a page `{items}`. `undefined` for
 * anything else, and for a list that is not empty but contains no entries.
 */
export const decodeLogEntries = (whole: unknown): readonly LogEntry[] | undefined => {
  if (typeof whole === 'string') {
    return parseLogText(whole);
  }

  const items = isRecord(whole) ? whole['items'] : whole;
  if (!Array.isArray(items)) {
    return undefined;
  }

  const entries = items.flatMap((item: unknown) =>
    isRecord(item) ? (decodeLogEntry(item) ?? []) : typeof item === 'string' ? createPlainEntry(item, undefined) : [],
  );
  return entries.length === 0 && items.length > 0 ? undefined : entries;
};
