import type {LogEntry} from '../log.js';

/** One line of a log, as it came: only its line break is gone, and what a progress bar has drawn over. */
export type LogLine = Pick<LogEntry, 'level' | 'at'> & {
  readonly text: string;
  /** Not the first line of its message. */
  readonly isContinued: boolean;
};

/** The lines of a message, and how they go together with their neighbours. */
export type MessageLines = {
  readonly lines: readonly LogLine[];
  /** Begins with a carriage return: draws over the line before, if that was drawn the same way. */
  readonly isRedrawing: boolean;
  /** The last line was drawn by carriage returns: the next message may draw over it. */
  readonly isRedrawn: boolean;
  /** Ends with a carriage return: the next message does draw over it. */
  readonly isReturned: boolean;
};

/** Longest line that is kept, in UTF-16 units. */
const maxLogLineLength = 1_000_000;

/** A line end as text streams write it. Other breaks stay in the line, to be shown as the control characters they are. */
const lineEnd = /\r?\n/;

/** What is left of a line when each carriage return draws over what is before it: a progress bar as it stood last. */
const applyCarriageReturns = (line: string): string => {
  if (!line.includes('\r')) {
    return line;
  }

  return line.split('\r').findLast(text => text !== '') ?? '';
};

/** A message as lines. An empty one is an empty line; a line end at its end begins no further line. */
export const splitMessage = (message: string, {level, at}: Pick<LogEntry, 'level' | 'at'>): MessageLines => {
  if (!message.includes('\n') && !message.includes('\r')) {
    const line = {text: message.slice(0, maxLogLineLength), level, at, isContinued: false};
    return {lines: [line], isRedrawing: false, isRedrawn: false, isReturned: false};
  }

  const drawn = message.split(lineEnd);
  if (drawn.length > 1 && drawn.at(-1) === '') {
    drawn.pop();
  }

  const lines = drawn.map((line, place) => ({
    text: applyCarriageReturns(line).slice(0, maxLogLineLength),
    level,
    at,
    isContinued: place > 0,
  }));
  const isEnded = message.endsWith('\n');
  return {
    lines,
    isRedrawing: drawn[0]?.startsWith('\r') ?? false,
    isRedrawn: !isEnded && (drawn.at(-1)?.includes('\r') ?? false),
    isReturned: !isEnded && message.endsWith('\r'),
  };
};
