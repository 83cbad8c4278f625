import type {LogLine, MessageLines} from './line.js';
import {findLastLogLine, type LogLines, withLogLines} from './lines.js';

/** Lines, and how the last message ended, which decides whether the next one overwrites its last line. */
export type LogText = {readonly lines: LogLines; readonly ending: Pick<MessageLines, 'isRedrawn' | 'isReturned'>};

/**
 * Appends messages to a text. Whether there was a line break between two messages is not stored. So a message replaces the last
 * line of the previous one, as a progress bar does, only if carriage returns indicate that, and both have the same level.
 */
export const createLogWriter = ({lines, ending}: LogText) => {
  let all = lines;
  let last: Pick<MessageLines, 'isRedrawn' | 'isReturned'> = ending;
  let added: LogLine[] = [];
  let isReplacingLast = false;
  const findLastLine = () => added.at(-1) ?? findLastLogLine(all);

  return {
    write: (message: MessageLines): void => {
      const isOverwriting = last.isReturned || (last.isRedrawn && message.isRedrawing);
      if (isOverwriting && findLastLine()?.level === message.lines[0]?.level) {
        isReplacingLast ||= added.length === 0;
        added.pop();
      }

      for (const line of message.lines) {
        added.push(line);
      }

      last = message;
    },

    /** Adds the new lines in one go, because each addition copies a part of the text. */
    getText: (): LogText => {
      all = withLogLines(all, added, isReplacingLast);
      added = [];
      isReplacingLast = false;
      return {lines: all, ending: {isRedrawn: last.isRedrawn, isReturned: last.isReturned}};
    },
  };
};
