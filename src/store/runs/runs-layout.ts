import type {ScreenSize} from '../state.js';

/**
 * Layout of the runs screen. `wide`: titles above columns. `narrow`: the few columns that say the most. `short`: the
 * same with one status line above.
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
  // Unless the form is short, the last line is blank or, if there are no column titles for that, shows the position in the list.
  const headerLines = Math.min(rows, form === 'short' ? 1 : 4);
  const hasFooter = rows >= 4;
  const hasColumnTitles = form === 'wide';
  const takenLines = headerLines + (hasFooter ? 1 : 0) + (hasColumnTitles ? 1 : 0);
  return {form, headerLines, hasColumnTitles, listHeight: Math.max(0, rows - takenLines), hasFooter};
};
