import {findRootFailures} from '../../domain/blockers.js';
import {createLogPattern} from '../../domain/log/pattern.js';
import {isTruncated, type LogTail} from '../../domain/log/tail.js';
import {createLogView, type LogView} from '../../domain/log/view.js';
import type {Mark} from '../../domain/mark.js';
import {getStepStatusWord} from '../../domain/step.js';
import {type Content, createContent} from '../../format/detail/content.js';
import {blankLine, type Line} from '../../format/line.js';
import {type NoLogReason, renderNoLog} from '../../format/log/no-log.js';
import {renderLogStatus} from '../../format/log/status-line.js';
import {type LogWindow, layOutLogWindow} from '../../format/log/window.js';
import {pluralize} from '../../format/plural.js';
import {formatCommandKey} from '../../keymap/command-key.js';
import {findShownLog, type ShownLog} from '../../store/logs/shown-log.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findShownAttempt, findShownStep, selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {createLogCopies} from './log-copies.js';
import type {TabShape} from './tab.js';

/** A log fills the pane with its visible part; key commands use the window to scroll through the rest. */
export type LogContent = Content & {readonly window?: LogWindow};

/*
 *     21:16:41   epoch 6/20 loss 0.244
 *     21:16:59   epoch 7/20 loss 0.213
 *     21:17:04 E Traceback (most recent call last):
 *     …
 *     step · 1,204 lines · last line 12s ago · updated every 5s      following
 */

/** With at least this height, the last line summarizes the log. */
const minHeightForStatus = 3;

/** The log of the shown attempt, or of the run. */
export const renderLogsTab = (state: State, openRun: OpenRun, shape: TabShape): LogContent => {
  const log = findShownLog(openRun);
  if (log === undefined) {
    return createContent(renderNoLog(getNoAttemptReason(openRun), shape.width));
  }

  const tail = openRun.logs.tailsByKey.get(log.key);
  const failure = findLogFailure(state, log);
  if (tail === undefined || tail.lines.end === 0) {
    return createEmptyContent(getNoLogReason(state, log, tail, failure), openRun, shape.width);
  }

  const {minLevel, search, hasTimes, isWrapped, left} = openRun.logs;
  const pattern = createLogPattern(search);
  const view = createLogView(tail.lines, {minLevel, pattern: undefined});
  const hasStatus = shape.height >= minHeightForStatus;
  const position = openRun.logs.positionByKey.get(log.key);
  const currentMatch = openRun.logs.matchByKey.get(log.key);
  const rowShape = {
    width: shape.width,
    isWrapped,
    left,
    hasTimes,
    getUtcOffset: shape.getUtcOffset,
    pattern,
    currentMatch,
  };
  const window = layOutLogWindow(
    {lines: tail.lines, view, shape: rowShape},
    position,
    shape.height - (hasStatus ? 1 : 0),
  );
  const rows = view.count === 0 ? renderFilteredOut(tail, minLevel, shape.width) : window.rows;
  const marks = createLogCopies(tail.lines, view, window, currentMatch);
  if (!hasStatus) {
    return {lines: rows, marks, window};
  }

  const status = renderStatus(state, openRun, {log, tail, view, window}, shape.width);
  const filling = Array.from({length: Math.max(0, shape.height - 1 - rows.length)}, () => blankLine);
  return {lines: [...rows, ...filling, status], marks, window};
};

type DrawnLog = {
  readonly log: ShownLog;
  readonly tail: LogTail;
  readonly view: LogView;
  readonly window: LogWindow;
};

