import type {Mark} from '../domain/mark.js';

/** What only the drawn frame knows and a key may need: how much there is to scroll, and what the cursor can stand on. */
export type Frame = {
  /** Lines of the pane's whole content, of those above the part that is seen, and of that part. */
  readonly paneLineCount: number;
  readonly paneTop: number;
  readonly paneHeight: number;
  /** From top to bottom; none where the pane has no cursor. */
  readonly marks: readonly Mark[];
  /** Which of them the cursor stands on; `undefined`: on none that is seen. */
  readonly cursor: number | undefined;
  readonly helpLineCount: number;
  readonly helpHeight: number;
};

export const markUnderCursor = ({marks, cursor}: Frame): Mark | undefined =>
  cursor === undefined ? undefined : marks[cursor];
