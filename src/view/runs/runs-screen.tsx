import {Box} from 'ink';
import {memo} from 'react';
import {hasUnknownKey, runFilterKeys} from '../../domain/filter/run-filter.js';
import type {UtcOffset} from '../../format/time.js';
import {hasMoreRuns, runRowsOf} from '../../store/runs/run-rows.js';
import {type RunsLayout, runsLayout} from '../../store/runs/runs-layout.js';
import {visibleRuns} from '../../store/runs/runs-needs.js';
import {nowOf} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {footerLine} from '../footer-line.js';
import {frameOf, innerWidth, lineWidth} from '../frame-of.js';
import {Lines} from '../lines.js';
import {paint} from '../paint.js';
import {type Pieces, piece} from '../pieces.js';
import {ScreenLine} from '../screen-line.js';
import {type RowKinds, type RunColumns, runColumnsFor} from './run-columns.js';
import {factsOf, type RunFacts} from './run-facts.js';
import {runRowText, runTitlePieces} from './run-row-text.js';
import {runPosition, runsHeaderLines} from './runs-header.js';

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

type Props = {readonly state: State; readonly theme: Theme; readonly utcOffset: UtcOffset};

/** The runs of the project, live: header, list, keys. */
export const RunsScreen = ({state, theme, utcOffset}: Props) => {
  const {columns} = state.size;
  const layout = runsLayout(state.size);
  const width = innerWidth(columns);
  const header = runsHeaderLines(layout, {state, theme, width}).map(withMargin);
  return (
    <>
      <Lines lines={header} theme={theme} width={lineWidth(columns)} height={layout.headerLines} />
      <RunList state={state} theme={theme} utcOffset={utcOffset} layout={layout} />
      {layout.hasFooter ? (
        <Lines
          lines={[withMargin(footerLine(state, frameOf(state, utcOffset), width))]}
          theme={theme}
          width={lineWidth(columns)}
          height={1}
        />
      ) : undefined}
    </>
  );
};

const withMargin = (line: Pieces): Pieces => [piece(' '), ...line];

/** The rows that are on the screen; nothing is made of the others. */
const RunList = ({state, theme, utcOffset, layout}: Props & {readonly layout: RunsLayout}) => {
  const {runs, size} = state;
  const width = lineWidth(size.columns);
  const rows = visibleRuns(state);
  const columns = columnsKept(width, factsOf(runRowsOf(state).rows));
  const {hasColumnTitles, listHeight} = layout;
  return (
    <Box flexDirection="column" width={width} height={listHeight + (hasColumnTitles ? 1 : 0)} flexShrink={0}>
      {hasColumnTitles ? (
        <Titles columns={columns} position={runPosition(state, listHeight)} theme={theme} />
      ) : undefined}
      {rows.map(run => {
        const row = {
          progress: runs.progressById.get(run.id),
          isMarked: runs.marked.has(run.id),
          isSelected: run.id === runs.selected,
          now: nowOf(state),
          utcOffset,
        };
        return <ScreenLine key={run.id} text={runRowText(run, row, columns, theme)} />;
      })}
      {endLines(state, listHeight - rows.length).map((line, place) => (
        <ScreenLine key={`end ${place}`} text={paint(line, {theme, width})} />
      ))}
    </Box>
  );
};

const Titles = memo(
  ({columns, position, theme}: {readonly columns: RunColumns; readonly position: string; readonly theme: Theme}) => (
    <ScreenLine text={paint(runTitlePieces(columns, position), {theme, width: columns.width})} />
  ),
);

/** Below the last row, where there is room: that more are on their way, or why there is none. */
const endLines = (state: State, room: number): readonly Pieces[] => {
  if (room <= 0) {
    return [];
  }

  const {rows} = runRowsOf(state);
  if (hasMoreRuns(state)) {
    return [[piece(rows.length === 0 ? '     looking for runs' : '     older runs are on their way', 'dim')]];
  }

  if (rows.length > 0) {
    return [];
  }

  if (state.runs.filter === '') {
    return [[piece('     no runs in this project yet: the first one shows up here by itself', 'dim')]];
  }

  const wayOut = [piece('     no run matches: esc shows all', 'dim')];
  const keys = runFilterKeys.map(key => `${key}:`).join(' ');
  return hasUnknownKey(state.runs.filter)
    ? [wayOut, [piece(`     with a colon there are ${keys}`, 'dim')]].slice(0, room)
    : [wayOut];
};

/** The same object for the same columns, so that rows see that nothing changed. */
const columnsKept = (width: number, facts: RunFacts): RunColumns => {
  const {hasTags, hasNames} = facts;
  if (last === undefined || last.columns.width !== width || last.hasTags !== hasTags || last.hasNames !== hasNames) {
    last = {hasTags, hasNames, columns: runColumnsFor(width, facts)};
  }

  return last.columns;
};

let last: (RowKinds & {readonly columns: RunColumns}) | undefined;
