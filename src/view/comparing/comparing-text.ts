import {buildComparedSections, type ComparableRun, type ComparedRow} from '../../domain/compare-runs.js';
import {isEqual} from '../../domain/equality.js';
import {isTransient} from '../../domain/failure.js';
import type {RunId} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import {memoizeLast} from '../../domain/memoize.js';
import {cutMiddle, padEnd} from '../../format/cells.js';
import {formatFailure} from '../../format/failure-words.js';
import {createSegment, type Line} from '../../format/line.js';
import {pluralize} from '../../format/plural.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getComparedRunKey, getComparedStepsKey} from '../../store/runs/comparing-needs.js';
import {type ComparedRun, type Comparison, unknownRun} from '../../store/runs/comparison.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {renderComparedCell} from './compared-cell.js';
import {type ComparedHead, formatComparedTitle, renderComparedHeads} from './head-lines.js';

type ComparingOptions = {
  readonly state: State;
  readonly runIds: readonly RunId[];
  /** How many runs are to the left of the first visible one. */
  readonly left: number;
  readonly areGroupsOpen?: boolean | undefined;
  readonly width: number;
  readonly theme: Theme;
};

/** A line below the heads: plain text, or one value of each run. */
type ComparingEntry = Line | ComparedRow;

export type ComparingText = {
  /** Stays in place when the entries are scrolled. */
  readonly head: readonly Line[];
  /** Once all runs are loaded, the same array until something changes: thousands of steps are not compared again for each frame. */
  readonly entries: readonly ComparingEntry[];
  readonly renderLine: (entry: ComparingEntry) => Line;
  /** How many runs are visible, and how many are to the left of them. */
  readonly runs: number;
  readonly left: number;
};

const minColumnWidth = 12;
const maxColumnWidth = 40;
const gap = 2;

/**
 * Shares the width between the labels, which get about a quarter of it, and as many runs as fit: the cells of a label and of a
 * column, and the number of visible runs.
 */
const layOutColumns = (
  width: number,
  count: number,
): {readonly label: number; readonly column: number; readonly runs: number} => {
  const label = Math.max(8, Math.min(32, Math.floor(width * 0.28)));
  const room = Math.max(1, width - label);
  const runs = Math.max(1, Math.min(count, Math.floor(room / (minColumnWidth + gap))));
  return {label, column: Math.max(1, Math.min(maxColumnWidth, Math.floor(room / runs) - gap)), runs};
};

/** Builds the comparison, oldest run first: outcomes, then all differences, then what is the same. */
export const buildComparingText = (options: ComparingOptions): ComparingText => {
  const {state, runIds, width, theme} = options;
  const shares = layOutColumns(width, runIds.length);
  const left = Math.min(options.left, runIds.length - shares.runs);
  const {comparison, rowsById} = state.runs;
  const pickVisible = <T>(columns: readonly T[]): readonly T[] => columns.slice(left, left + shares.runs);
  const heads = runIds.map((id): ComparedHead => ({id, run: comparison.get(id)?.run ?? rowsById.get(id)}));
  const missingHeads = heads.filter(({id}) => !isLoaded(comparison.get(id)));
  const renderRow = (row: ComparedRow): Line => [
    createSegment(padEnd(cutMiddle(sanitizeToWidth(row.label, 200), shares.label), shares.label), 'label'),
    ...pickVisible(row.values).flatMap(value => [
      createSegment(' '.repeat(gap)),
      ...renderComparedCell(value, row.values[0], shares.column, theme),
    ]),
  ];
  return {
    head: renderComparedHeads(pickVisible(heads), heads[0], {state, theme, ...shares, gap}),
    // Values that are not loaded yet would look missing.
    entries:
      missingHeads.length > 0
        ? renderMissingRuns(missingHeads, state)
        : buildEntries(comparison, runIds, options.areGroupsOpen === true),
    renderLine: entry => ('label' in entry ? renderRow(entry) : entry),
    runs: shares.runs,
    left,
  };
};

const isLoaded = (compared: ComparedRun | undefined): boolean =>
  compared?.run !== undefined && compared.steps !== undefined;

/** Says which runs the server no longer has, how many are being loaded, and why that takes long. */
const renderMissingRuns = (heads: readonly ComparedHead[], {requestsByKey}: State): readonly Line[] => {
  const isGone = ({id}: ComparedHead): boolean =>
    requestsByKey.get(getComparedRunKey(id))?.failure?.kind === 'not-found';
  const loadingHeads = heads.filter(head => !isGone(head));
  const failure = loadingHeads
    .flatMap(({id}) => [getComparedRunKey(id), getComparedStepsKey(id)])
    .map(key => requestsByKey.get(key)?.failure)
    .find(each => each !== undefined && !isTransient(each));
  const why = failure === undefined ? [] : [createSegment(` · ${formatFailure(failure)}`, 'bad')];
  return [
    ...heads
      .filter(isGone)
      .map(head => [createSegment(`${formatComparedTitle(head)} no longer exists on the server`, 'bad')]),
    ...(loadingHeads.length > 0
      ? [[createSegment(`loading ${pluralize(loadingHeads.length, 'run')}…`, 'dim'), ...why]]
      : []),
  ];
};

const createComparableRun = (compared: ComparedRun, hasStepParameters: boolean): ComparableRun => ({
  parameters: {...compared.run?.config?.parameters, ...(hasStepParameters ? pickStepParameters(compared) : {})},
  metadata: compared.metadata,
  steps: compared.steps ?? [],
});

/** Step parameters, except those that only repeat a run parameter of the same name. */
const pickStepParameters = ({run, stepParameters = {}}: ComparedRun): JsonRecord => {
  const {parameters = {}} = run?.config ?? {};
  const isRepeated = (label: string): boolean => {
    const key = label.slice(label.indexOf('::') + 2);
    return key in parameters && isEqual(parameters[key], stepParameters[label]);
  };
  return Object.fromEntries(Object.entries(stepParameters).filter(([label]) => !isRepeated(label)));
};

const buildEntries = memoizeLast(
  (comparison: Comparison, runIds: readonly RunId[], areGroupsOpen: boolean): readonly ComparingEntry[] => {
    const runs = runIds.map(id => comparison.get(id) ?? unknownRun);
    const hasStepParameters = runs.every(({stepParameters}) => stepParameters !== undefined);
    const comparable = runs.map(run => createComparableRun(run, hasStepParameters));
    const sections = buildComparedSections(comparable, !areGroupsOpen);
    const different = sections.flatMap(({title, rows}) => buildSectionEntries(title, rows.filter(isDifferent)));
    const same = sections.flatMap(({title, rows}) =>
      buildSectionEntries(
        `${title}, ${title === 'steps' ? 'about the same' : 'the same'}`,
        rows.filter(row => !row.isDifferent),
      ),
    );
    const noneWords = hasStepParameters
      ? 'no differences in parameters, metadata or steps'
      : 'loading the parameters of the steps…';
    const none: readonly ComparingEntry[] = different.length === 0 ? [[createSegment(noneWords, 'dim')], []] : [];
    return [...none, ...different, ...same].slice(0, -1);
  },
);

const isDifferent = (row: ComparedRow): boolean => row.isDifferent;

const buildSectionEntries = (title: string, rows: readonly ComparedRow[]): readonly ComparingEntry[] =>
  rows.length === 0 ? [] : [[createSegment(title, 'strong')], ...rows, []];
