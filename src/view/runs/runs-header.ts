import type {RunRow} from '../../domain/run-row.js';
import type {StatusCounts} from '../../domain/step-table.js';
import {countLineCells, createSegment, joinLines, type Line, pickFittingLine, spreadLine} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {hasMoreRuns, selectRunRows, selectSelectedRunIndex, selectTotalRuns} from '../../store/runs/run-rows.js';
import type {RunsLayout} from '../../store/runs/runs-layout.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {renderFreshnessVariants} from '../header/freshness.js';
import {formatServerName, renderLocation} from '../header/location.js';
import {getCountParts, renderProgressBar} from '../header/progress.js';
import {getRunFacts} from './run-facts.js';

/*
 * wide     zentop  prod › default                                                        ● live 1s
 *          3 in progress   84 completed  11 failed  2 stopped  of the newest 100          300 runs
 *          ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
 *
 * narrow   default                             ● 1s
 *          3 in progress  ✗ 11 of 100      300 runs
 *          ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
 *                                          9 of 300
 *
 * short    default  3 in progress  ✗ 11   ● 1s
 */

type RunsHeaderInput = {readonly state: State; readonly theme: Theme; readonly width: number};

/** The lines above the list, each at most `width` cells. */
export const renderRunsHeader = ({form, listHeight}: RunsLayout, input: RunsHeaderInput): readonly Line[] => {
  const {state, theme, width} = input;
  const renderBar = (): Line => renderProgressBar(getRunCounts(selectRunRows(state).rows), false, width, theme);
  switch (form) {
    case 'wide':
      return [renderWideTitle(input), renderWideState(input), renderBar()];

    case 'narrow':
      return [renderNarrowTitle(input), renderNarrowState(input), renderBar(), renderNarrowPosition(input, listHeight)];

    case 'short':
      return [renderShortState(input)];
  }
};

/** Cursor position: `9 of 300`; empty if all rows are visible. */
export const formatRunPosition = (state: State, height: number): string => {
  const {rows} = selectRunRows(state);
  const {filter} = state.runs;
  const count = filter === '' ? (selectTotalRuns(state) ?? rows.length) : rows.length;
  const position = formatCount((selectSelectedRunIndex(state) ?? 0) + 1);
  return rows.length <= height ? '' : `${position} of ${formatCount(count)}`;
};

/** Freshness takes at most 45% of a line, so that the text beside it stays readable. */
const renderFreshness = ({state, theme, width}: RunsHeaderInput): Line =>
  pickFittingLine(renderFreshnessVariants(state, theme), Math.floor(width * 0.45));

const renderWideTitle = (input: RunsHeaderInput): Line => {
  const {state, theme, width} = input;
  const where = renderLocation(state, theme.glyph.within);
  return spreadLine(joinLines([[createSegment('zentop', 'brand')], where], '  '), renderFreshness(input), width);
};

const renderNarrowTitle = (input: RunsHeaderInput): Line => {
  const {state, theme, width} = input;
  const title = [createSegment(formatProjectName(state), 'strong')];
  const variants = renderFreshnessVariants(state, theme);
  const right = pickFittingLine(
    variants.slice(variants.length > 2 ? 1 : 0),
    Math.max(2, width - countLineCells(title) - 2),
  );
  return spreadLine(title, right, width);
};

const formatProjectName = (state: State): string => {
  const name = state.session.project?.name;
  return name === undefined ? formatServerName(state) : sanitizeToWidth(name, 60);
};

const getRunCounts = (rows: readonly RunRow[]): StatusCounts => getRunFacts(rows).counts;

const renderInProgressCount = (rows: readonly RunRow[]): Line => {
  const {inProgressCount} = getRunFacts(rows);
  return inProgressCount === 0
    ? [createSegment('none in progress', 'dim')]
    : [createSegment(`${formatCount(inProgressCount)} in progress`, 'busy')];
};

/** Counts of the runs that are not in progress, so that each run is counted once. */
const renderEndedRunCounts = (rows: readonly RunRow[]): readonly Line[] =>
  getCountParts(getRunFacts(rows).endedCounts, false).map(({status, tone, count}) => [
    createSegment(`${formatCount(count)} ${status}`, tone),
  ]);

