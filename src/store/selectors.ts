import type {Attempt, StepDetail} from '../domain/attempt.js';
import {getChildRunLabel} from '../domain/dag.js';
import type {Failure} from '../domain/failure.js';
import {getGroupDigest} from '../domain/group-digest.js';
import type {Instant} from '../domain/instant.js';
import {memoizeLast} from '../domain/memoize.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {findStep, findStepAt, type TableStructure} from '../domain/step-table.js';
import {getRowGraph, type RowGraph} from './graph/row-graph.js';
import {buildArrangedRows} from './list/arranged-rows.js';
import {isArranged, isFiltering} from './list/arrangement.js';
import {getChildAndQuestionPlaces, type PlaceById} from './list/child-and-question-places.js';
import {withChildAndQuestionRows} from './list/child-rows.js';
import {buildRows, parseGroupRowKey, parseStepRowKey, type Row, type Rows} from './list/rows.js';
import {runRowKey, withRunRow} from './list/run-row.js';
import {areStepsKnown, type OpenRun} from './run/open-run.js';
import type {Session} from './session.js';
import type {State} from './state.js';
import {layOutTimelineColumns, type TimelineColumns} from './timeline/timeline-columns.js';
import {type Layout, layOutRunScreen} from './ui/layout.js';

/** The rows in the order in which they are shown: that of the list, or of the graph. */
export const getRows = (openRun: OpenRun): Rows =>
  openRun.graph.isShown ? getListedGraph(openRun).rows : getListedRows(openRun);

/** The graph of the rows that the list shows. */
export const getListedGraph = (openRun: OpenRun): RowGraph => getRowGraph(openRun, getListedRows(openRun));

/** For a static run: its steps are not in chronological order, so child runs and questions have no place among them. */
const noPlaces: PlaceById = new Map();

const getListedRows = (openRun: OpenRun): Rows => {
  const {run, childRuns, childDagsById, questions, list, table} = openRun;
  const steps = isArranged(list.arrangement) ? buildArrangedRows(openRun) : buildRows(table.structure, list.openIds);
  const placeById = run?.isDynamic === true ? getChildAndQuestionPlaces(table, childRuns, questions) : noPlaces;
  const childRunsAndQuestions = {childRuns, childDagsById, questions, placeById, openIds: list.openIds};
  const rows = withChildAndQuestionRows(steps, childRunsAndQuestions, table.structure, list.arrangement);
  return hasRunRow(openRun) ? withRunRow(rows) : rows;
};

/** A filter is for steps: it hides the row of the run. */
export const hasRunRow = (openRun: OpenRun): boolean =>
  openRun.run !== undefined && areStepsKnown(openRun) && !isFiltering(openRun.list.arrangement);

export const isRunSelected = ({list}: OpenRun): boolean => list.selectedKey === runRowKey;

export const selectLayout = (state: State): Layout =>
  layOutRunScreen({
    size: state.size,
    rowCount: state.openRun === undefined ? 0 : getRows(state.openRun).rows.length,
    isPaneOpen: state.openRun?.pane.isOpen ?? false,
    hasFailed: state.openRun?.run?.status === 'failed',
    nameCells: state.openRun === undefined ? 0 : measureLongest(state.openRun, state.session.measureText),
    isTimelineShown: state.openRun?.timeline.isShown ?? false,
    isGraphShown: state.openRun?.graph.isShown ?? false,
    hasTimelineColumn: state.session.columns?.includes('timeline') ?? true,
  });

/** Cells of a group's row besides its name and two numbers: `▸ name [12/60]`. */
const groupMarkCells = 6;

type MeasureText = Session['measureText'];

/** Cells of the longest name in the list, with the mark and numbers of a group; computed again only when the steps change. */
const measureLongestName = memoizeLast((structure: TableStructure, measureText: MeasureText): number => {
  let longest = 0;
  for (const name of structure.indexByName.keys()) {
    longest = Math.max(longest, measureText(name));
  }

  for (const {name, indexes} of structure.groupsById.values()) {
    longest = Math.max(longest, measureText(name) + groupMarkCells + 2 * String(indexes.length).length);
  }

  return longest;
});

/** What zooming the timeline depends on. */
export const selectTimelineContext = (state: State): {readonly now: Instant; readonly cells: number} => ({
  now: selectServerNow(state),
  cells: selectTimelineColumns(state).chart,
});

