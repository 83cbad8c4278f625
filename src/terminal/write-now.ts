import {writeSync} from 'node:fs';

type WriteResult = {
  /** What the terminal did not accept. */
  readonly rest: Buffer;
  /** The terminal is gone and will never accept anything. */
  readonly isGone: boolean;
};

/** Writes as much as the terminal accepts at once, bypassing Node's buffers. */
export const writeNow = (fd: number, bytes: Buffer): WriteResult => {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      return {rest, isGone: !isFull};
    }
  }

  return {rest, isGone: false};
};