const renderStatus = (state: State, {logs}: OpenRun, {log, tail, view, window}: DrawnLog, width: number): Line => {
  const {minLevel, search} = logs;
  const pattern = createLogPattern(search);
  const matches = pattern && createLogView(tail.lines, {minLevel, pattern});
  return renderLogStatus(
    {
      source: log.source,
      hasSeveralSources: log.sources.length > 1,
      lineCount: tail.lines.end,
      droppedCount: tail.lines.first,
      shownCount: view.count,
      level: formatLevel(minLevel),
      isTruncated: isTruncated(tail),
      search: matches && {
        text: search,
        count: matches.count,
        position: findMatchPosition(matches, logs.matchByKey.get(log.key)),
        hiddenCount: createLogView(tail.lines, {minLevel: undefined, pattern}).count - matches.count,
      },
      lastAt: tail.lastAt,
      isFinished: log.isFinished,
      isFollowing: logs.positionByKey.get(log.key) === undefined,
      lastPosition: window.last === undefined ? 0 : view.getIndex(window.last) + 1,
      failure: findLogFailure(state, log),
      now: selectServerNow(state),
    },
    width,
  );
};

const getNoAttemptReason = (openRun: OpenRun): NoLogReason => {
  const step = findShownStep(openRun);
  return openRun.overAt === undefined || step === undefined
    ? {kind: 'not-started'}
    : {
        kind: 'never-ran',
        blocking: findRootFailures(openRun.table, step.name).map(root => ({
          name: root.name,
          status: getStepStatusWord(root, true),
        })),
      };
};

const findMatchPosition = (matches: LogView, currentMatch: number | undefined): number | undefined =>
  currentMatch === undefined || matches.getNumber(matches.getIndex(currentMatch)) !== currentMatch
    ? undefined
    : matches.getIndex(currentMatch) + 1;

const findLogFailure = (state: State, log: ShownLog) => {
  const detailRequest = log.subject.kind === 'step' ? state.requestsByKey.get(`step:${log.subject.stepId}`) : undefined;
  return state.requestsByKey.get(log.key)?.failure ?? (log.isUnknown ? detailRequest?.failure : undefined);
};

const getNoLogReason = (
  state: State,
  log: ShownLog,
  tail: LogTail | undefined,
  failure: ReturnType<typeof findLogFailure>,
): NoLogReason => {
  if (failure !== undefined) {
    return log.subject.kind === 'run' && failure.kind === 'no-route'
      ? {kind: 'unsupported'}
      : {kind: 'failed', failure};
  }

  if (log.isReused && !log.isUnknown) {
    return {kind: 'reused'};
  }

  if (tail === undefined) {
    return state.isPaused
      ? {kind: 'paused', key: formatCommandKey('polling.toggle', state.session)}
      : {kind: 'loading'};
  }

  return log.isFinished ? {kind: 'empty', source: log.source} : {kind: 'unwritten'};
};

/** Log levels are Python's: 30 for a warning, 40 for an error. */
const formatLevel = (level: number | undefined): string | undefined =>
  level === undefined ? undefined : level < 40 ? 'warnings and errors' : 'errors';

const renderFilteredOut = ({lines}: LogTail, level: number | undefined, width: number): readonly Line[] =>
  renderNoLog(
    {
      kind: 'left-out',
      lines: pluralize(lines.end - lines.first, 'line'),
      level: (level ?? 0) < 40 ? 'warnings or errors' : 'errors',
    },
    width,
  );

/** Explains why there is no log; for a cached step a mark links to the original run. */
const createEmptyContent = (none: NoLogReason, openRun: OpenRun, width: number): Content => {
  const lines = renderNoLog(none, width);
  const mark = none.kind === 'reused' ? createOriginalMark(openRun) : undefined;
  return {lines, marks: mark === undefined ? [] : [mark]};
};

const createOriginalMark = (openRun: OpenRun): Mark | undefined => {
  const attempt = findShownAttempt(openRun);
  const originalId = attempt && openRun.detailsById.get(attempt.id)?.originalStepId;
  if (originalId === undefined) {
    return undefined;
  }

  const copyTexts = [{what: 'ID of the original step', text: originalId}];
  const runId = openRun.detailsById.get(originalId)?.runId;
  return {key: 'original', line: 0, copyTexts, ...(runId === undefined ? {} : {target: {kind: 'run', runId}})};
};
