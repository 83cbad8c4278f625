import type {Step} from '../../domain/step.js';
import {attemptRows} from '../../format/detail/attempt-rows.js';
import {type Content, contentOf, markedContent, stacked} from '../../format/detail/content.js';
import type {Line} from '../../format/line.js';
import {safeText} from '../../format/safe-text.js';
import {wrapLine} from '../../format/wrap.js';
import {nowOf, selectedRow, selectedStep, shownStep} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';
import {type AttemptTableRow, tableLines} from './attempt-table-size.js';
import {childRunLines} from './child-run-lines.js';
import {groupLines} from './group-lines.js';
import {type LogContent, logsTab} from './logs-tab.js';
import type {TabShape} from './tab.js';
import {tabContents} from './tabs.js';

/** What the open tab holds, and below it, in the overview of a step that was tried more than once, the table of its attempts. */
export type PaneContent = LogContent & {
  readonly attempts: readonly AttemptTableRow[];
  /** Lines that both take. */
  readonly height: number;
};

/** The content of the pane for the selected row, `width` cells at most. */
export const paneContent = (state: State, watch: Watch, shape: TabShape): PaneContent => {
  const isSame =
    last !== undefined &&
    last.watch === watch &&
    last.now === state.now &&
    last.requests === state.requests &&
    last.isPaused === state.isPaused &&
    last.width === shape.width &&
    last.height === shape.height &&
    last.isDense === shape.isDense;
  if (last === undefined || !isSame) {
    const {now, requests, isPaused} = state;
    const {width, height, isDense} = shape;
    last = {watch, now, requests, isPaused, width, height, isDense, content: laidOut(state, watch, shape)};
  }

  return last.content;
};

// One entry is enough: there is one pane on the screen, and keys and drawing ask for the same state one after the other.
let last:
  | (Pick<TabShape, 'width' | 'height' | 'isDense'> &
      Pick<State, 'now' | 'requests' | 'isPaused'> & {readonly watch: Watch; readonly content: PaneContent})
  | undefined;

/** More rows than this are no small table any more; the lines above say how the attempts went. */
const mostTableRows = 10;

const laidOut = (state: State, watch: Watch, shape: TabShape): PaneContent => {
  const row = selectedRow(watch);
  const isOfStep = row?.kind === 'step' || shownStep(watch) !== undefined;
  if (watch.pane.tab === 'logs' && (isOfStep || watch.logs.ofRun !== undefined)) {
    return withoutTable(logsTab(state, watch, shape));
  }

  if (row?.kind === 'group') {
    return withoutTable(contentOfGroup(row.groupId, state, watch, shape));
  }

  if (row?.kind === 'run') {
    return withoutTable(contentOf(childRunLines(row.child, nowOf(state), shape.utcOffset)));
  }

  const step = selectedStep(watch);
  if (step === undefined) {
    return withoutTable(contentOf([]));
  }

  const content = tabContents[watch.pane.tab](state, watch, step, shape);
  return watch.pane.tab === 'overview' ? withTable(content, state, watch, step, shape) : withoutTable(content);
};

const withTable = (content: Content, state: State, watch: Watch, step: Step, shape: TabShape): PaneContent => {
  const {attempts} = step;
  if (attempts.length < 2 || attempts.length > mostTableRows) {
    return withoutTable(content);
  }

  const rows = attemptRows({
    step,
    isRunOver: watch.overAt !== undefined,
    now: nowOf(state),
    width: shape.width,
    detailOf: id => watch.detailsById.get(id),
    utcOffset: shape.utcOffset,
  });
  const lines = [...content.lines.slice(), []];
  return {...content, lines, attempts: rows, height: lines.length + tableLines(rows.length)};
};

const withoutTable = (content: LogContent): PaneContent => ({
  ...content,
  attempts: [],
  height: content.lines.length,
});

/** The group itself, and of the first step of it that failed what the tab shows, so that it needs no key. */
const contentOfGroup = (groupId: string, state: State, watch: Watch, shape: TabShape): Content => {
  const group = watch.table.structure.groupsById.get(groupId);
  const ofGroup = markedContent(
    group === undefined ? [] : groupLines({group, watch, now: nowOf(state), width: shape.width}),
  );
  const failed = shownStep(watch);
  if (failed === undefined) {
    return watch.pane.tab === 'overview' ? ofGroup : stacked([ofGroup, contentOf([[], ...eachHasItsOwn(shape.width)])]);
  }

  const {lines: below, marks} = tabContents[watch.pane.tab](state, watch, failed, shape);
  return stacked([ofGroup, contentOf([[], headingOf(failed)]), {lines: below, marks}]);
};

const eachHasItsOwn = (width: number): readonly Line[] =>
  wrapLine([{text: 'each step of the group has its own: unfold it in the list', tone: 'dim'}], width);

const headingOf = ({name}: Step): Line => [
  {text: safeText(name, {maxCells: 60}), tone: 'strong'},
  {text: ', the first that failed', tone: 'dim'},
];
