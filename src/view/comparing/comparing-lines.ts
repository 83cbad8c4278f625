import {type Comparable, type ComparedRow, comparedSections} from '../../domain/compare-runs.js';
import type {RunId} from '../../domain/ids.js';
import {cutMiddle, padEnd} from '../../format/cells.js';
import {plural} from '../../format/plural.js';
import {safeText} from '../../format/safe-text.js';
import {type ComparedRun, unknownRun} from '../../store/runs/comparison.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {type Pieces, piece} from '../pieces.js';
import {comparedCell} from './compared-cell.js';
import {type ComparedHead, headLines} from './head-lines.js';

type Options = {
  readonly state: State;
  readonly runIds: readonly RunId[];
  /** Runs to the left of the first that is seen. */
  readonly left: number;
  readonly width: number;
  readonly theme: Theme;
};

export type ComparingText = {
  /** Stays when the rest is scrolled. */
  readonly head: readonly Pieces[];
  readonly lines: readonly Pieces[];
  /** How many runs are seen side by side. */
  readonly runs: number;
};

const leastColumn = 12;
const mostColumn = 40;
const gap = 2;

/** How the width is shared between the labels and as many runs as fit. */
const sharesOf = (
  width: number,
  count: number,
): {readonly label: number; readonly column: number; readonly runs: number} => {
  const label = Math.max(8, Math.min(32, Math.floor(width * 0.28)));
  const room = Math.max(1, width - label);
  const runs = Math.max(1, Math.min(count, Math.floor(room / (leastColumn + gap))));
  return {label, column: Math.max(1, Math.min(mostColumn, Math.floor(room / runs) - gap)), runs};
};

/** Runs side by side, the oldest first: how each went, then all in which they differ, then what they have in common. */
export const comparingLines = (options: Options): ComparingText => {
  const {state, runIds, width, theme} = options;
  const shares = sharesOf(width, runIds.length);
  const left = Math.min(options.left, runIds.length - shares.runs);
  const all = runIds.map(id => state.runs.comparison.get(id) ?? unknownRun);
  const seen = <T>(things: readonly T[]): readonly T[] => things.slice(left, left + shares.runs);
  const heads = runIds.map(
    (id, place): ComparedHead => ({
      run: all[place]?.run ?? state.runs.rowsById.get(id),
      id,
    }),
  );
  const toRow = (row: ComparedRow): Pieces => [
    piece(padEnd(cutMiddle(safeText(row.label, {maxCells: 200}), shares.label), shares.label), 'label'),
    ...seen(row.values).flatMap(value => [
      piece(' '.repeat(gap)),
      ...comparedCell(value, row.values[0], shares.column, theme),
    ]),
  ];
  return {
    head: headLines(seen(heads), heads[0], {state, theme, ...shares, gap}),
    lines: bodyLines(all, toRow),
    runs: shares.runs,
  };
};

const comparableOf = ({run, metadata, steps}: ComparedRun): Comparable => ({
  parameters: run?.config?.parameters ?? {},
  metadata,
  steps: steps ?? [],
});

const bodyLines = (runs: readonly ComparedRun[], toRow: (row: ComparedRow) => Pieces): readonly Pieces[] => {
  const missing = runs.filter(({run, steps}) => run === undefined || steps === undefined).length;
  const wait: readonly Pieces[] = missing === 0 ? [] : [[piece(`asking for ${plural(missing, 'run')}`, 'dim')], []];
  // What has not come yet would look as if a run had none of it.
  const sections = missing === 0 ? comparedSections(runs.map(comparableOf)) : [];
  const different = sections.flatMap(({title, rows}) => sectionLines(title, rows.filter(isDifferent), toRow));
  const same = sections.flatMap(({title, rows}) =>
    sectionLines(
      // Durations are never the same twice.
      `${title}, ${title === 'steps' ? 'alike' : 'the same'}`,
      rows.filter(row => !row.isDifferent),
      toRow,
    ),
  );
  const none: readonly Pieces[] =
    missing === 0 && different.length === 0 ? [[piece('no parameter, metadata or step differs', 'dim')], []] : [];
  return [...wait, ...none, ...different, ...same].slice(0, -1);
};

const isDifferent = (row: ComparedRow): boolean => row.isDifferent;

const sectionLines = (
  title: string,
  rows: readonly ComparedRow[],
  toRow: (row: ComparedRow) => Pieces,
): readonly Pieces[] => (rows.length === 0 ? [] : [[piece(title, 'strong')], ...rows.map(toRow), []]);
