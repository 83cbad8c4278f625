import {writeSync} from 'node:fs';

type WriteResult = {
  /** What the terminal did not accept. */
  readonly remaining: Buffer;
  /** The terminal is gone and will never accept anything. */
  readonly isGone: boolean;
};

/** Writes as much as the terminal accepts at once, bypassing Node's buffers. */
export const writeNow = (fd: number, bytes: Buffer): WriteResult => {
  let remaining = bytes;
  while (remaining.length > 0) {
    try {
      remaining = remaining.subarray(writeSync(fd, remaining));
    } catch (error) {
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      return {remaining, isGone: !isFull};
    }
  }

  return {remaining, isGone: false};
};
