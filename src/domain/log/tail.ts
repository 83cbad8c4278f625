import type {Instant} from '../instant.js';
import type {LogEntry} from '../log.js';
import {splitMessage} from './line.js';
import {emptyLogLines, type LogLines} from './lines.js';
import {createLogWriter, type LogText} from './writer.js';

/** The server gives no more entries of a log than these, the oldest ones (zenml-server, artifact log store). */
export const maxLogEntries = 50_000;

/** The last part of a log that is fetched as a whole again and again. */
export type LogTail = {
  readonly lines: LogLines;
  /** Entries of the file as it was fetched last. */
  readonly entryCount: number;
  /** Counts up when what came was another file, not the same one grown. */
  readonly generation: number;
  /** When the last entry was written, by the server's clock. */
  readonly lastAt: Instant | undefined;
  /** The text of so many entries as can grow no more: all, or all before the last message. */
  readonly settled: LogText & {readonly entryCount: number};
  /** Each so many-th entry, and the last one: a file that has these where they were is the same. */
  readonly prints: readonly Fingerprint[];
  readonly lastPrint: Fingerprint | undefined;
};

/** Number after that of the last line that no later message can change. */
export const getSettledEnd = ({settled: {lines, ending}}: LogTail): number =>
  Math.max(lines.first, lines.end - (ending.isRedrawn || ending.isReturned ? 1 : 0));

/** What tells an entry from another one. Ids do not: they are random for a file that an older version wrote. */
type Fingerprint = Pick<LogEntry, 'id' | 'message' | 'level' | 'at'>;

export const emptyLogTail: LogTail = {
  lines: emptyLogLines,
  entryCount: 0,
  generation: 0,
  lastAt: undefined,
  settled: {lines: emptyLogLines, ending: {isRedrawn: false, isReturned: false}, entryCount: 0},
  prints: [],
  lastPrint: undefined,
};

const fingerprintInterval = 1000;

/** The server has cut the log off: what was written after these entries cannot be fetched. */
export const isTruncated = ({entryCount}: LogTail): boolean => entryCount >= maxLogEntries;

/**
 * With the file as it is now; the tail itself where nothing is new. Costs what is new, not what is there: the file is taken
 * for the same one grown when entries that were remembered are where they were.
 */
export const withEntries = (tail: LogTail, entries: readonly LogEntry[]): LogTail => {
  if (!isContinuation(tail, entries)) {
    return withEntries({...emptyLogTail, generation: tail.generation + 1}, entries);
  }

  const last = entries.at(-1);
  if (last === undefined || (entries.length === tail.entryCount && last.message === tail.lastPrint?.message)) {
    return tail;
  }

  return {
    ...withMessages(tail, entries),
    entryCount: entries.length,
    generation: tail.generation,
    lastAt: last.at ?? tail.lastAt,
    prints: withFingerprints(tail.prints, entries),
    lastPrint: getFingerprint(last),
  };
};

const getFingerprint = ({id, message, level, at}: LogEntry): Fingerprint => ({id, message, level, at});

const withFingerprints = (prints: readonly Fingerprint[], entries: readonly LogEntry[]): readonly Fingerprint[] => {
  const all = [...prints];
  // Not of the last entry, which may still grow.
  for (let place = all.length * fingerprintInterval; place < entries.length - 1; place += fingerprintInterval) {
    const entry = entries[place];
    if (entry !== undefined) {
      all.push(getFingerprint(entry));
    }
  }

  return all;
};

const isContinuation = ({prints, lastPrint, entryCount}: LogTail, entries: readonly LogEntry[]): boolean =>
  entries.length >= entryCount &&
  (lastPrint === undefined || isSameOrLongerEntry(lastPrint, entries[entryCount - 1])) &&
  prints.every((print, place) => isSameEntry(print, entries[place * fingerprintInterval]));

const isSameEntry = (print: Fingerprint, entry: LogEntry | undefined): boolean =>
  entry !== undefined && print.message === entry.message && print.level === entry.level && print.at === entry.at;

/** In a plain text a message ends where the next one begins, so the last one may have been read while it was written. */
const isSameOrLongerEntry = (print: Fingerprint, entry: LogEntry | undefined): boolean =>
  isSameEntry(print, entry) ||
  (entry !== undefined && isPlain(entry) && print.at === entry.at && entry.message.startsWith(print.message));

const isPlain = ({id}: LogEntry): boolean => id === undefined;

/** The text with the messages after those that are settled. A message may come as several entries, its chunks. */
const withMessages = ({settled}: LogTail, entries: readonly LogEntry[]): Pick<LogTail, 'lines' | 'settled'> => {
  const writer = createLogWriter(settled);
  for (let start = settled.entryCount; start < entries.length; ) {
    const end = findMessageEnd(entries, start);
    const first = entries[start];
    const last = entries[end - 1];
    if (first === undefined || last === undefined) {
      break;
    }

    const text = end === start + 1 ? first.message : joinMessages(entries.slice(start, end));
    const message = splitMessage(text, first);
    if (end === entries.length && (isPlain(last) || last.chunkIndex + 1 < last.chunkCount)) {
      const settledNow = {...writer.written(), entryCount: start};
      writer.write(message);
      return {lines: writer.written().lines, settled: settledNow};
    }

    writer.write(message);
    start = end;
  }

  const text = writer.written();
  return {lines: text.lines, settled: {...text, entryCount: entries.length}};
};

const joinMessages = (chunks: readonly LogEntry[]): string => chunks.map(({message}) => message).join('');

const findMessageEnd = (entries: readonly LogEntry[], start: number): number => {
  let end = start + 1;
  for (let last = entries[start]; last !== undefined && last.chunkIndex + 1 < last.chunkCount; end += 1) {
    const next = entries[end];
    if (next === undefined || isPlain(next) || next.id !== last.id || next.chunkIndex !== last.chunkIndex + 1) {
      break;
    }

    last = next;
  }

  return end;
};
