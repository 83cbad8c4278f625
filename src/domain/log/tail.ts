import type {Instant} from '../instant.js';
import type {LogEntry} from './entry.js';
import {splitMessage} from './line.js';
import {emptyLogLines, type LogLines} from './lines.js';
import {createLogWriter, type LogText} from './writer.js';

/** The server returns only this many entries of a log, the oldest ones (artifact log store of zenml-server). */
export const maxLogEntries = 50_000;

/** The last part of a log whose entries are fetched repeatedly, always from the beginning. */
export type LogTail = {
  readonly lines: LogLines;
  /** The number of entries in the last response. */
  readonly entryCount: number;
  /** Incremented when a response contained a different file, not a longer version of the same one. */
  readonly generation: number;
  /** When the last entry was written, by the server's clock. */
  readonly lastAt: Instant | undefined;
  /** The text of the entries that can no longer change: all, or all before the last message. */
  readonly complete: LogText & {readonly entryCount: number};
  /**
   * Of every `fingerprintInterval`-th entry; `lastFingerprint` is that of the last one. A file that still has these entries at the
   * same indexes is the same.
   */
  readonly fingerprints: readonly Fingerprint[];
  readonly lastFingerprint: Fingerprint | undefined;
};

/** One more than the number of the last line that no later message can change. */
export const getCompleteEnd = ({complete: {lines, ending}}: LogTail): number =>
  Math.max(lines.first, lines.end - (ending.isRedrawn || ending.isReturned ? 1 : 0));

/** Identifies an entry. IDs alone do not, because they are random for files of older versions. */
type Fingerprint = Pick<LogEntry, 'id' | 'message' | 'level' | 'at'>;

export const emptyLogTail: LogTail = {
  lines: emptyLogLines,
  entryCount: 0,
  generation: 0,
  lastAt: undefined,
  complete: {lines: emptyLogLines, ending: {isRedrawn: false, isReturned: false}, entryCount: 0},
  fingerprints: [],
  lastFingerprint: undefined,
};

const fingerprintInterval = 1000;

/** Whether the server has truncated the log, so that later entries cannot be fetched. */
export const isTruncated = ({entryCount}: LogTail): boolean => entryCount >= maxLogEntries;

/**
 * Updates the tail with all entries of the log; returns the same object if nothing is new. The cost depends only on the new
 * entries: if the remembered entries are unchanged, the file is taken for a longer version of the same one.
 */
export const withLogEntries = (tail: LogTail, entries: readonly LogEntry[]): LogTail => {
  if (!isContinuation(tail, entries)) {
    return withLogEntries({...emptyLogTail, generation: tail.generation + 1}, entries);
  }

  const last = entries.at(-1);
  if (last === undefined || (entries.length === tail.entryCount && last.message === tail.lastFingerprint?.message)) {
    return tail;
  }

  return {
    ...withMessages(tail, entries),
    entryCount: entries.length,
    generation: tail.generation,
    lastAt: last.at ?? tail.lastAt,
    fingerprints: withFingerprints(tail.fingerprints, entries),
    lastFingerprint: getFingerprint(last),
  };
};

const getFingerprint = ({id, message, level, at}: LogEntry): Fingerprint => ({id, message, level, at});

const withFingerprints = (
  fingerprints: readonly Fingerprint[],
  entries: readonly LogEntry[],
): readonly Fingerprint[] => {
  const all = [...fingerprints];
  // Except the last entry, which may still grow.
  for (let index = all.length * fingerprintInterval; index < entries.length - 1; index += fingerprintInterval) {
    const entry = entries[index];
    if (entry !== undefined) {
      all.push(getFingerprint(entry));
    }
  }

  return all;
};

const isContinuation = ({fingerprints, lastFingerprint, entryCount}: LogTail, entries: readonly LogEntry[]): boolean =>
  entries.length >= entryCount &&
  (lastFingerprint === undefined || isSameOrLongerEntry(lastFingerprint, entries[entryCount - 1])) &&
  fingerprints.every((fingerprint, index) => isSameEntry(fingerprint, entries[index * fingerprintInterval]));

const isSameEntry = (fingerprint: Fingerprint, entry: LogEntry | undefined): boolean =>
  entry !== undefined &&
  fingerprint.message === entry.message &&
  fingerprint.level === entry.level &&
  fingerprint.at === entry.at;

/** In a plain text log a message ends where the next one begins, so the last message may have been incomplete. */
const isSameOrLongerEntry = (fingerprint: Fingerprint, entry: LogEntry | undefined): boolean =>
  isSameEntry(fingerprint, entry) ||
  (entry !== undefined &&
    isPlain(entry) &&
    fingerprint.at === entry.at &&
    entry.message.startsWith(fingerprint.message));

const isPlain = ({id}: LogEntry): boolean => id === undefined;

/** Adds the messages after the complete ones. A message can consist of several entries, its chunks. */
const withMessages = ({complete}: LogTail, entries: readonly LogEntry[]): Pick<LogTail, 'lines' | 'complete'> => {
  const writer = createLogWriter(complete);
  for (let start = complete.entryCount; start < entries.length; ) {
    const end = findMessageEnd(entries, start);
    const first = entries[start];
    const last = entries[end - 1];
    if (first === undefined || last === undefined) {
      break;
    }

    const text = end === start + 1 ? first.message : joinMessages(entries.slice(start, end));
    const message = splitMessage(text, first);
    if (end === entries.length && (isPlain(last) || last.chunkIndex + 1 < last.chunkCount)) {
      const completeNow = {...writer.getText(), entryCount: start};
      writer.write(message);
      return {lines: writer.getText().lines, complete: completeNow};
    }

    writer.write(message);
    start = end;
  }

  const text = writer.getText();
  return {lines: text.lines, complete: {...text, entryCount: entries.length}};
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
