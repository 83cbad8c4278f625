import type {Step} from '../../domain/step.js';
import {attemptRows} from '../../format/detail/attempt-rows.js';
import {overviewLines} from '../../format/detail/overview.js';
import type {Line} from '../../format/line.js';
import {safeText} from '../../format/safe-text.js';
import type {UtcOffset} from '../../format/time.js';
import {nowOf, selectedRow, selectedStep, shownStep} from '../../store/selectors.js';
import type {State, Watch} from '../../store/state.js';
import {type AttemptTableRow, tableLines} from './attempt-table-size.js';
import {groupLines} from './group-lines.js';
import {overviewInputOf} from './overview-input-of.js';

/** What the open tab holds: lines, and below them, where a step was tried more than once, the table of its attempts. */
export type PaneContent = {
  readonly lines: readonly Line[];
  readonly attempts: readonly AttemptTableRow[];
  /** Lines that both take. */
  readonly height: number;
};

type Shape = {readonly width: number; readonly isDense: boolean; readonly utcOffset: UtcOffset};

/** The content of the pane for the selected row, `width` cells at most. */
export const paneContent = (state: State, watch: Watch, shape: Shape): PaneContent => {
  const isSame =
    last !== undefined &&
    last.watch === watch &&
    last.now === state.now &&
    last.requests === state.requests &&
    last.width === shape.width &&
    last.isDense === shape.isDense;
  if (last === undefined || !isSame) {
    const {now, requests} = state;
    last = {watch, now, requests, width: shape.width, isDense: shape.isDense, content: laidOut(state, watch, shape)};
  }

  return last.content;
};

// One entry is enough: there is one pane on the screen, and keys and drawing ask for the same state one after the other.
let last:
  | (Pick<Shape, 'width' | 'isDense'> &
      Pick<State, 'now' | 'requests'> & {readonly watch: Watch; readonly content: PaneContent})
  | undefined;

/** More rows than this are no small table any more; the lines above say how the attempts went. */
const mostTableRows = 10;

const laidOut = (state: State, watch: Watch, shape: Shape): PaneContent => {
  const row = selectedRow(watch);
  if (row?.kind === 'group') {
    return withoutTable(linesOfGroup(row.groupId, state, watch, shape));
  }

  const step = selectedStep(watch);
  if (step === undefined) {
    return withoutTable(emptyLines(watch));
  }

  const lines = overviewLines(overviewInputOf(state, watch, step, shape));
  const {attempts} = step;
  if (attempts.length < 2 || attempts.length > mostTableRows) {
    return withoutTable(lines);
  }

  const rows = attemptRows({
    step,
    isRunOver: watch.overAt !== undefined,
    now: nowOf(state),
    width: shape.width,
    detailOf: id => watch.detailsById.get(id),
    utcOffset: shape.utcOffset,
  });
  return {lines: [...lines, []], attempts: rows, height: lines.length + 1 + tableLines(rows.length)};
};

const withoutTable = (lines: readonly Line[]): PaneContent => ({lines, attempts: [], height: lines.length});

/** The group itself, and of the first step of it that failed the whole overview, so that it needs no key. */
const linesOfGroup = (groupId: string, state: State, watch: Watch, shape: Shape): readonly Line[] => {
  const group = watch.table.structure.groupsById.get(groupId);
  const lines = group === undefined ? [] : groupLines(group, watch, shape.width);
  const failed = shownStep(watch);
  return failed === undefined
    ? lines
    : [...lines, [], headingOf(failed), ...overviewLines(overviewInputOf(state, watch, failed, shape))];
};

const headingOf = ({name}: Step): Line => [
  {text: safeText(name, {maxCells: 60}), tone: 'strong'},
  {text: ', the first that failed', tone: 'dim'},
];

/** A run that has no steps yet. */
const emptyLines = (watch: Watch): readonly Line[] => {
  const words = watch.overAt === undefined ? 'no steps yet' : 'this run has no steps';
  return [[{text: words, tone: 'dim'}]];
};
