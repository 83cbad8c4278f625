import type {LogPosition} from '../domain/log/position.js';
import type {Mark} from '../domain/mark.js';

/** Rows of a log are counted from the part that is seen: nobody knows how many there are in all. */
export type LogFrame = {
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  /** So many rows further down, or up; `undefined`: at the end. */
  readonly moveBy: (rows: number) => LogPosition | undefined;
};

/** What only the drawn frame knows and a key may need: how much there is to scroll, and what the cursor can stand on. */
export type ScreenFrame = {
  /** Lines of the pane's whole content, of those above the part that is seen, and of that part. */
  readonly paneLineCount: number;
  readonly paneTop: number;
  readonly paneHeight: number;
  /** From top to bottom; none where the pane has no cursor. */
  readonly marks: readonly Mark[];
  /** Which of them the cursor stands on; `undefined`: on none that is seen. */
  readonly cursor: number | undefined;
  /** Where a log is shown: its part that is seen, and how to get to the others. */
  readonly log?: LogFrame | undefined;
  readonly helpLineCount: number;
  readonly helpHeight: number;
  /** Where runs are compared: lines in all, lines and runs that are seen. */
  readonly comparing?: {readonly lineCount: number; readonly height: number; readonly runs: number} | undefined;
};

export const findMarkUnderCursor = ({marks, cursor}: ScreenFrame): Mark | undefined =>
  cursor === undefined ? undefined : marks[cursor];
