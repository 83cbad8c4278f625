import type {LogPosition} from '../domain/log/view.js';
import type {Mark} from '../domain/mark.js';

/** A log is scrolled relative to the visible part, because the total number of wrapped rows is unknown. */
type LogFrame = {
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  /** Position after scrolling by `rows` (negative: up); `undefined`: at the end, following. */
  readonly moveBy: (rows: number) => LogPosition | undefined;
};

/** What only the drawn frame knows and a command may need: how much there is to scroll, and the marks for the cursor. */
export type ScreenFrame = {
  /** Lines of the pane's whole content, lines above the visible part, and lines of the visible part. */
  readonly paneLineCount: number;
  readonly paneTop: number;
  readonly paneHeight: number;
  /** Lines at the top that may come and go, in tabs that have them. */
  readonly paneHead?: number | undefined;
  /** From top to bottom; empty if the pane has no cursor. */
  readonly marks: readonly Mark[];
  /** Index of the mark under the cursor; `undefined` if no mark is visible. */
  readonly cursor: number | undefined;
  /** Set while a log is shown. */
  readonly log?: LogFrame | undefined;
  /** Lines of the help or the whole value on the screen, and how many of them are visible. */
  readonly textLineCount: number;
  readonly textHeight: number;
  /** Set in the run comparison: all lines, visible lines and visible runs. */
  readonly comparing?: {readonly lineCount: number; readonly height: number; readonly runCount: number} | undefined;
};

export const findMarkUnderCursor = ({marks, cursor}: ScreenFrame): Mark | undefined =>
  cursor === undefined ? undefined : marks[cursor];
