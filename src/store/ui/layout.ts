import type {ScreenSize} from '../state.js';

/** A rectangle's size in cells. */
export type Extent = {readonly width: number; readonly height: number};

/**
 * Layout of the run screen. `beside`: list left, pane right. `stacked`: list above, pane below. `alone`: the list,
 * or the pane in its place; below the list, lines of the pane if the list leaves some free, or if the run has
 * failed, to show what happened without a keypress. `short`: like `alone`, with one status line above and nothing below.
 */
export type Layout = {
  readonly form: 'beside' | 'stacked' | 'alone' | 'short';
  readonly headerLines: number;
  readonly hasColumnTitles: boolean;
  /** Without the line of column titles; `undefined` while the pane covers it. */
  readonly list: Extent | undefined;
  readonly pane: Extent | undefined;
  /** Cells of the timeline column of the list; 0 if there is no room for it. */
  readonly timelineCells: number;
  /** Lines of the timeline above and below its rows; `undefined` while the timeline is not shown. */
  readonly timeline: {readonly axisLines: number; readonly panelLines: number} | undefined;
  /** The panel of the graph is below its rows, even if the form is `beside`. */
  readonly isGraphPanelBelow?: boolean;
  /** The panel of the graph, beside or below its rows; `undefined` while the graph is not shown. */
  readonly graphPanel: Extent | undefined;
  readonly hasFooter: boolean;
};

const minBesideColumns = 100;
/** At this width or more, the list has a timeline column; each further column of the terminal widens it, up to its maximum. */
const minTimelineColumns = 140;
const minTimelineCells = 20;
const maxTimelineCells = 40;
/** Between the timeline column and the column before it. */
const timelineGap = 2;
const minStackedColumns = 60;
const minFullRows = 12;
const minStackedRows = 16;

/** Keeps the pane from jumping while the first steps are found. */
const minListLines = 3;

type LayoutInput = {
  readonly size: ScreenSize;
  readonly rowCount: number;
  readonly isPaneOpen: boolean;
  readonly hasFailed: boolean;
  /** Cells of the longest name in the list: it gets that much room beside the pane, within reason. */
  readonly nameCells?: number;
  /** The timeline is shown instead of list and pane. */
  readonly isTimelineShown?: boolean;
  /** The rows are shown as a graph. */
  readonly isGraphShown?: boolean;
  /** The user wants the timeline column where it fits. */
  readonly hasTimelineColumn?: boolean;
};

/** Lines for a failed run: a title, the exception, the line of code and its location. */
const failureLines = 7;

/** Details below the list would show too little in fewer lines than this. */
const minDetailLines = 5;

/** Cells of a row besides its name: cursor, glyph, status, time, attempts, and the gaps between them. */
const cellsBesideName = 36;

/** The list's share of the width beside the pane, unless its names need more. */
const besideListShare = 0.44;
const minListWidth = 48;
const maxListWidth = 64;

