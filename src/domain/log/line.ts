import type {LogEntry} from './entry.js';

/** One line of a log without its line break and without text that a progress bar has overwritten. */
export type LogLine = Pick<LogEntry, 'level' | 'at'> & {
  readonly text: string;
  /** Whether it is not the first line of its message. */
  readonly isContinued: boolean;
};

/** The lines of a message, and whether it overwrites a line of a neighboring message. */
export type MessageLines = {
  readonly lines: readonly LogLine[];
  /** Starts with a carriage return: overwrites the previous line if that was also drawn with carriage returns. */
  readonly isRedrawing: boolean;
  /** The last line was drawn with carriage returns: the next message may overwrite it. */
  readonly isRedrawn: boolean;
  /** Ends with a carriage return: the next message overwrites the last line. */
  readonly isReturned: boolean;
};

/** Longer lines are cut, in UTF-16 code units. */
const maxLogLineLength = 1_000_000;

/** Other line separators stay in the line and are shown as control characters. */
const lineEnd = /\r?\n/;

/** The last text between carriage returns that is not empty: the final state of a progress bar. */
const applyCarriageReturns = (line: string): string => {
  if (!line.includes('\r')) {
    return line;
  }

  return line.split('\r').findLast(text => text !== '') ?? '';
};

/** Splits a message into lines. An empty message is one empty line; a line break at the end adds no further line. */
export const splitMessage = (message: string, {level, at}: Pick<LogEntry, 'level' | 'at'>): MessageLines => {
  if (!message.includes('\n') && !message.includes('\r')) {
    const line = {text: message.slice(0, maxLogLineLength), level, at, isContinued: false};
    return {lines: [line], isRedrawing: false, isRedrawn: false, isReturned: false};
  }

  const drawn = message.split(lineEnd);
  if (drawn.length > 1 && drawn.at(-1) === '') {
    drawn.pop();
  }

  const lines = drawn.map((line, index) => ({
    text: applyCarriageReturns(line).slice(0, maxLogLineLength),
    level,
    at,
    isContinued: index > 0,
  }));
  const isEnded = message.endsWith('\n');
  return {
    lines,
    isRedrawing: drawn[0]?.startsWith('\r') ?? false,
    isRedrawn: !isEnded && (drawn.at(-1)?.includes('\r') ?? false),
    isReturned: !isEnded && message.endsWith('\r'),
  };
};
