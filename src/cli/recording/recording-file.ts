import {type FileHandle, open, unlink} from 'node:fs/promises';
import {constants, createGzip} from 'node:zlib';
import type {RecordingFile} from '../../recording/recorder.js';

export type NewRecordingFile = RecordingFile & {
  /** Takes the closed file away again; for one in which there is nothing. */
  readonly remove: () => Promise<void>;
};

/** For its owner alone: it tells what a run does. */
const ownerOnlyMode = 0o600;

/** Creates a file for a recording, compressed if its name ends in `.gz`. Rejects where there is one, or none can be. */
export const createRecordingFile = async (path: string): Promise<NewRecordingFile> => {
  const handle = await open(path, 'wx', ownerOnlyMode);
  const file = path.toLowerCase().endsWith('.gz') ? createGzipFile(handle) : createPlainFile(handle);
  return {...file, remove: () => unlink(path)};
};

const createPlainFile = (handle: FileHandle): RecordingFile => ({
  append: text => handle.appendFile(text),
  close: () => handle.close(),
});

/** Each text is flushed whole, so that a file whose end is missing can be read up to its last text. */
const createGzipFile = (handle: FileHandle): RecordingFile => {
  const gzip = createGzip();
  let written = Promise.resolve();
  gzip.on('data', (chunk: Buffer) => {
    written = written.then(() => handle.appendFile(chunk));
    // Whoever waits for the text is told.
    written.catch(() => undefined);
  });
  const ended = new Promise<void>(resolve => gzip.once('end', resolve));
  return {
    append: async text => {
      gzip.write(text);
      await new Promise<void>(resolve => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
      await written;
    },
    close: async () => {
      gzip.end();
      await ended;
      await written.finally(() => handle.close());
    },
  };
};
