import {findUserName} from '../../domain/intervention/question.js';
import type {Step} from '../../domain/step.js';
import {type AttemptRow, buildAttemptRows} from '../../format/detail/attempt-rows.js';
import {type Content, createContent, createMarkedContent, stackContents} from '../../format/detail/content.js';
import type {Line} from '../../format/line.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {wrapLine} from '../../format/wrap.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedRow, findSelectedStep, findShownStep, selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {renderChildRun, renderChildStep, renderDetailsHint, renderQuestionRow} from './child-run-lines.js';
import {renderGroup} from './group-lines.js';
import {type LogContent, renderLogsTab} from './logs-tab.js';
import {renderRunPage} from './run-page.js';
import type {TabShape} from './tab.js';
import {rendererByTab} from './tabs.js';

/** The content of the open tab and, in the overview of a retried step, the table of its attempts below. */
export type PaneContent = LogContent & {
  readonly attempts: readonly AttemptRow[];
  /** Height of the content with the table, in lines. */
  readonly height: number;
};

/** The content of the pane for the selected row, in lines of at most `shape.width` cells. */
export const getPaneContent = (state: State, openRun: OpenRun, shape: TabShape): PaneContent => {
  const isSame =
    lastContent !== undefined &&
    lastContent.openRun === openRun &&
    lastContent.now === state.now &&
    lastContent.requestsByKey === state.requestsByKey &&
    lastContent.isPaused === state.isPaused &&
    lastContent.width === shape.width &&
    lastContent.height === shape.height &&
    lastContent.isDense === shape.isDense;
  if (lastContent === undefined || !isSame) {
    const {now, requestsByKey, isPaused} = state;
    const {width, height, isDense} = shape;
    lastContent = {
      openRun,
      now,
      requestsByKey,
      isPaused,
      width,
      height,
      isDense,
      content: buildPaneContent(state, openRun, shape),
    };
  }

  return lastContent.content;
};

// One entry is enough: there is one pane on the screen, and a frame and the next key use the same state.
let lastContent:
  | (Pick<TabShape, 'width' | 'height' | 'isDense'> &
      Pick<State, 'now' | 'requestsByKey' | 'isPaused'> & {readonly openRun: OpenRun; readonly content: PaneContent})
  | undefined;

/** With more rows than this the table is left out; the lines above it summarize the attempts. */
const maxTableRows = 10;

const buildPaneContent = (state: State, openRun: OpenRun, shape: TabShape): PaneContent => {
  const row = findSelectedRow(openRun);
  const hasLog = row?.kind === 'step' || row?.kind === 'this-run' || findShownStep(openRun) !== undefined;
  if (openRun.pane.tab === 'logs' && (hasLog || openRun.logs.ofRun !== undefined)) {
    return withoutTable(renderLogsTab(state, openRun, shape));
  }

  if (row?.kind === 'this-run') {
    return withoutTable(renderRunPage(state, openRun, shape));
  }

  if (row?.kind === 'group') {
    return withoutTable(buildGroupContent(row.groupId, state, openRun, shape));
  }

  const now = selectServerNow(state);
  if (
    (row?.kind === 'run' || row?.kind === 'child-step' || row?.kind === 'question') &&
    openRun.pane.tab !== 'overview'
  ) {
    return withoutTable(createContent(renderDetailsHint(row.kind, state.session, shape.width)));
  }

  const context = {now, getUtcOffset: shape.getUtcOffset, width: shape.width, session: state.session};
  if (row?.kind === 'run') {
    const {child, isOpen} = row;
    const steps = child.id === undefined ? undefined : openRun.childDagsById.get(child.id)?.steps;
    return withoutTable(createContent(renderChildRun(child, {steps, isOpen}, context)));
  }

  if (row?.kind === 'child-step') {
    return withoutTable(createContent(renderChildStep(row.step, context)));
  }

  if (row?.kind === 'question') {
    const findUser = (id: string) => findUserName(openRun, id);
    return withoutTable(createContent(renderQuestionRow(row.question, {...context, findUser})));
  }

  const step = findSelectedStep(openRun);
  if (step === undefined) {
    return withoutTable(createContent([]));
  }

  const content = rendererByTab[openRun.pane.tab](state, openRun, step, shape);
  return openRun.pane.tab === 'overview' ? withTable(content, state, openRun, step, shape) : withoutTable(content);
};

const withTable = (content: Content, state: State, openRun: OpenRun, step: Step, shape: TabShape): PaneContent => {
  const {attempts} = step;
  if (attempts.length < 2 || attempts.length > maxTableRows) {
    return withoutTable(content);
  }

  const rows = buildAttemptRows({
    step,
    isRunOver: openRun.overAt !== undefined,
    now: selectServerNow(state),
    width: shape.width,
    findDetail: id => openRun.detailsById.get(id),
    getUtcOffset: shape.getUtcOffset,
  });
  const lines = [...content.lines.slice(), []];
  return {...content, lines, attempts: rows, height: lines.length + countTableLines(rows.length)};
};

/** Lines of an `ink-table`: a rule above, the titles, a rule and a line per row, a rule below. */
const countTableLines = (rowCount: number): number => 3 + 2 * rowCount;

const withoutTable = (content: LogContent): PaneContent => ({
  ...content,
  attempts: [],
  height: content.lines.length,
});

/** The group, followed by the open tab of its first failed step, so that the failure is visible without pressing a key. */
const buildGroupContent = (groupId: string, state: State, openRun: OpenRun, shape: TabShape): Content => {
  const group = openRun.table.structure.groupsById.get(groupId);
  const groupContent = createMarkedContent(
    group === undefined
      ? []
      : renderGroup({group, openRun, session: state.session, now: selectServerNow(state), width: shape.width}),
  );
  const failed = findShownStep(openRun);
  if (failed === undefined) {
    return openRun.pane.tab === 'overview'
      ? groupContent
      : stackContents([groupContent, createContent([[], ...renderGroupHint(shape.width)])]);
  }

  const {lines: below, marks} = rendererByTab[openRun.pane.tab](state, openRun, failed, shape);
  return stackContents([groupContent, createContent([[], renderHeading(failed)]), {lines: below, marks}]);
};

const renderGroupHint = (width: number): readonly Line[] =>
  wrapLine([{text: 'each step of the group has its own (expand the group in the list)', tone: 'dim'}], width);

const renderHeading = ({name}: Step): Line => [
  {text: sanitizeToWidth(name, 60), tone: 'strong'},
  {text: ', the first to fail', tone: 'dim'},
];
