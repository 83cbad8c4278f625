export type StandardOutput = {
  readonly isTty: boolean;
  readonly write: (text: string) => void;
  /** Resolves once nothing more can be written; to `EPIPE` if the output was closed, as with `| head`. */
  readonly closed: Promise<NodeJS.ErrnoException>;
};

let writeFailure: NodeJS.ErrnoException | undefined;
const closedPromise = new Promise<NodeJS.ErrnoException>(resolve => {
  // The listener stays, because an error without a listener would crash the program.
  process.stdout.on('error', error => {
    writeFailure ??= error;
    resolve(error);
  });
});

// It does not matter if standard error is closed.
process.stderr.on('error', () => {});

/** Why output was lost, once that is known. */
export const getOutputFailure = (): NodeJS.ErrnoException | undefined => writeFailure;

export const openStandardOutput = (): StandardOutput => ({
  isTty: process.stdout.isTTY === true,
  write: text => {
    if (text !== '' && process.stdout.writable) {
      process.stdout.write(text);
    }
  },
  closed: closedPromise,
});
