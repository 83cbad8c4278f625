import {writeSync} from 'node:fs';

/** How often, and with what pauses, a full terminal is tried again: 200 ms in all. */
const attempts = 20;
const pauseMs = 10;

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
};

const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EAGAIN';

/**
 * Writes at once and in whole, past all buffers: for the last moment of the process. A terminal that takes nothing is
 * given up after a while, one that is gone at once; neither is worth a crash now.
 */
export const writeNow = (fd: number, text: string): void => {
  let bytes = Buffer.from(text);
  for (let attempt = 0; attempt < attempts && bytes.length > 0; attempt++) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      if (!isFull(error)) return;
      pause();
    }
  }
};
