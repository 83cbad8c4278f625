/** Text beyond this length, in UTF-16 units, is dropped. */
const maxHeldLength = 100_000;

type Stream = Pick<NodeJS.WriteStream, 'write'>;

/**
 * Keeps what Node or a library writes to standard error while a screen is drawn, which would shift the frame. Returns a function
 * that stops this and prints what was kept.
 */
export const holdStderr = (stream: Stream): (() => void) => {
  const original = stream.write;
  let held = '';
  const write = (chunk: string | Uint8Array, ...encodingAndCallback: readonly unknown[]): boolean => {
    held = (held + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).slice(0, maxHeldLength);
    const done = encodingAndCallback.find((each): each is () => void => typeof each === 'function');
    if (done !== undefined) {
      queueMicrotask(done);
    }

    return true;
  };
  stream.write = write;
  return () => {
    if (stream.write !== write) {
      return;
    }

    stream.write = original;
    if (held !== '') {
      stream.write(held);
      held = '';
    }
  };
};
