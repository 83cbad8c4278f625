export type StandardOutput = {
  readonly isTty: boolean;
  readonly write: (text: string) => void;
  /** Settles when nothing can be written any more: `EPIPE` where nobody reads on, as behind `| head`. */
  readonly closed: Promise<NodeJS.ErrnoException>;
};

let writeFailure: NodeJS.ErrnoException | undefined;
const closedPromise = new Promise<NodeJS.ErrnoException>(resolve => {
  // The listener stays for good: an error that nobody listens to would end the program with a stack trace.
  process.stdout.on('error', error => {
    writeFailure ??= error;
    resolve(error);
  });
});

/** What is said on standard error is said for whoever listens. */
process.stderr.on('error', () => {});

/** Why what was written came to nobody, once it is known. */
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
