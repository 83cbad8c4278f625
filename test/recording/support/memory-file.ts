import type {RecordingFile} from '../../../src/recording/recorder.js';

export type MemoryFile = RecordingFile & {
  readonly text: () => string;
  readonly lines: () => readonly string[];
  readonly bytes: () => Uint8Array;
  readonly isClosed: () => boolean;
  /** Makes all later writes fail. */
  readonly fail: (reason: string) => void;
};

export const createMemoryFile = (): MemoryFile => {
  let text = '';
  let isClosed = false;
  let failure: string | undefined;
  return {
    append: async addedText => {
      if (failure !== undefined) {
        throw new Error(failure);
      }

      text += addedText;
    },
    close: async () => {
      isClosed = true;
    },
    text: () => text,
    lines: () => text.split('\n').slice(0, -1),
    bytes: () => new TextEncoder().encode(text),
    isClosed: () => isClosed,
    fail: reason => {
      failure = reason;
    },
  };
};
