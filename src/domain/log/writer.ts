import type {LogLine, MessageLines} from './line.js';
import {findLastLogLine, type LogLines, withLines} from './lines.js';

/** Lines, and how the last message ended where that matters to the next one. */
export type LogText = {readonly lines: LogLines; readonly ending: Pick<MessageLines, 'isRedrawn' | 'isReturned'>};

/**
 * Writes messages below a text. One that draws over the line before it, as a progress bar does, takes its place; only on
 * what was drawn that way too, since a message does not tell whether the line before it was ended.
 */
export const createLogWriter = ({lines, ending}: LogText) => {
  let all = lines;
  let last: Pick<MessageLines, 'isRedrawn' | 'isReturned'> = ending;
  let more: LogLine[] = [];
  let isOverLast = false;
  const lastWritten = () => more.at(-1) ?? findLastLogLine(all);

  return {
    write: (message: MessageLines): void => {
      const isOver = last.isReturned || (last.isRedrawn && message.isRedrawing);
      if (isOver && lastWritten()?.level === message.lines[0]?.level) {
        isOverLast ||= more.length === 0;
        more.pop();
      }

      for (const line of message.lines) {
        more.push(line);
      }

      last = message;
    },

    /** Lines are added at once, for each time costs a part of what is there. */
    written: (): LogText => {
      all = withLines(all, more, isOverLast);
      more = [];
      isOverLast = false;
      return {lines: all, ending: {isRedrawn: last.isRedrawn, isReturned: last.isReturned}};
    },
  };
};
