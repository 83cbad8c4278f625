import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange} from './exchange.js';
import type {RecordingEnd} from './recording-format.js';
import {createLineWriter} from './write-lines.js';

/** The file of a recording. */
export type RecordingFile = {
  /** Resolves when the operating system has the text. Rejects if it cannot be written. */
  readonly append: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Why recording stopped. What was recorded so far is kept. */
export type RecordingStop =
  | {readonly kind: 'full'; readonly limitBytes: number}
  | {readonly kind: 'broken'; readonly error: unknown};

type RecorderOptions = {
  readonly file: RecordingFile;
  readonly zentopVersion: string;
  readonly serverUrl: string;
  readonly now: () => Instant;
  /** Calls `wake` after `ms` milliseconds. Returns a function that cancels the call. */
  readonly after: (ms: number, wake: () => void) => () => void;
  /** Maximum length of the text before compression. */
  readonly limitBytes: number;
  /** Called when the file is full or cannot be written, even if that is noticed only on closing. */
  readonly onStop: (stop: RecordingStop) => void;
};

export type Recorder = {
  /** Queues the exchange. It is encoded later, one exchange at a time, so that the screen never has to wait. */
  readonly addExchange: (exchange: Exchange<string>) => void;
  /** Records which run is watched. */
  readonly addRun: (id: RunId) => void;
  /** Writes everything that is queued and closes the file. Never rejects. */
  readonly close: () => Promise<void>;
};

/** How long lines wait before they are written, in milliseconds. A crash loses at most these. */
const flushMs = 1000;

/** How many bytes are reserved for the line that marks the end of a full file. */
const reservedEndBytes = 64;

/** Records exchanges in a file until it is closed or full. */
export const startRecorder = (options: RecorderOptions): Recorder => {
  const {file, now, after, limitBytes, onStop} = options;
  const startedAt = now();
  const writer = createLineWriter(startedAt);
  const queue: Exchange<string>[] = [];
  let pendingLines: string[] = [];
  let writtenBytes = 0;
  let isStopped = false;
  let hasFailed = false;
  let cancelNext: (() => void) | undefined;
  let cancelFlush: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  const stop = (reason: RecordingStop): void => {
    isStopped = true;
    queue.length = 0;
    onStop(reason);
  };

  const flush = (): void => {
    cancelFlush?.();
    cancelFlush = undefined;
    const text = pendingLines.join('');
    pendingLines = [];
    if (text !== '') {
      writing = writing.then(() => file.append(text)).catch(handleWriteError);
    }
  };

  const handleWriteError = (error: unknown): void => {
    pendingLines = [];
    if (!hasFailed) {
      hasFailed = true;
      stop({kind: 'broken', error});
    }
  };

  const write = (lines: readonly string[]): void => {
    pendingLines.push(...lines.map(line => `${line}\n`));
    cancelFlush ??= after(flushMs, flush);
  };

  const writeEnd = (end: RecordingEnd): void => write([writer.buildEndLine(now(), end)]);

  const addLines = (lines: readonly string[]): void => {
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    if (writtenBytes + bytes > limitBytes - reservedEndBytes) {
      writeEnd('full');
      flush();
      stop({kind: 'full', limitBytes});
      return;
    }

    writtenBytes += bytes;
    write(lines);
  };

  const writeNext = (): void => {
    cancelNext = undefined;
    const exchange = queue.shift();
    if (exchange === undefined) {
      return;
    }

    addLines(writer.buildExchangeLines(exchange));
    cancelNext = queue.length === 0 ? undefined : after(0, writeNext);
  };

  addLines([writer.buildHeaderLine(options)]);
  return {
    addExchange: exchange => {
      if (!isStopped) {
        queue.push(exchange);
        cancelNext ??= after(0, writeNext);
      }
    },
    addRun: id => {
      if (!isStopped) {
        addLines([writer.buildRunLine(id)]);
      }
    },
    close: async () => {
      cancelNext?.();
      while (queue.length > 0) {
        writeNext();
        cancelNext?.();
      }

      if (!isStopped) {
        writeEnd('closed');
      }

      flush();
      isStopped = true;
      await writing;
      await file.close().catch(handleWriteError);
    },
  };
};
