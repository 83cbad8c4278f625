import {Box} from 'ink';
import {memo} from 'react';
import {hasUnknownKey, runFilterKeys} from '../../domain/filter/run-filter.js';
import {memoize} from '../../domain/memoize.js';
import {isRowInProgress, type RunRow} from '../../domain/run-row.js';
import {createSegment, type Line} from '../../format/line.js';
import type {UtcOffset} from '../../format/time.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import {hasMoreRuns, selectRunRows} from '../../store/runs/run-rows.js';
import type {RunOrder, Runs} from '../../store/runs/runs.js';
import {layOutRunsScreen, type RunsLayout} from '../../store/runs/runs-layout.js';
import {selectVisibleRuns} from '../../store/runs/runs-needs.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {Footer} from '../footer.js';
import {getInnerWidth, getLineWidth, withMargin} from '../frame.js';
import {Lines} from '../lines.js';
import {paint} from '../paint.js';
import {ScreenLine} from '../screen-line.js';
import {layOutRunColumns, type OptionalColumns, type RunColumns} from './run-columns.js';
import {getRunFacts, type RunFacts} from './run-facts.js';
import {paintRunRow, renderRunColumnTitles} from './run-row-text.js';
import {formatRunPosition, renderRunsHeader} from './runs-header.js';

/*
 *  zentop  prod › default                                                           ● live 1s
 *  3 in progress   84 completed  11 failed  of the newest 100                        300 runs
 *  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
 *
 *      RUN 1 of 300          STATUS          STEPS     TIME       STARTED  USER
 *  › ◒ training #42          running          9/14  12m 04s       12m ago  ada
 *   ▪✓ training #41          completed               9m 10s        2h ago  ada
 *  keys
 */

type Props = {readonly state: State; readonly theme: Theme; readonly getUtcOffset: UtcOffset};

/** The live run list of the project: header, list, keys. */
export const RunsScreen = ({state, theme, getUtcOffset}: Props) => {
  const {columns} = state.size;
  const layout = layOutRunsScreen(state.size);
  const width = getInnerWidth(columns);
  const header = renderRunsHeader(layout, {state, theme, width}).map(withMargin);
  return (
    <>
      <Lines lines={header} theme={theme} width={getLineWidth(columns)} height={layout.headerLines} />
      <RunList state={state} theme={theme} getUtcOffset={getUtcOffset} layout={layout} />
      {layout.hasFooter ? <Footer state={state} theme={theme} getUtcOffset={getUtcOffset} /> : undefined}
    </>
  );
};

/** Renders only the visible rows. */
const RunList = ({state, theme, getUtcOffset, layout}: Props & {readonly layout: RunsLayout}) => {
  const {runs, size} = state;
  const width = getLineWidth(size.columns);
  const rows = selectVisibleRuns(state);
  const facts = getRunFacts(listKnownRuns(runs.rowsById));
  const columns = getStableColumns(width, facts);
  const {hasColumnTitles, listHeight} = layout;
  return (
    <Box flexDirection="column" width={width} height={listHeight + (hasColumnTitles ? 1 : 0)} flexShrink={0}>
      {hasColumnTitles ? (
        <Titles
          columns={columns}
          position={formatRunPosition(state, listHeight)}
          order={runs.order}
          hasFailures={facts.hasFailures}
          theme={theme}
        />
      ) : undefined}
      {rows.map(run => {
        const row = {
          // What was fetched before the end is out of date.
          progress:
            isRowInProgress(run) || runs.finalProgressIds.has(run.id) ? runs.progressById.get(run.id) : undefined,
          isMarked: runs.markedIds.has(run.id),
          isSelected: run.id === runs.selectedId,
          now: selectServerNow(state),
          getUtcOffset,
        };
        return <ScreenLine key={run.id} text={paintRunRow(run, row, columns, theme)} />;
      })}
      {renderListEnd(state, listHeight - rows.length).map((line, index) => (
        <ScreenLine key={`end ${index}`} text={paint(line, {theme, width})} />
      ))}
    </Box>
  );
};

type TitlesProps = {
  readonly columns: RunColumns;
  readonly position: string;
  readonly order: RunOrder;
  readonly hasFailures: boolean;
  readonly theme: Theme;
};

const Titles = memo(({columns, theme, ...names}: TitlesProps) => (
  <ScreenLine text={paint(renderRunColumnTitles(columns, names), {theme, width: columns.width})} />
));

/** Below the last row, if there is room: more runs are loading, or why there are none. */
const renderListEnd = (state: State, room: number): readonly Line[] => {
  if (room <= 0) {
    return [];
  }

  const {rows} = selectRunRows(state);
  if (hasMoreRuns(state)) {
    return [[createSegment(rows.length === 0 ? '     loading runs…' : '     loading older runs…', 'dim')]];
  }

  if (rows.length > 0) {
    return [];
  }

  if (state.runs.filter === '') {
    return [[createSegment('     No runs yet. New runs will appear here.', 'dim')]];
  }

  const noMatches = [
    createSegment(`     no matching runs (${formatCommandKey('runs.unfilter', state.session)} to clear)`, 'dim'),
  ];
  const keys = runFilterKeys.map(key => `${key}:`).join(' ');
  return hasUnknownKey(state.runs.filter)
    ? [noMatches, [createSegment(`     filters: ${keys}`, 'dim')]].slice(0, room)
    : [noMatches];
};

/** Includes the runs that the filter hides, so that columns do not move while the user types it. */
const listKnownRuns = memoize((rowsById: Runs['rowsById']): readonly RunRow[] => [...rowsById.values()]);

/** Returns the same object for the same columns, so that the memoized titles are not drawn again. */
const getStableColumns = (width: number, facts: RunFacts): RunColumns => {
  const {hasTags, hasNames, hasFailures, hasWaits, userCells} = facts;
  if (
    lastLayout === undefined ||
    lastLayout.columns.width !== width ||
    lastLayout.hasTags !== hasTags ||
    lastLayout.hasNames !== hasNames ||
    lastLayout.hasFailures !== hasFailures ||
    lastLayout.hasWaits !== hasWaits ||
    lastLayout.userCells !== userCells
  ) {
    lastLayout = {hasTags, hasNames, hasFailures, hasWaits, userCells, columns: layOutRunColumns(width, facts)};
  }

  return lastLayout.columns;
};

let lastLayout: (OptionalColumns & {readonly columns: RunColumns}) | undefined;
