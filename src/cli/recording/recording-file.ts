import {type FileHandle, open, rm} from 'node:fs/promises';
import {constants, createGzip} from 'node:zlib';
import type {RecordingFile} from '../../recording/recorder.js';

export type NewRecordingFile = RecordingFile & {
  /** Deletes the file, which must be closed. Does nothing if it no longer exists. */
  readonly remove: () => Promise<void>;
};

/** Only the owner may read it, because it reveals what the run does. */
const ownerOnlyMode = 0o600;

/** Creates a recording file, compressed if its name ends in `.gz`. Rejects if it exists or cannot be created. */
export const createRecordingFile = async (path: string): Promise<NewRecordingFile> => {
  const handle = await open(path, 'wx', ownerOnlyMode);
  const file = path.toLowerCase().endsWith('.gz') ? createGzipFile(handle) : createPlainFile(handle);
  return {...file, remove: () => rm(path, {force: true})};
};

const createPlainFile = (handle: FileHandle): RecordingFile => ({
  append: text => handle.appendFile(text),
  close: () => handle.close(),
});

/** Each text is flushed completely, so that a truncated file can be read up to the last one. */
const createGzipFile = (handle: FileHandle): RecordingFile => {
  const gzip = createGzip();
  let written = Promise.resolve();
  gzip.on('data', (chunk: Buffer) => {
    written = written.then(() => handle.appendFile(chunk));
    // `append` reports the error.
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
