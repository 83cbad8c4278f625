import {constants} from 'node:fs';
import {type FileHandle, open, readFile, stat} from 'node:fs/promises';

/** How long to wait each time for a program that writes to a pipe, in milliseconds: it may have to ask the user for a password. */
const maxWriterMs = 30_000;

/** How long to wait until a program opens a pipe to write to it, in milliseconds. */
const maxOpeningMs = 3000;

/** How often to check a pipe for more data, in milliseconds. */
const pollMs = 20;

const maxPipeBytes = 64 * 1024 * 1024;
const chunkBytes = 64 * 1024;

/** The content of the pipes read so far: a pipe can be read only once, but connecting is retried. */
const pipesByPath = new Map<string, Uint8Array>();

type PipeLimits = {readonly maxWriterMs: number; readonly maxOpeningMs: number};

/**
 * The whole content of a file. A pipe or a device, as in `<(pass zenml)` or `/dev/stdin`, is read to its end, within the
 * limits. Rejects with Node's error if the file cannot be read, or with one that says what is wrong with the pipe.
 */
export const readFileBytes = async (
  path: string,
  limits: PipeLimits = {maxWriterMs, maxOpeningMs},
): Promise<Uint8Array> => {
  const stats = await stat(path);
  if (stats.isFile() || stats.isDirectory()) {
    return readFile(path);
  }

  const known = pipesByPath.get(path);
  if (known !== undefined) {
    return known;
  }

  // Without O_NONBLOCK, opening a pipe waits for another program forever, and so does the exit of the process.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = await readPipe(handle, stats.isFIFO(), limits);
    pipesByPath.set(path, bytes);
    return bytes;
  } finally {
    await handle.close();
  }
};

const readPipe = async (handle: FileHandle, isFifo: boolean, limits: PipeLimits): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let size = 0;
  let waitingSince = performance.now();
  for (;;) {
    const chunk = await readChunk(handle);
    const now = performance.now();
    // A pipe that nobody has written to yet looks like one that has ended.
    const isEnd = chunk !== undefined && chunk.length === 0 && (size > 0 || !isFifo);
    if (isEnd) {
      return Buffer.concat(chunks);
    }

    if (chunk !== undefined && chunk.length > 0) {
      size += chunk.length;
      chunks.push(chunk);
      waitingSince = now;
      if (size > maxPipeBytes) {
        throw new Error('it is too large');
      }

      continue;
    }

    const waitedMs = now - waitingSince;
    if (waitedMs > (chunk === undefined ? limits.maxWriterMs : limits.maxOpeningMs)) {
      throw new Error(`it is a pipe, and nothing was written to it for ${Math.round(waitedMs / 1000)} s`);
    }

    await new Promise(resolve => setTimeout(resolve, pollMs));
  }
};

/** `undefined` if a program has opened the pipe and has not written anything yet; empty at the end. */
const readChunk = async (handle: FileHandle): Promise<Buffer | undefined> => {
  const buffer = Buffer.alloc(chunkBytes);
  try {
    const {bytesRead} = await handle.read(buffer, 0, chunkBytes, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') {
      return undefined;
    }

    throw error;
  }
};
