import {createInterface} from 'node:readline';

/** What a reader at a terminal asks for by a line of text, where no key is read alone. */
export type UserRequest =
  | {readonly kind: 'state' | 'help' | 'quit'}
  /** A step by its number, its name or a part of it. */
  | {readonly kind: 'step'; readonly wanted: string};

export const userRequestHelp: readonly string[] = [
  'Enter alone: the state of the run and of all its steps.',
  'The number or the name of a step, or a part of the name, and Enter: its details and the end of its log.',
  '? and Enter: this help.',
  'q and Enter, or Ctrl-C: leave. The run goes on.',
];

export const parseUserRequest = (line: string): UserRequest => {
  const wanted = line.trim();
  switch (wanted.toLowerCase()) {
    case '':
      return {kind: 'state'};

    case '?':
      return {kind: 'help'};

    case 'q':
      return {kind: 'quit'};

    default:
      return {kind: 'step', wanted};
  }
};

/** Reads lines from the terminal, which stays as it is; its end (Ctrl-D) is a quit. Returns how to stop listening. */
export const startUserRequests = (onRequest: (request: UserRequest) => void): (() => void) => {
  const lines = createInterface({input: process.stdin, terminal: false});
  lines.on('line', line => onRequest(parseUserRequest(line)));
  lines.on('close', () => onRequest({kind: 'quit'}));
  return () => {
    lines.removeAllListeners('close');
    lines.close();
  };
};