export const selectTimelineColumns = ({size, openRun, session}: State): TimelineColumns =>
  layOutTimelineColumns(size.columns, openRun === undefined ? 0 : measureLongest(openRun, session.measureText));

/** Cells of the longest name of a child run, of a step of one, or of a question, with indentation and marks. */
const measureLongestOther = memoizeLast(({rows}: Rows, measureText: MeasureText): number =>
  rows.reduce((longest, row) => Math.max(longest, measureOther(row, measureText)), 0),
);

/** Cells of the longest name of any row, with indentation and marks. */
export const measureLongest = (openRun: OpenRun, measureText: MeasureText): number =>
  Math.max(
    measureLongestName(openRun.table.structure, measureText),
    measureLongestOther(getRows(openRun), measureText),
  );

/** Cells of the marks before the name of a child run, and of each level. */
const childMarkCells = 4;
const indentCells = 2;

const measureOther = (row: Row, measureText: MeasureText): number => {
  switch (row.kind) {
    case 'run':
      return measureText(getChildRunLabel(row.child)) + childMarkCells + indentCells * row.depth;

    case 'child-step':
      return measureText(row.step.name) + indentCells * (row.depth + 1);

    case 'question':
      return measureText(row.question.name);

    default:
      return 0;
  }
};

export const isPaneShown = (state: State): boolean => selectLayout(state).pane !== undefined;

/** Index of the selected row in the list. */
export const findSelectedIndex = (openRun: OpenRun): number | undefined =>
  openRun.list.selectedKey === undefined ? undefined : getRows(openRun).indexByKey.get(openRun.list.selectedKey);

export const findSelectedRow = (openRun: OpenRun): Row | undefined => {
  const index = findSelectedIndex(openRun);
  return index === undefined ? undefined : getRows(openRun).rows[index];
};

export const findSelectedStep = (openRun: OpenRun): Step | undefined => {
  const name = parseStepRowKey(openRun.list.selectedKey);
  return name === undefined ? undefined : findStep(openRun.table, name);
};

/** The step in the pane: the selected one, or the first failed step of the selected group. */
export const findShownStep = (openRun: OpenRun): Step | undefined => {
  const groupId = parseGroupRowKey(openRun.list.selectedKey);
  if (groupId === undefined) {
    return findSelectedStep(openRun);
  }

  const [index] = getGroupDigest(openRun.table, groupId).failed;
  return index === undefined ? undefined : findStepAt(openRun.table, index);
};

/** The attempt in the pane: the one the user chose, else the latest. */
export const selectShownAttempt = ({openRun}: State): Attempt | undefined => openRun && findShownAttempt(openRun);

export const findShownAttempt = (openRun: OpenRun): Attempt | undefined => {
  const step = findShownStep(openRun);
  if (step === undefined) {
    return undefined;
  }

  const number = openRun.pane.attemptByStep.get(step.name);
  return step.attempts.find(attempt => attempt.number === number) ?? findLatestAttempt(step);
};

export const selectShownDetail = (state: State): StepDetail | undefined => {
  const attempt = selectShownAttempt(state);
  return attempt && state.openRun?.detailsById.get(attempt.id);
};

/** The key under which the pane remembers its scroll position and open sections. */
export const getPaneKey = (openRun: OpenRun): string => `${openRun.list.selectedKey ?? ''} ${openRun.pane.tab}`;

/** How far the screen can be trusted. Ages and waits are in milliseconds. */
export type Freshness =
  | {readonly kind: 'connecting'; readonly failure: Failure | undefined; readonly retryInMs: number}
  | {readonly kind: 'live'; readonly ageMs: number}
  | {
      readonly kind: 'stale';
      readonly ageMs: number;
      readonly retryInMs: number;
      /** The cause; a timeout if nothing has arrived at all so far. */
      readonly failure: Failure;
      /** A response is overdue, and the request is still open. */
      readonly isOverdue: boolean;
    }
  | {readonly kind: 'paused'; readonly ageMs: number}
  | {readonly kind: 'over'}
  /** The server no longer has the run. */
  | {readonly kind: 'gone'};

/** Now, by the server's clock. For an open run that is gone, it stopped at the moment when that was noticed. */
export const selectServerNow = ({now, clockOffsetMs, openRun}: State): Instant =>
  (openRun?.goneAt ?? now) + clockOffsetMs;