const renderFailedRunCount = (rows: readonly RunRow[], theme: Theme): Line => {
  const {failed = 0} = getRunFacts(rows).endedCounts;
  return failed === 0 ? [] : [createSegment(`${theme.pickStatusGlyph('failed')} ${formatCount(failed)}`, 'bad')];
};

/** `/status:failed  12 matches`; `so far` while more may be found. */
const renderFilter = (state: State): Line => {
  const {rows} = selectRunRows(state);
  const isOpenEnded = hasMoreRuns(state);
  return [
    createSegment('/', 'accent'),
    createSegment(sanitizeToWidth(state.runs.filter, 60), 'strong'),
    createSegment(
      `  ${formatCount(rows.length)} match${rows.length === 1 ? '' : 'es'}${isOpenEnded ? ' so far' : ''}`,
      'dim',
    ),
  ];
};

const renderTotal = (state: State): Line => {
  const total = selectTotalRuns(state);
  const {markedIds} = state.runs;
  const marks: Line = markedIds.size === 0 ? [] : [createSegment(`${formatCount(markedIds.size)} marked`, 'accent')];
  return joinLines([marks, total === undefined ? [] : [createSegment(pluralize(total, 'run'))]], '   ');
};

/** How many runs the counts cover, if not all. */
const renderCountScope = (state: State, words: string): Line => {
  const {length} = selectRunRows(state).rows;
  const isAll = length >= (selectTotalRuns(state) ?? 0);
  return isAll || state.runs.filter !== '' ? [] : [createSegment(`${words} ${formatCount(length)}`, 'dim')];
};

const renderWideState = ({state, width}: RunsHeaderInput): Line => {
  const {rows} = selectRunRows(state);
  const right = renderTotal(state);
  const start = state.runs.filter === '' ? renderInProgressCount(rows) : renderFilter(state);
  const groups = renderEndedRunCounts(rows);
  const scope = renderCountScope(state, 'of the newest');
  const shortScope = renderCountScope(state, 'of');
  const variants = [
    joinLines([start, joinLines([...groups, scope], '  ')], '   '),
    joinLines([start, joinLines([...groups, shortScope], '  ')], '   '),
    joinLines([start, joinLines([...groups.slice(0, 2), shortScope], '  ')], '   '),
    joinLines([start, joinLines(groups, '  ')], '   '),
    joinLines([start, joinLines(groups.slice(0, 2), '  ')], '   '),
    start,
  ];
  return spreadLine(pickFittingLine(variants, width - countLineCells(right) - 2), right, width);
};

const renderNarrowState = ({state, theme, width}: RunsHeaderInput): Line => {
  const {rows} = selectRunRows(state);
  const right = renderTotal(state);
  const start = state.runs.filter === '' ? renderInProgressCount(rows) : renderFilter(state);
  const failed = state.runs.filter === '' ? renderFailedRunCount(rows, theme) : [];
  const scope = failed.length === 0 ? [] : renderCountScope(state, 'of');
  const variants = [joinLines([start, joinLines([failed, scope], ' ')], '  '), joinLines([start, failed], '  '), start];
  return spreadLine(pickFittingLine(variants, width - countLineCells(right) - 2), right, width);
};

const renderNarrowPosition = ({state, width}: RunsHeaderInput, listHeight: number): Line =>
  spreadLine([], [createSegment(formatRunPosition(state, listHeight), 'dim')], width);

/** Enough for a glyph and an age. */
const maxShortFreshnessCells = 8;

const renderShortState = ({state, theme, width}: RunsHeaderInput): Line => {
  const {rows} = selectRunRows(state);
  const variants = renderFreshnessVariants(state, theme);
  const start =
    state.runs.filter === ''
      ? joinLines([renderInProgressCount(rows), renderFailedRunCount(rows, theme)], '  ')
      : renderFilter(state);
  const name: Line = [createSegment(formatProjectName(state), 'strong')];
  const right = pickFittingLine(variants.slice(variants.length > 2 ? 1 : 0), maxShortFreshnessCells);
  const left = pickFittingLine([joinLines([name, start], '  '), start], width - countLineCells(right) - 2);
  return spreadLine(left, right, width);
};
