import type {RunRow} from '../../domain/run-row.js';
import type {StatusCounts} from '../../domain/step-table.js';
import {formatCount} from '../../format/number.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeText} from '../../format/safe-text.js';
import {hasMoreRuns, selectRunRows, selectSelectedRunPlace, selectTotalRuns} from '../../store/runs/run-rows.js';
import type {RunsLayout} from '../../store/runs/runs-layout.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {renderFreshnessVariants} from '../header/freshness.js';
import {formatServerName, renderLocation} from '../header/location.js';
import {getCountParts, renderBar} from '../header/progress.js';
import {createPiece, getPiecesWidth, joinPieces, type Pieces, pickFitting, spreadPieces} from '../pieces.js';
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
export const renderRunsHeader = ({form, listHeight}: RunsLayout, drawing: RunsHeaderInput): readonly Pieces[] => {
  const {state, theme, width} = drawing;
  const bar = (): Pieces => renderBar(getRunCounts(selectRunRows(state).rows), false, width, theme);
  switch (form) {
    case 'wide':
      return [renderWideTitle(drawing), renderWideState(drawing), bar()];

    case 'narrow':
      return [renderNarrowTitle(drawing), renderNarrowState(drawing), bar(), renderNarrowPosition(drawing, listHeight)];

    case 'short':
      return [renderShortState(drawing)];
  }
};

/** Where the cursor is in a list of which not all rows are seen: `9 of 300`; else empty. */
export const formatRunPosition = (state: State, height: number): string => {
  const {rows} = selectRunRows(state);
  const {filter} = state.runs;
  const count = filter === '' ? (selectTotalRuns(state) ?? rows.length) : rows.length;
  const place = formatCount((selectSelectedRunPlace(state) ?? 0) + 1);
  return rows.length <= height ? '' : `${place} of ${formatCount(count)}`;
};

/** Freshness takes at most this part of a line, so that what stands beside it can be read. */
const renderFreshness = ({state, theme, width}: RunsHeaderInput): Pieces =>
  pickFitting(renderFreshnessVariants(state, theme), Math.floor(width * 0.45));

const renderWideTitle = (drawing: RunsHeaderInput): Pieces => {
  const {state, theme, width} = drawing;
  const where = renderLocation(state, theme.glyph.within);
  return spreadPieces(joinPieces([[createPiece('zentop', 'brand')], where], '  '), renderFreshness(drawing), width);
};

const renderNarrowTitle = (drawing: RunsHeaderInput): Pieces => {
  const {state, theme, width} = drawing;
  const title = [createPiece(formatProjectName(state), 'strong')];
  const ways = renderFreshnessVariants(state, theme);
  const right = pickFitting(ways.slice(ways.length > 2 ? 1 : 0), Math.max(2, width - getPiecesWidth(title) - 2));
  return spreadPieces(title, right, width);
};

const formatProjectName = (state: State): string => {
  const name = state.session.project?.name;
  return name === undefined ? formatServerName(state) : sanitizeText(name, {maxCells: 60});
};

const getRunCounts = (rows: readonly RunRow[]): StatusCounts => getRunFacts(rows).counts;

const renderInProgressCount = (rows: readonly RunRow[]): Pieces => {
  const {goingOn} = getRunFacts(rows);
  return goingOn === 0
    ? [createPiece('none in progress', 'dim')]
    : [createPiece(`${formatCount(goingOn)} in progress`, 'busy')];
};

const renderRunCounts = (rows: readonly RunRow[]): readonly Pieces[] =>
  getCountParts(getRunCounts(rows), false)
    .filter(({tone}) => tone !== 'busy')
    .map(({status, tone, count}) => [createPiece(`${formatCount(count)} ${status}`, tone)]);

const renderFailedRuns = (rows: readonly RunRow[], theme: Theme): Pieces => {
  const {failed = 0} = getRunCounts(rows);
  return failed === 0 ? [] : [createPiece(`${theme.statusGlyph('failed')} ${formatCount(failed)}`, 'bad')];
};