export const layOutRunScreen = (input: LayoutInput): Layout => {
  const {size, rowCount, isPaneOpen, hasFailed, isTimelineShown = false, isGraphShown = false} = input;
  const {columns, rows} = size;
  const form = getLayoutForm(size);
  const headerLines = Math.min(rows, form === 'short' ? 1 : form === 'stacked' ? 3 : 4);
  const hasFooter = rows >= 4;
  // A terminal with one line has room only for the header.
  const body = Math.max(0, rows - headerLines - (hasFooter ? 1 : 0));
  const base = {form, headerLines, hasFooter, timeline: undefined, graphPanel: undefined, timelineCells: 0};
  if (isPaneOpen) {
    return {...base, hasColumnTitles: false, list: undefined, pane: {width: columns, height: body}};
  }

  if (isTimelineShown) {
    return {...base, ...layOutTimeline(size, body, rowCount)};
  }

  if (isGraphShown) {
    return {...base, ...layOutGraph(form, size, body, rowCount)};
  }

  if (form === 'beside') {
    return {...base, ...layOutBeside(input, body)};
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

  const linesBelow = form === 'alone' ? getLinesBelow(body, rowCount, hasFailed) : 0;
  return {
    ...base,
    hasColumnTitles: false,
    list: {width: columns, height: body - linesBelow},
    pane: linesBelow === 0 ? undefined : {width: columns, height: linesBelow},
  };
};

const layOutBeside = ({size: {columns}, nameCells = 0, hasTimelineColumn = false}: LayoutInput, body: number) => {
  const wantedWidth = Math.max(minListWidth, Math.round(columns * besideListShare), nameCells + cellsBesideName);
  const timelineCells = hasTimelineColumn ? getTimelineCells(columns) : 0;
  const timelineWidth = timelineCells === 0 ? 0 : timelineCells + timelineGap;
  // The timeline column takes its cells from the pane, so that names are no shorter than without it.
  const width = Math.min(maxListWidth, Math.floor(columns / 2), wantedWidth) + timelineWidth;
  return {
    timelineCells,
    hasColumnTitles: true,
    list: {width, height: body - 1},
    // The rule between list and pane takes two cells.
    pane: {width: columns - width - 2, height: body},
  };
};

const getTimelineCells = (columns: number): number =>
  columns < minTimelineColumns ? 0 : Math.min(maxTimelineCells, minTimelineCells + columns - minTimelineColumns);

/** The lines above the rows of a timeline: the axis and, if there is room, how many steps run at the same time. */
const getAxisLines = (columns: number, height: number): number =>
  height < 4 ? 0 : height >= 10 && columns >= minStackedColumns ? 2 : 1;

const maxPanelLines = 7;

/** The lines that the panel below a timeline keeps even if not all rows fit. */
const getMinPanelLines = (columns: number, height: number): number =>
  height < 6 ? 0 : columns < minStackedColumns ? 1 : 2;

/** The panel gives way to rows: it gets what they leave, but at least a line or two on a large terminal. */
const layOutTimeline = ({columns}: ScreenSize, body: number, rowCount: number) => {
  const axisLines = getAxisLines(columns, body);
  const height = body - axisLines;
  const panelLines = Math.max(getMinPanelLines(columns, height), Math.min(maxPanelLines, height - rowCount));
  return {
    hasColumnTitles: false,
    list: {width: columns, height: Math.max(0, height - panelLines)},
    pane: undefined,
    timeline: {axisLines, panelLines},
  };
};

/** With few rows, the details of the selected step use the lines that the list leaves free. */
const getLinesBelow = (body: number, rowCount: number, hasFailed: boolean): number => {
  const free = body - Math.max(minListLines, rowCount);
  const needed = hasFailed ? Math.min(failureLines, body - minListLines) : 0;
  return free >= minDetailLines ? Math.max(free, needed) : needed;
};

/**
 * The graph's share of the width where its panel is beside it, and its maximum width in cells: names need more room than in the
 * list because of the rails.
 */
const besideGraphShare = 0.6;
const maxGraphWidth = 84;

/** On a narrower terminal, a panel beside the graph would leave no room for its rails. */
const minBesideGraphColumns = 116;

/** Lines of the panel below the graph: the steps that the selected one follows and feeds, its artifacts, and a rule. */
const maxGraphPanelLines = 5;
const minGraphPanelLines = 2;

const layOutGraph = (form: Layout['form'], {columns}: ScreenSize, body: number, rowCount: number) => {
  if (form === 'beside' && columns >= minBesideGraphColumns) {
    const width = Math.min(maxGraphWidth, Math.round(columns * besideGraphShare));
    return {
      hasColumnTitles: true,
      list: {width, height: body - 1},
      pane: undefined,
      graphPanel: {width: columns - width - 2, height: body},
    };
  }

  const maxHeight =
    form === 'stacked' || form === 'beside' ? maxGraphPanelLines : form === 'alone' ? minGraphPanelLines : 0;
  const height = Math.min(maxHeight, Math.max(minGraphPanelLines, body - rowCount));
  return {
    hasColumnTitles: false,
    list: {width: columns, height: body - height},
    pane: undefined,
    isGraphPanelBelow: true,
    graphPanel: {width: columns, height},
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
