import type {RunRow} from '../../domain/run-row.js';
import type {Counts} from '../../domain/step-table.js';
import {formatCount} from '../../format/number.js';
import {plural} from '../../format/plural.js';
import {safeText} from '../../format/safe-text.js';
import {hasMoreRuns, runRowsOf, selectedRunPlace, totalRuns} from '../../store/runs/run-rows.js';
import type {RunsLayout} from '../../store/runs/runs-layout.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {freshnessWays} from '../header/freshness.js';
import {barPieces, countParts} from '../header/progress.js';
import {placePieces, serverName} from '../header/where.js';
import {firstThatFits, joined, type Pieces, piece, spread, widthOf} from '../pieces.js';
import {factsOf} from './run-facts.js';

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

type Drawing = {readonly state: State; readonly theme: Theme; readonly width: number};

/** The lines above the list, each at most `width` cells. */
export const runsHeaderLines = ({form, listHeight}: RunsLayout, drawing: Drawing): readonly Pieces[] => {
  const {state, theme, width} = drawing;
  const bar = (): Pieces => barPieces(countsOf(runRowsOf(state).rows), false, width, theme);
  switch (form) {
    case 'wide':
      return [wideTitle(drawing), wideState(drawing), bar()];

    case 'narrow':
      return [narrowTitle(drawing), narrowState(drawing), bar(), narrowPosition(drawing, listHeight)];

    case 'short':
      return [shortState(drawing)];
  }
};

/** Where the cursor is in a list of which not all rows are seen: `9 of 300`; else empty. */
export const runPosition = (state: State, height: number): string => {
  const {rows} = runRowsOf(state);
  const {filter} = state.runs;
  const count = filter === '' ? (totalRuns(state) ?? rows.length) : rows.length;
  const place = formatCount((selectedRunPlace(state) ?? 0) + 1);
  return rows.length <= height ? '' : `${place} of ${formatCount(count)}`;
};

/** Freshness takes at most this part of a line, so that what stands beside it can be read. */
const freshness = ({state, theme, width}: Drawing): Pieces =>
  firstThatFits(freshnessWays(state, theme), Math.floor(width * 0.45));

const wideTitle = (drawing: Drawing): Pieces => {
  const {state, theme, width} = drawing;
  const where = placePieces(state, theme.glyph.within);
  return spread(joined([[piece('zentop', 'brand')], where], '  '), freshness(drawing), width);
};

const narrowTitle = (drawing: Drawing): Pieces => {
  const {state, theme, width} = drawing;
  const title = [piece(projectName(state), 'strong')];
  const ways = freshnessWays(state, theme);
  const right = firstThatFits(ways.slice(ways.length > 2 ? 1 : 0), Math.max(2, width - widthOf(title) - 2));
  return spread(title, right, width);
};

const projectName = (state: State): string => {
  const name = state.session.project?.name;
  return name === undefined ? serverName(state) : safeText(name, {maxCells: 60});
};

const countsOf = (rows: readonly RunRow[]): Counts => factsOf(rows).counts;

const goingOnPieces = (rows: readonly RunRow[]): Pieces => {
  const {goingOn} = factsOf(rows);
  return goingOn === 0 ? [piece('none in progress', 'dim')] : [piece(`${formatCount(goingOn)} in progress`, 'busy')];
};

const countGroups = (rows: readonly RunRow[]): readonly Pieces[] =>
  countParts(countsOf(rows), false)
    .filter(({tone}) => tone !== 'busy')
    .map(({status, tone, count}) => [piece(`${formatCount(count)} ${status}`, tone)]);

const failedPieces = (rows: readonly RunRow[], theme: Theme): Pieces => {
  const {failed = 0} = countsOf(rows);
  return failed === 0 ? [] : [piece(`${theme.statusGlyph('failed')} ${formatCount(failed)}`, 'bad')];
};

/** `/status:failed  12 match`; while more may be found, `so far`. */
const filterPieces = (state: State): Pieces => {
  const {rows} = runRowsOf(state);
  const isOpenEnded = hasMoreRuns(state);
  return [
    piece('/', 'accent'),
    piece(safeText(state.runs.filter, {maxCells: 60}), 'strong'),
    piece(`  ${formatCount(rows.length)} match${isOpenEnded ? ' so far' : ''}`, 'dim'),
  ];
};

const totalPieces = (state: State): Pieces => {
  const total = totalRuns(state);
  const {marked} = state.runs;
  const marks: Pieces = marked.size === 0 ? [] : [piece(`${marked.size} marked`, 'accent')];
  return joined([marks, total === undefined ? [] : [piece(plural(total, 'run'))]], '   ');
};

/** Of how many runs the counts before it tell, where these are not all. */
const behindPieces = (state: State, words: string): Pieces => {
  const {length} = runRowsOf(state).rows;
  const isAll = length >= (totalRuns(state) ?? 0);
  return isAll || state.runs.filter !== '' ? [] : [piece(`${words} ${formatCount(length)}`, 'dim')];
};

const wideState = ({state, width}: Drawing): Pieces => {
  const {rows} = runRowsOf(state);
  const right = totalPieces(state);
  const start = state.runs.filter === '' ? goingOnPieces(rows) : filterPieces(state);
  const groups = countGroups(rows);
  const behind = behindPieces(state, 'of the newest');
  const behindShort = behindPieces(state, 'of');
  const ways = [
    joined([start, joined([...groups, behind], '  ')], '   '),
    joined([start, joined([...groups, behindShort], '  ')], '   '),
    joined([start, joined([...groups.slice(0, 2), behindShort], '  ')], '   '),
    joined([start, joined(groups, '  ')], '   '),
    joined([start, joined(groups.slice(0, 2), '  ')], '   '),
    start,
  ];
  return spread(firstThatFits(ways, width - widthOf(right) - 2), right, width);
};

const narrowState = ({state, theme, width}: Drawing): Pieces => {
  const {rows} = runRowsOf(state);
  const right = totalPieces(state);
  const start = state.runs.filter === '' ? goingOnPieces(rows) : filterPieces(state);
  const failed = state.runs.filter === '' ? failedPieces(rows, theme) : [];
  const behind = failed.length === 0 ? [] : behindPieces(state, 'of');
  const ways = [joined([start, joined([failed, behind], ' ')], '  '), joined([start, failed], '  '), start];
  return spread(firstThatFits(ways, width - widthOf(right) - 2), right, width);
};

const narrowPosition = ({state, width}: Drawing, listHeight: number): Pieces =>
  spread([], [piece(runPosition(state, listHeight), 'dim')], width);

const shortState = ({state, theme, width}: Drawing): Pieces => {
  const {rows} = runRowsOf(state);
  const ways = freshnessWays(state, theme);
  const start =
    state.runs.filter === '' ? joined([goingOnPieces(rows), failedPieces(rows, theme)], '  ') : filterPieces(state);
  const name: Pieces = [piece(projectName(state), 'strong')];
  const right = firstThatFits(ways.slice(ways.length > 2 ? 1 : 0), 8);
  const left = firstThatFits([joined([name, start], '  '), start], width - widthOf(right) - 2);
  return spread(left, right, width);
};