/** `/status:failed  12 match`; while more may be found, `so far`. */
const renderFilter = (state: State): Pieces => {
  const {rows} = selectRunRows(state);
  const isOpenEnded = hasMoreRuns(state);
  return [
    createPiece('/', 'accent'),
    createPiece(sanitizeText(state.runs.filter, {maxCells: 60}), 'strong'),
    createPiece(`  ${formatCount(rows.length)} match${isOpenEnded ? ' so far' : ''}`, 'dim'),
  ];
};

const renderTotal = (state: State): Pieces => {
  const total = selectTotalRuns(state);
  const {marked} = state.runs;
  const marks: Pieces = marked.size === 0 ? [] : [createPiece(`${marked.size} marked`, 'accent')];
  return joinPieces([marks, total === undefined ? [] : [createPiece(pluralize(total, 'run'))]], '   ');
};

/** Of how many runs the counts before it tell, where these are not all. */
const renderCountScope = (state: State, words: string): Pieces => {
  const {length} = selectRunRows(state).rows;
  const isAll = length >= (selectTotalRuns(state) ?? 0);
  return isAll || state.runs.filter !== '' ? [] : [createPiece(`${words} ${formatCount(length)}`, 'dim')];
};

const renderWideState = ({state, width}: RunsHeaderInput): Pieces => {
  const {rows} = selectRunRows(state);
  const right = renderTotal(state);
  const start = state.runs.filter === '' ? renderInProgressCount(rows) : renderFilter(state);
  const groups = renderRunCounts(rows);
  const behind = renderCountScope(state, 'of the newest');
  const behindShort = renderCountScope(state, 'of');
  const ways = [
    joinPieces([start, joinPieces([...groups, behind], '  ')], '   '),
    joinPieces([start, joinPieces([...groups, behindShort], '  ')], '   '),
    joinPieces([start, joinPieces([...groups.slice(0, 2), behindShort], '  ')], '   '),
    joinPieces([start, joinPieces(groups, '  ')], '   '),
    joinPieces([start, joinPieces(groups.slice(0, 2), '  ')], '   '),
    start,
  ];
  return spreadPieces(pickFitting(ways, width - getPiecesWidth(right) - 2), right, width);
};

const renderNarrowState = ({state, theme, width}: RunsHeaderInput): Pieces => {
  const {rows} = selectRunRows(state);
  const right = renderTotal(state);
  const start = state.runs.filter === '' ? renderInProgressCount(rows) : renderFilter(state);
  const failed = state.runs.filter === '' ? renderFailedRuns(rows, theme) : [];
  const behind = failed.length === 0 ? [] : renderCountScope(state, 'of');
  const ways = [joinPieces([start, joinPieces([failed, behind], ' ')], '  '), joinPieces([start, failed], '  '), start];
  return spreadPieces(pickFitting(ways, width - getPiecesWidth(right) - 2), right, width);
};

const renderNarrowPosition = ({state, width}: RunsHeaderInput, listHeight: number): Pieces =>
  spreadPieces([], [createPiece(formatRunPosition(state, listHeight), 'dim')], width);

const renderShortState = ({state, theme, width}: RunsHeaderInput): Pieces => {
  const {rows} = selectRunRows(state);
  const ways = renderFreshnessVariants(state, theme);
  const start =
    state.runs.filter === ''
      ? joinPieces([renderInProgressCount(rows), renderFailedRuns(rows, theme)], '  ')
      : renderFilter(state);
  const name: Pieces = [createPiece(formatProjectName(state), 'strong')];
  const right = pickFitting(ways.slice(ways.length > 2 ? 1 : 0), 8);
  const left = pickFitting([joinPieces([name, start], '  '), start], width - getPiecesWidth(right) - 2);
  return spreadPieces(left, right, width);
};
