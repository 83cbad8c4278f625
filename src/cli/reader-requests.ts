import {createInterface} from 'node:readline';

type Requests = {readonly onState: () => void; readonly onQuit: () => void};

/**
 * What a reader at a terminal asks for by a line of text, where the terminal stays as it is and no key is read alone: an empty
 * line asks for the state, `q` ends. Returns how to stop listening.
 */
export const startReaderRequests = ({onState, onQuit}: Requests): (() => void) => {
  const lines = createInterface({input: process.stdin, terminal: false});
  lines.on('line', line => {
    if (line.trim().toLowerCase() === 'q') {
      onQuit();
    } else {
      onState();
    }
  });
  return () => lines.close();
};
