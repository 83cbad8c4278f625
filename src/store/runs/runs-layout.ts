import type {ScreenSize} from '../state.js';

/**
 * How the screen of the runs is cut. `wide`: titles over columns. `narrow`: as few columns as say the most. `short`: the
 * same with one line of state above.
 */
export type RunsLayout = {
  readonly form: 'wide' | 'narrow' | 'short';
  readonly headerLines: number;
  readonly hasColumnTitles: boolean;
  readonly listHeight: number;
  readonly hasFooter: boolean;
};

const minWideColumns = 60;
const minTallRows = 12;

export const layOutRunsScreen = ({columns, rows}: ScreenSize): RunsLayout => {
  const form = rows < minTallRows ? 'short' : columns >= minWideColumns ? 'wide' : 'narrow';
  // The line of air below the others tells the place in the list where no titles do.
  const headerLines = Math.min(rows, form === 'short' ? 1 : 4);
  const hasFooter = rows >= 4;
  const hasColumnTitles = form === 'wide';
  const taken = headerLines + (hasFooter ? 1 : 0) + (hasColumnTitles ? 1 : 0);
  return {form, headerLines, hasColumnTitles, listHeight: Math.max(0, rows - taken), hasFooter};
};
