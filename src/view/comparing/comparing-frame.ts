import type {ScreenSize} from '../../store/state.js';

/** How the screen is shared between what stays and what is scrolled. */
export type ComparingFrame = {
  readonly hasTitle: boolean;
  readonly hasFooter: boolean;
  /** Lines about the runs themselves that stay. */
  readonly headLines: number;
  /** Lines that are scrolled, in all and seen. */
  readonly lineCount: number;
  readonly height: number;
};

const minRowsForTitle = 14;
const minRowsForFooter = 4;
/** Which runs they are, and what became of them. */
const minHeadLines = 2;

export const layOutComparing = ({rows}: ScreenSize, head: number, lineCount: number): ComparingFrame => {
  const hasTitle = rows >= minRowsForTitle;
  const hasFooter = rows >= minRowsForFooter;
  const headLines = Math.min(rows, hasTitle ? head : minHeadLines);
  // Title and the lines of air below it and below the head.
  const taken = (hasTitle ? 3 : 0) + headLines + (hasFooter ? 1 : 0);
  return {hasTitle, hasFooter, headLines, lineCount, height: Math.max(0, rows - taken)};
};
