import {closeSync} from 'node:fs';
import {isatty} from 'node:tty';

/** The standard streams. Only those that are terminals when the program starts can be lost. */
const standardStreams = [0, 1, 2];

/**
 * Lets the process exit with its exit code if its terminal is gone. Node 20 would fail to restore the modes of the lost
 * terminal and abort with a core dump (nodejs/node#51519); it does nothing to a stream that is closed.
 */
export const closeLostTerminalsOnExit = (): void => {
  const terminals = standardStreams.filter(fd => isatty(fd));
  process.on('exit', () => {
    for (const fd of terminals.filter(each => !isatty(each))) {
      closeSync(fd);
    }
  });
};
