import {type Comparable, type ComparedRow, comparedSections} from '../../domain/compare-runs.js';
import type {RunId} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import {rememberedLast} from '../../domain/remembered.js';
import {isSame} from '../../domain/same.js';
import {cutMiddle, padEnd} from '../../format/cells.js';
import {plural} from '../../format/plural.js';
import {safeText} from '../../format/safe-text.js';
import {type ComparedRun, type Comparison, unknownRun} from '../../store/runs/comparison.js';
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

/** What a line below the heads is made of: words, or one thing as it is in each run. */
export type ComparingEntry = Pieces | ComparedRow;

export type ComparingText = {
  /** Stays when the rest is scrolled. */
  readonly head: readonly Pieces[];
  /** The same while nothing new is known of the runs: thousands of steps are not compared anew for each frame. */
  readonly entries: readonly ComparingEntry[];
  readonly lineOf: (entry: ComparingEntry) => Pieces;
  /** How many runs are seen side by side, and how many there are to the left of them. */
  readonly runs: number;
  readonly left: number;
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
export const comparingText = (options: Options): ComparingText => {
  const {state, runIds, width, theme} = options;
  const shares = sharesOf(width, runIds.length);
  const left = Math.min(options.left, runIds.length - shares.runs);
  const {comparison, rowsById} = state.runs;
  const seen = <T>(things: readonly T[]): readonly T[] => things.slice(left, left + shares.runs);
  const heads = runIds.map((id): ComparedHead => ({id, run: comparison.get(id)?.run ?? rowsById.get(id)}));
  const toRow = (row: ComparedRow): Pieces => [
    piece(padEnd(cutMiddle(safeText(row.label, {maxCells: 200}), shares.label), shares.label), 'label'),
    ...seen(row.values).flatMap(value => [
      piece(' '.repeat(gap)),
      ...comparedCell(value, row.values[0], shares.column, theme),
    ]),
  ];
  return {
    head: headLines(seen(heads), heads[0], {state, theme, ...shares, gap}),
    entries: entriesOf(comparison, runIds),
    lineOf: entry => ('label' in entry ? toRow(entry) : entry),
    runs: shares.runs,
    left,
  };
};

const comparableOf = (compared: ComparedRun, hasStepParameters: boolean): Comparable => ({
  parameters: {...compared.run?.config?.parameters, ...(hasStepParameters ? ownOfSteps(compared) : {})},
  metadata: compared.metadata,
  steps: compared.steps ?? [],
});

/** What steps were given other than by a parameter of the run with the same name, which is told already. */
const ownOfSteps = ({run, stepParameters = {}}: ComparedRun): JsonRecord => {
  const {parameters = {}} = run?.config ?? {};
  const isTold = (label: string): boolean => {
    const key = label.slice(label.indexOf('::') + 2);
    return key in parameters && isSame(parameters[key], stepParameters[label]);
  };
  return Object.fromEntries(Object.entries(stepParameters).filter(([label]) => !isTold(label)));
};

const entriesOf = rememberedLast((comparison: Comparison, runIds: readonly RunId[]): readonly ComparingEntry[] => {
  const runs = runIds.map(id => comparison.get(id) ?? unknownRun);
  const missing = runs.filter(({run, steps}) => run === undefined || steps === undefined).length;
  if (missing > 0) {
    // What has not come yet would look as if a run had none of it.
    return [[piece(`asking for ${plural(missing, 'run')}`, 'dim')]];
  }

  const hasStepParameters = runs.every(({stepParameters}) => stepParameters !== undefined);
  const sections = comparedSections(runs.map(run => comparableOf(run, hasStepParameters)));
  const different = sections.flatMap(({title, rows}) => sectionEntries(title, rows.filter(isDifferent)));
  const same = sections.flatMap(({title, rows}) =>
    sectionEntries(
      // Durations are never the same twice.
      `${title}, ${title === 'steps' ? 'alike' : 'the same'}`,
      rows.filter(row => !row.isDifferent),
    ),
  );
  const none: readonly ComparingEntry[] =
    different.length === 0 ? [[piece('no parameter, metadata or step differs', 'dim')], []] : [];
  return [...none, ...different, ...same].slice(0, -1);
});

const isDifferent = (row: ComparedRow): boolean => row.isDifferent;

const sectionEntries = (title: string, rows: readonly ComparedRow[]): readonly ComparingEntry[] =>
  rows.length === 0 ? [] : [[piece(title, 'strong')], ...rows, []];
