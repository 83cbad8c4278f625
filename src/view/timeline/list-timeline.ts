import type {Instant} from '../../domain/instant.js';
import {memoize} from '../../domain/memoize.js';
import {createSegment, type Line} from '../../format/line.js';
import type {ChartContext} from '../../format/timeline/bar-cells.js';
import {getTimelineGlyphs} from '../../format/timeline/glyphs.js';
import type {Row} from '../../store/list/rows.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {
  findLiveUntil,
  getTimelineFacts,
  getWholeScale,
  type TimelineFacts,
} from '../../store/timeline/timeline-facts.js';
import type {Theme} from '../../theme/theme.js';
import {getTimelineColumnCells, stepColumnGap} from '../list/columns.js';
import {paint} from '../paint.js';
import {renderRowChart} from './row-chart.js';

type ColumnContext = {
  /** By the server's clock. */
  readonly now: Instant;
  /** The width of the timeline column. */
  readonly cells: number;
  readonly theme: Theme;
};

/** A bar, and its text in a row that is not selected. */
type Bar = {readonly line: Line; readonly text: string};

/** The column as it was last drawn, with the bars of the rows that have been visible. */
type DrawnColumn = {
  readonly openRun: OpenRun;
  readonly facts: TimelineFacts;
  readonly chart: ChartContext;
  readonly theme: Theme;
  readonly at: Instant;
  readonly barsByRow: Map<Row, Bar>;
};

/**
 * Returns a function that paints the end of a row: the timeline column of the list, which always shows the whole run, or nothing if
 * the list has no such column.
 */
export const createListTimeline = (
  openRun: OpenRun,
  context: ColumnContext,
): ((row: Row, isSelected: boolean) => string) => {
  const {now, cells, theme} = context;
  const paintBar = (line: Line, isSelected: boolean): string =>
    paint([createSegment(stepColumnGap), ...line], {
      theme,
      width: getTimelineColumnCells({timeline: cells}),
      isSelected,
    });
  if (cells === 0) {
    return () => '';
  }

  if (lastDrawn === undefined || !isUpToDate(lastDrawn, openRun, context)) {
    const facts = getTimelineFacts(openRun, now);
    if (facts === undefined) {
      return (_, isSelected) => paintBar([], isSelected);
    }

    lastDrawn = {openRun, facts, chart: createChart(facts, context), theme, at: now, barsByRow: new Map()};
  }

  const {facts, chart, barsByRow} = lastDrawn;
  const createBar = (row: Row): Bar => {
    const line = renderRowChart(row, {openRun, facts, chart});
    return {line, text: paintBar(line, false)};
  };
  return (row, isSelected) => {
    const bar = barsByRow.get(row) ?? createBar(row);
    barsByRow.set(row, bar);
    return isSelected ? paintBar(bar.line, true) : bar.text;
  };
};

let lastDrawn: DrawnColumn | undefined;

/**
 * Bars are drawn again once the run has become longer by this many cells. They grow by half a cell at a time, which takes minutes
 * in a long run; drawing them all at each tick would cost more than the list itself.
 */
const maxAgeCells = 0.25;

const isUpToDate = ({openRun, chart, theme, at}: DrawnColumn, next: OpenRun, context: ColumnContext): boolean =>
  chart.scale.cells === context.cells &&
  theme === context.theme &&
  listBarInputs(openRun).every((value, index) => value === listBarInputs(next)[index]) &&
  context.now >= at &&
  (context.now === at || next.overAt !== undefined || context.now - at < maxAgeCells * chart.scale.msPerCell);

/** What bars are drawn from. */
const listBarInputs = memoize(({run, table, childRuns, childDagsById, questions, history, overAt, page}: OpenRun) => [
  run,
  table,
  childRuns,
  childDagsById,
  questions,
  history.pastRuns,
  overAt,
  page.progressById,
]);

const createChart = (facts: TimelineFacts, {cells, theme}: ColumnContext): ChartContext => ({
  scale: getWholeScale(facts, cells),
  now: findLiveUntil(facts),
  glyphs: getTimelineGlyphs(theme.isAscii),
  pickStatusGlyph: theme.pickStatusGlyph,
});
