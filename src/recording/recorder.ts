import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange} from './exchange.js';
import type {RecordingEnd} from './recording-format.js';
import {createLineWriter} from './write-lines.js';

/** Where a recording goes. */
export type RecordingFile = {
  /** Settles when the text is with the system, so that it outlives us. Rejects when it cannot be written. */
  readonly append: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Why nothing more is kept; what was kept stays. */
export type RecordingStop =
  | {readonly kind: 'full'; readonly limitBytes: number}
  | {readonly kind: 'broken'; readonly reason: string};

export type RecorderOptions = {
  readonly file: RecordingFile;
  readonly zentopVersion: string;
  readonly serverUrl: string;
  readonly now: () => Instant;
  /** Wakes after so many milliseconds; returns how to cancel that. */
  readonly after: (ms: number, wake: () => void) => () => void;
  /** Longest text, before any compression. */
  readonly limitBytes: number;
  /** Called once, if ever. */
  readonly onStop: (stop: RecordingStop) => void;
};

export type Recorder = {
  /** Returns at once: the work is done later, one exchange at a time, so that the screen never waits for it. */
  readonly keep: (exchange: Exchange<string>) => void;
  readonly noteRun: (id: RunId) => void;
  /** Writes what is left and closes the file. Never rejects. */
  readonly close: () => Promise<void>;
};

/** A crash loses no more than this, in milliseconds. */
const flushMs = 1000;

/** Kept free for the line that says that the file is full. */
const reservedEndBytes = 64;

/** Keeps exchanges in a file until it is closed or full. */
export const startRecorder = (options: RecorderOptions): Recorder => {
  const {file, now, after, limitBytes, onStop} = options;
  const startedAt = now();
  const writer = createLineWriter(startedAt);
  const queue: Exchange<string>[] = [];
  let unwritten: string[] = [];
  let size = 0;
  let isStopped = false;
  let cancelWork: (() => void) | undefined;
  let cancelFlush: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  const stop = (why: RecordingStop): void => {
    isStopped = true;
    queue.length = 0;
    onStop(why);
  };

  const flush = (): void => {
    cancelFlush?.();
    cancelFlush = undefined;
    const text = unwritten.join('');
    unwritten = [];
    if (text !== '') {
      writing = writing.then(() => file.append(text)).catch(broke);
    }
  };

  const broke = (error: unknown): void => {
    unwritten = [];
    if (!isStopped) {
      stop({kind: 'broken', reason: error instanceof Error ? error.message : String(error)});
    }
  };

  const write = (lines: readonly string[]): void => {
    unwritten.push(...lines.map(line => `${line}\n`));
    cancelFlush ??= after(flushMs, flush);
  };

  const end = (how: RecordingEnd): void => write([writer.endLine(now(), how)]);

  const add = (lines: readonly string[]): void => {
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    if (size + bytes > limitBytes - reservedEndBytes) {
      end('full');
      flush();
      stop({kind: 'full', limitBytes});
      return;
    }

    size += bytes;
    write(lines);
  };

  const work = (): void => {
    cancelWork = undefined;
    const exchange = queue.shift();
    if (exchange === undefined) {
      return;
    }

    add(writer.exchangeLines(exchange));
    cancelWork = queue.length === 0 ? undefined : after(0, work);
  };

  add([writer.headerLine(options)]);
  return {
    keep: exchange => {
      if (!isStopped) {
        queue.push(exchange);
        cancelWork ??= after(0, work);
      }
    },
    noteRun: id => {
      if (!isStopped) {
        add([writer.runLine(id)]);
      }
    },
    close: async () => {
      cancelWork?.();
      while (queue.length > 0) {
        work();
        cancelWork?.();
      }

      if (!isStopped) {
        end('closed');
      }

      flush();
      isStopped = true;
      await writing;
      await file.close().catch(broke);
    },
  };
};
