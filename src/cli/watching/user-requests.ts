import {createInterface} from 'node:readline';

/** What the user requests by typing a line of text. */
export type UserRequest =
  | {readonly kind: 'state' | 'graph' | 'timeline' | 'help' | 'quit'}
  /** A step by its number or a part of its name. */
  | {readonly kind: 'step'; readonly wanted: string};

export const userRequestHelp: readonly string[] = [
  'Enter: show the state of the run and all its steps.',
  'Step number, name or part of the name: show its details and the end of its log.',
  'graph: read out which step follows which.',
  'timeline: read out what each step waited for and how long it ran, and the critical path.',
  '?: show this help.',
  'q or Ctrl-C: quit (the run is not affected).',
];

const parseUserRequest = (line: string): UserRequest => {
  const wanted = line.trim();
  switch (wanted.toLowerCase()) {
    case '':
      return {kind: 'state'};

    case '?':
      return {kind: 'help'};

    case 'graph':
      return {kind: 'graph'};

    case 'timeline':
      return {kind: 'timeline'};

    case 'q':
      return {kind: 'quit'};

    default:
      return {kind: 'step', wanted};
  }
};

/** Reads lines from the terminal; end of input (Ctrl-D) quits. Returns a function that stops it. */
export const startUserRequests = (onRequest: (request: UserRequest) => void): (() => void) => {
  const lines = createInterface({input: process.stdin, terminal: false});
  lines.on('line', line => onRequest(parseUserRequest(line)));
  lines.on('close', () => onRequest({kind: 'quit'}));
  return () => {
    lines.removeAllListeners('close');
    lines.close();
  };
};
