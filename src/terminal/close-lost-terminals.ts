import {closeSync} from 'node:fs';
import {isatty} from 'node:tty';

/** The standard streams; those that are no terminal when the program starts are nothing that can be lost. */
const standardStreams = [0, 1, 2];

/**
 * Lets the process end with its exit code where a terminal that was there at the start is gone. Node 20 cannot give a lost
 * terminal its modes back, and would abort over it and leave a dump of its memory (nodejs/node#51519); a stream that is
 * closed it leaves alone.
 */
export const closeLostTerminalsOnExit = (): void => {
  const terminals = standardStreams.filter(fd => isatty(fd));
  process.on('exit', () => {
    for (const fd of terminals.filter(each => !isatty(each))) {
      closeSync(fd);
    }
  });
};
