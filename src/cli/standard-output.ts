export type StandardOutput = {
  readonly isTty: boolean;
  readonly write: (text: string) => void;
  /** Settles when nothing can be written any more: `EPIPE` where nobody reads on, as behind `| head`. */
  readonly closed: Promise<NodeJS.ErrnoException>;
};

export const openStandardOutput = (): StandardOutput => {
  const {stdout} = process;
  // The listener stays for good: an error that nobody listens to would end the program with a stack trace.
  const closed = new Promise<NodeJS.ErrnoException>(resolve => stdout.on('error', resolve));
  return {
    isTty: stdout.isTTY === true,
    write: text => {
      if (text !== '' && stdout.writable) {
        stdout.write(text);
      }
    },
    closed,
  };
};
