import type {ScreenSize} from '../../store/state.js';

/** How the screen is shared between fixed and scrolled lines. */
export type ComparingFrame = {
  readonly hasTitle: boolean;
  readonly hasFooter: boolean;
  /** Fixed lines about the runs themselves. */
  readonly headLines: number;
  /** How many lines there are to scroll, and how many of them are visible. */
  readonly lineCount: number;
  readonly height: number;
};

const minRowsForTitle = 14;
const minRowsForFooter = 4;
/** On a screen too small for the title, only the names and statuses of the runs. */
const minHeadLines = 2;

/**
 * Shares the lines of the screen. The heads of the runs take at most `maxHeadLines`, and `lineCount` lines are scrolled below them.
 */
export const layOutComparing = ({rows}: ScreenSize, maxHeadLines: number, lineCount: number): ComparingFrame => {
  const hasTitle = rows >= minRowsForTitle;
  const hasFooter = rows >= minRowsForFooter;
  const headLines = Math.min(rows, hasTitle ? maxHeadLines : minHeadLines);
  // The title, and the blank lines below it and below the head.
  const taken = (hasTitle ? 3 : 0) + headLines + (hasFooter ? 1 : 0);
  return {hasTitle, hasFooter, headLines, lineCount, height: Math.max(0, rows - taken)};
};
