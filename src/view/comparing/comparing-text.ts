import {buildComparedSections, type ComparableRun, type ComparedRow} from '../../domain/compare-runs.js';
import {isEqual} from '../../domain/equality.js';
import type {RunId} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import {memoizeLast} from '../../domain/memoize.js';
import {cutMiddle, padEnd} from '../../format/cells.js';
import {createSegment, type Line} from '../../format/line.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeText} from '../../format/safe-text.js';
import {type ComparedRun, type Comparison, unknownRun} from '../../store/runs/comparison.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {renderComparedCell} from './compared-cell.js';
import {type ComparedHead, renderComparedHeads} from './head-lines.js';

type ComparingOptions = {
  readonly state: State;
  readonly runIds: readonly RunId[];
  /** Runs to the left of the first that is seen. */
  readonly left: number;
  readonly width: number;
  readonly theme: Theme;
};

/** What a line below the heads is made of: words, or one thing as it is in each run. */
export type ComparingEntry = Line | ComparedRow;

export type ComparingText = {
  /** Stays when the rest is scrolled. */
  readonly head: readonly Line[];
  /** The same while nothing new is known of the runs: thousands of steps are not compared anew for each frame. */
  readonly entries: readonly ComparingEntry[];
  readonly lineOf: (entry: ComparingEntry) => Line;
  /** How many runs are seen side by side, and how many there are to the left of them. */
  readonly runs: number;
  readonly left: number;
};

const minColumnWidth = 12;
const maxColumnWidth = 40;
const gap = 2;

/** How the width is shared between the labels and as many runs as fit. */
const layOutColumns = (
  width: number,
  count: number,
): {readonly label: number; readonly column: number; readonly runs: number} => {
  const label = Math.max(8, Math.min(32, Math.floor(width * 0.28)));
  const room = Math.max(1, width - label);
  const runs = Math.max(1, Math.min(count, Math.floor(room / (minColumnWidth + gap))));
  return {label, column: Math.max(1, Math.min(maxColumnWidth, Math.floor(room / runs) - gap)), runs};
};

/** Runs side by side, the oldest first: how each went, then all in which they differ, then what they have in common. */
export const buildComparingText = (options: ComparingOptions): ComparingText => {
  const {state, runIds, width, theme} = options;
  const shares = layOutColumns(width, runIds.length);
  const left = Math.min(options.left, runIds.length - shares.runs);
  const {comparison, rowsById} = state.runs;
  const seen = <T>(things: readonly T[]): readonly T[] => things.slice(left, left + shares.runs);
  const heads = runIds.map((id): ComparedHead => ({id, run: comparison.get(id)?.run ?? rowsById.get(id)}));
  const toRow = (row: ComparedRow): Line => [
    createSegment(padEnd(cutMiddle(sanitizeText(row.label, {maxCells: 200}), shares.label), shares.label), 'label'),
    ...seen(row.values).flatMap(value => [
      createSegment(' '.repeat(gap)),
      ...renderComparedCell(value, row.values[0], shares.column, theme),
    ]),
  ];
  return {
    head: renderComparedHeads(seen(heads), heads[0], {state, theme, ...shares, gap}),
    entries: buildEntries(comparison, runIds),
    lineOf: entry => ('label' in entry ? toRow(entry) : entry),
    runs: shares.runs,
    left,
  };
};

const createComparableRun = (compared: ComparedRun, hasStepParameters: boolean): ComparableRun => ({
  parameters: {...compared.run?.config?.parameters, ...(hasStepParameters ? pickStepParameters(compared) : {})},
  metadata: compared.metadata,
  steps: compared.steps ?? [],
});

/** What steps were given other than by a parameter of the run with the same name, which is told already. */
const pickStepParameters = ({run, stepParameters = {}}: ComparedRun): JsonRecord => {
  const {parameters = {}} = run?.config ?? {};
  const isTold = (label: string): boolean => {
    const key = label.slice(label.indexOf('::') + 2);
    return key in parameters && isEqual(parameters[key], stepParameters[label]);
  };
  return Object.fromEntries(Object.entries(stepParameters).filter(([label]) => !isTold(label)));
};

const buildEntries = memoizeLast((comparison: Comparison, runIds: readonly RunId[]): readonly ComparingEntry[] => {
  const runs = runIds.map(id => comparison.get(id) ?? unknownRun);
  const missing = runs.filter(({run, steps}) => run === undefined || steps === undefined).length;
  if (missing > 0) {
    // What has not come yet would look as if a run had none of it.
    return [[createSegment(`asking for ${pluralize(missing, 'run')}`, 'dim')]];
  }

  const hasStepParameters = runs.every(({stepParameters}) => stepParameters !== undefined);
  const sections = buildComparedSections(runs.map(run => createComparableRun(run, hasStepParameters)));
  const different = sections.flatMap(({title, rows}) => buildSectionEntries(title, rows.filter(isDifferent)));
  const same = sections.flatMap(({title, rows}) =>
    buildSectionEntries(
      // Durations are never the same twice.
      `${title}, ${title === 'steps' ? 'alike' : 'the same'}`,
      rows.filter(row => !row.isDifferent),
    ),
  );
  const none: readonly ComparingEntry[] =
    different.length === 0 ? [[createSegment('no parameter, metadata or step differs', 'dim')], []] : [];
  return [...none, ...different, ...same].slice(0, -1);
});

const isDifferent = (row: ComparedRow): boolean => row.isDifferent;

const buildSectionEntries = (title: string, rows: readonly ComparedRow[]): readonly ComparingEntry[] =>
  rows.length === 0 ? [] : [[createSegment(title, 'strong')], ...rows, []];
