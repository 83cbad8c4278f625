import type {ScreenSize} from '../state.js';

/** A rectangle's cells. */
export type Extent = {readonly width: number; readonly height: number};

/**
 * How the run screen is cut. `beside`: list left, pane right. `stacked`: list above, pane below. `alone`: the list, or the
 * pane over it; when the run has failed, some lines of the pane below the list, to tell without a key what happened.
 * `short`: as `alone`, with one line of state above, and nothing below.
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

const minBesideColumns = 100;
const minStackedColumns = 60;
const minFullRows = 12;
const minStackedRows = 16;

/** So that the pane does not jump while the first steps are found. */
const minListLines = 3;

type LayoutInput = {
  readonly size: ScreenSize;
  readonly rowCount: number;
  readonly isPaneOpen: boolean;
  readonly hasFailed: boolean;
  /** Characters of the longest name in the list: it gets room for that beside the pane, within reason. */
  readonly nameLength?: number;
};

/** Lines for what happened in a run that failed: a title, the exception, the line of code and the place of it. */
const failureLines = 7;

/** Cells of a row beside its name: cursor, glyph, status, time, attempts, and the gaps between them. */
const cellsBesideName = 36;

const minListWidth = 48;
const maxListWidth = 64;

export const layOutRunScreen = ({size, rowCount, isPaneOpen, hasFailed, nameLength = 0}: LayoutInput): Layout => {
  const {columns, rows} = size;
  const form = getLayoutForm(size);
  const headerLines = Math.min(rows, form === 'short' ? 1 : form === 'stacked' ? 3 : 4);
  const hasFooter = rows >= 4;
  // In a terminal of one line there is only the header.
  const body = Math.max(0, rows - headerLines - (hasFooter ? 1 : 0));
  const base = {form, headerLines, hasFooter};
  if (isPaneOpen) {
    return {...base, hasColumnTitles: false, list: undefined, pane: {width: columns, height: body}};
  }

  if (form === 'beside') {
    const wanted = Math.max(minListWidth, Math.round(columns * 0.44), nameLength + cellsBesideName);
    const width = Math.min(maxListWidth, Math.floor(columns / 2), wanted);
    return {
      ...base,
      hasColumnTitles: true,
      list: {width, height: body - 1},
      // The rule between them takes two cells.
      pane: {width: columns - width - 2, height: body},
    };
  }

  if (form === 'stacked') {
    const listHeight = Math.max(minListLines, Math.min(rowCount, Math.floor(body / 2)));
    return {
      ...base,
      hasColumnTitles: false,
      list: {width: columns, height: listHeight},
      pane: {width: columns, height: body - listHeight},
    };
  }

  const below = form === 'alone' && hasFailed ? Math.min(failureLines, body - minListLines) : 0;
  return {
    ...base,
    hasColumnTitles: false,
    list: {width: columns, height: body - below},
    pane: below === 0 ? undefined : {width: columns, height: below},
  };
};

const getLayoutForm = ({columns, rows}: ScreenSize): Layout['form'] => {
  if (rows < minFullRows) {
    return 'short';
  }

  if (columns >= minBesideColumns) {
    return 'beside';
  }

  return columns >= minStackedColumns && rows >= minStackedRows ? 'stacked' : 'alone';
};
