import {Box} from 'ink';
import {memo} from 'react';
import type {Instant} from '../../domain/instant.js';
import {memoize} from '../../domain/memoize.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import type {StepTable} from '../../domain/step-table.js';
import {createSegment, type Line} from '../../format/line.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import {type Arrangement, isFiltering} from '../../store/list/arrangement.js';
import {isOnlyRunListed} from '../../store/list/run-row.js';
import {areStepsKnown, type OpenRun} from '../../store/run/open-run.js';
import {findSelectedIndex, getRows} from '../../store/selectors.js';
import type {Session} from '../../store/session.js';
import type {Extent} from '../../store/ui/layout.js';
import {getVisibleRange} from '../../store/ui/visible-range.js';
import type {Theme} from '../../theme/theme.js';
import {createGraphRows} from '../graph/graph-rows.js';
import {paint} from '../paint.js';
import {ScreenLine} from '../screen-line.js';
import {createListTimeline} from '../timeline/list-timeline.js';
import {layOutStepColumns, type StepColumns} from './columns.js';
import {formatPosition} from './position.js';
import {buildRowFacts} from './row-facts.js';
import {paintStepRow} from './row-text.js';
import {renderStepColumnTitles} from './step-title.js';

/*
 *      STEP                    STATUS           TIME    TRY
 *    ↺ load_data               cached              –
 *    ✓ validate                completed         12s
 *  › ◒ trainer                 running        8m 31s      2
 *    ◒ ▸ embed [130/200] ━━━━──  running      6m 02s
 *    ⋅ deploy                  waiting
 */

type Props = {
  readonly openRun: OpenRun;
  readonly session: Session;
  /** By the server's clock. */
  readonly now: Instant;
  readonly theme: Theme;
  readonly extent: Extent;
  /** Cells of a row; the rest of the extent stays free. */
  readonly rowWidth: number;
  readonly hasTitles: boolean;
  /** Cells of the timeline column; 0 if it is left out. */
  readonly timelineCells: number;
  /** Cells of the screen, if the rows are shown as a graph: they limit the number of lanes. */
  readonly graphColumns?: number | undefined;
};

/** On narrower terminals, retries do not add a column of attempts to the graph: its rails need the room more. */
const minAttemptGraphColumns = 60;

/** Renders only the visible rows. */
export const StepList = (props: Props) => {
  const {openRun, session, now, theme, extent, rowWidth, hasTitles, timelineCells, graphColumns} = props;
  const {rows} = getRows(openRun);
  const isEmpty = isOnlyRunListed(getRows(openRun));
  const selected = findSelectedIndex(openRun);
  const {top, count} = getVisibleRange(selected, openRun.list.top, rows.length, extent.height);
  const canAddColumn = graphColumns === undefined || graphColumns >= minAttemptGraphColumns;
  const columns = getStableColumns(rowWidth, canAddColumn && hasRetries(openRun.table), session.columns, timelineCells);
  const paintTimeline = createListTimeline(openRun, {now, cells: timelineCells, theme});
  const graph = graphColumns === undefined ? undefined : createGraphRows(openRun, columns, {graphColumns, now, theme});
  return (
    <Box flexDirection="column" width={extent.width} height={extent.height + (hasTitles ? 1 : 0)} flexShrink={0}>
      {hasTitles ? (
        <Titles
          columns={columns}
          words={formatPosition(openRun, extent.height)}
          arrangement={openRun.list.arrangement}
          theme={theme}
        />
      ) : undefined}
      {rows.slice(top, top + count).map(row => {
        const facts = buildRowFacts(row, openRun, now, theme);
        const isSelected = row.key === openRun.list.selectedKey;
        const text =
          facts && paintStepRow(graph?.withGutter(row, facts) ?? facts, graph?.columns ?? columns, theme, isSelected);
        return <ScreenLine key={row.key} text={text === undefined ? '' : text + paintTimeline(row, isSelected)} />;
      })}
      {isEmpty && rows.length < extent.height ? (
        <ScreenLine text={paint(renderEmptyList(openRun, session), {theme, width: rowWidth})} />
      ) : undefined}
    </Box>
  );
};

/**
 * Shown in place of rows if the steps are not known, the run has none (yet), all succeeded and are hidden, or none matches the
 * filter.
 */
const renderEmptyList = (openRun: OpenRun, session: Session): Line => {
  const {table, list, overAt} = openRun;
  if (table.structure.length > 0) {
    return [createSegment(`     ${formatNothingShown(list.arrangement, session)}`, 'dim')];
  }

  if (!areStepsKnown(openRun)) {
    return [createSegment('     loading steps…', 'dim')];
  }

  return [createSegment(`     ${overAt === undefined ? 'no steps yet' : 'this run has no steps'}`, 'dim')];
};

const formatNothingShown = (arrangement: Arrangement, session: Session): string => {
  const showKey = formatCommandKey('steps.hideSuccessful', session);
  const clearKey = formatCommandKey('list.back', session);
  if (!isFiltering(arrangement)) {
    return `all steps succeeded (${showKey} to show them)`;
  }

  return arrangement.isHidingSuccessful
    ? `no step matches (${showKey}: show successful, ${clearKey}: clear filter)`
    : `no step matches the filter (${clearKey} to clear)`;
};

type TitlesProps = {
  readonly columns: StepColumns;
  readonly words: string;
  readonly arrangement: Arrangement;
  readonly theme: Theme;
};

const Titles = memo(({columns, words, arrangement, theme}: TitlesProps) => (
  <ScreenLine text={paint(renderStepColumnTitles(columns, words, arrangement, theme), {theme, width: columns.width})} />
));

/** Whether any step has had more than one attempt. */
const hasRetries = memoize(({chunks}: StepTable): boolean => chunks.some(hasRetriesInChunk));

const hasRetriesInChunk = memoize((chunk: readonly Step[]): boolean =>
  chunk.some(step => (findLatestAttempt(step)?.number ?? 1) > 1),
);

/** Returns the same object for the same columns, so that the memoized titles are not drawn again. */
const getStableColumns = (
  width: number,
  isAttemptNeeded: boolean,
  wanted: Session['columns'],
  timelineCells: number,
): StepColumns => {
  const columns = layOutStepColumns(width, isAttemptNeeded, wanted, timelineCells);
  if (lastColumns === undefined || !isSameColumns(columns, lastColumns)) {
    lastColumns = columns;
  }

  return lastColumns;
};

const isSameColumns = (a: StepColumns, b: StepColumns): boolean => JSON.stringify(a) === JSON.stringify(b);

let lastColumns: StepColumns | undefined;
