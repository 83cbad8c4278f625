import type {Size} from './state.js';

/** A rectangle's cells. */
export type Extent = {readonly width: number; readonly height: number};

/**
 * How the run screen is cut. `beside`: list left, pane right. `stacked`: list above, pane below. `alone`: the list, or the
 * pane over it. `short`: as `alone`, with one line of state above.
 */
export type Layout = {
  readonly form: 'beside' | 'stacked' | 'alone' | 'short';
  readonly headerLines: number;
  readonly hasColumnTitles: boolean;
  /** Without the line of column titles; `undefined` while the pane covers it. */
  readonly list: Extent | undefined;
  readonly pane: Extent | undefined;
  readonly hasFooter: boolean;
};

const besideFrom = 100;
const stackedFrom = 60;
const shortBelow = 12;
const stackedRowsFrom = 16;

/** So that the pane does not jump while the first steps are found. */
const leastListLines = 3;

type Screen = {readonly size: Size; readonly rowCount: number; readonly isPaneOpen: boolean};

export const layoutFor = ({size, rowCount, isPaneOpen}: Screen): Layout => {
  const {columns, rows} = size;
  const form = formFor(size);
  const headerLines = Math.min(rows, form === 'short' ? 1 : form === 'stacked' ? 3 : 4);
  const hasFooter = rows >= 4;
  // In a terminal of one line there is only the header.
  const body = Math.max(0, rows - headerLines - (hasFooter ? 1 : 0));
  const base = {form, headerLines, hasFooter};
  if (isPaneOpen) {
    return {...base, hasColumnTitles: false, list: undefined, pane: {width: columns, height: body}};
  }

  if (form === 'beside') {
    const width = Math.min(64, Math.max(48, Math.round(columns * 0.44)));
    return {
      ...base,
      hasColumnTitles: true,
      list: {width, height: body - 1},
      // The rule between them takes two cells.
      pane: {width: columns - width - 2, height: body},
    };
  }

  if (form === 'stacked') {
    const listHeight = Math.max(leastListLines, Math.min(rowCount, Math.floor(body / 2)));
    return {
      ...base,
      hasColumnTitles: false,
      list: {width: columns, height: listHeight},
      pane: {width: columns, height: body - listHeight},
    };
  }

  return {...base, hasColumnTitles: false, list: {width: columns, height: body}, pane: undefined};
};

const formFor = ({columns, rows}: Size): Layout['form'] => {
  if (rows < shortBelow) {
    return 'short';
  }

  if (columns >= besideFrom) {
    return 'beside';
  }

  return columns >= stackedFrom && rows >= stackedRowsFrom ? 'stacked' : 'alone';
};
