import {patternOf} from '../../domain/log/pattern.js';
import {emptyTail, isCutShort, type LogTail} from '../../domain/log/tail.js';
import {type LogView, viewOf} from '../../domain/log/view.js';
import type {Mark} from '../../domain/mark.js';
import {type Content, contentOf} from '../../format/detail/content.js';
import {blankLine, type Line} from '../../format/line.js';
import {type NoLog, noLogLines} from '../../format/log/no-log-lines.js';
import {statusLine} from '../../format/log/status-line.js';
import {type LogWindow, windowAt} from '../../format/log/window.js';
import {plural} from '../../format/plural.js';
import {type ShownLog, shownLog} from '../../store/logs/shown-log.js';
import {attemptShownIn, nowOf} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';
import {windowCopies} from './log-copies.js';
import type {TabShape} from './tab.js';

/** A log fills the pane with what is seen of it; keys learn from the window how to move about in the rest. */
export type LogContent = Content & {readonly window?: LogWindow};

/*
 *     21:16:41   epoch 6/20 loss 0.244
 *     21:16:59   epoch 7/20 loss 0.213
 *     21:17:04 E Traceback (most recent call last):
 *     …
 *     step · 1,204 lines · last line 12s ago, the server writes every 5s      following
 */

/** From so many lines on the last one tells of the whole. */
const statusFrom = 3;

/** The log of the attempt that the pane is about, or of the run. */
export const logsTab = (state: State, watch: Watch, shape: TabShape): LogContent => {
  const log = shownLog(watch);
  if (log === undefined) {
    return contentOf(noLogLines({why: 'not-started'}, shape.width));
  }

  const tail = watch.logs.tailsByKey.get(log.key);
  const failure = failureOf(state, log);
  if (tail === undefined || tail.lines.end === 0) {
    return emptyContent(noLogOf(state, log, tail, failure), watch, shape.width);
  }

  const {leastLevel, search, hasTimes, isWrapped, left} = watch.logs;
  const pattern = patternOf(search);
  const view = viewOf(tail.lines, {leastLevel, pattern: undefined});
  const hasStatus = shape.height >= statusFrom;
  const position = watch.logs.positionByKey.get(log.key);
  const hit = watch.logs.hitByKey.get(log.key);
  const rowShape = {width: shape.width, isWrapped, left, hasTimes, utcOffset: shape.utcOffset, pattern, hit};
  const window = windowAt({lines: tail.lines, view, shape: rowShape}, position, shape.height - (hasStatus ? 1 : 0));
  const rows = view.count === 0 ? leftOutLines(tail, leastLevel, shape.width) : window.rows;
  if (!hasStatus) {
    return {lines: rows, marks: windowCopies(tail.lines, view, window, hit), window};
  }

  const hits = pattern && viewOf(tail.lines, {leastLevel, pattern});
  const status = statusLine(
    {
      source: log.source,
      hasSources: log.sources.length > 1,
      lineCount: tail.lines.end,
      goneCount: tail.lines.first,
      shownCount: view.count,
      level: levelWords(leastLevel),
      isCutShort: isCutShort(tail),
      search: hits && {text: search, count: hits.count, place: placeOfHit(hits, hit)},
      lastAt: tail.lastAt,
      isFinished: log.isFinished,
      isFollowing: position === undefined,
      lastPlace: window.last === undefined ? 0 : view.placeOf(window.last) + 1,
      failure,
      now: nowOf(state),
    },
    shape.width,
  );
  const filling = Array.from({length: Math.max(0, shape.height - 1 - rows.length)}, () => blankLine);
  return {
    lines: [...rows, ...filling, status],
    marks: windowCopies(tail.lines, view, window, hit),
    window,
  };
};

const placeOfHit = (hits: LogView, hit: number | undefined): number | undefined =>
  hit === undefined || hits.numberAt(hits.placeOf(hit)) !== hit ? undefined : hits.placeOf(hit) + 1;

const failureOf = (state: State, log: ShownLog) => {
  const page = log.subject.kind === 'step' ? state.requests.get(`step:${log.subject.stepId}`) : undefined;
  return state.requests.get(log.key)?.failure ?? (log.isUnknown ? page?.failure : undefined);
};

const noLogOf = (
  state: State,
  log: ShownLog,
  tail: LogTail | undefined,
  failure: ReturnType<typeof failureOf>,
): NoLog => {
  if (failure !== undefined) {
    return {why: 'failed', failure};
  }

  if (log.isReused && !log.isUnknown) {
    return {why: 'reused'};
  }

  if (tail === undefined) {
    return {why: state.isPaused ? 'paused' : 'loading'};
  }

  return log.isFinished ? {why: 'empty', source: log.source} : {why: 'unwritten'};
};

const levelWords = (level: number | undefined): string | undefined =>
  level === undefined ? undefined : level < 40 ? 'warnings and worse' : 'errors';

const leftOutLines = ({lines}: LogTail = emptyTail, level: number | undefined, width: number): readonly Line[] =>
  noLogLines(
    {
      why: 'left-out',
      count: plural(lines.end - lines.first, 'line', 'lines'),
      level: (level ?? 0) < 40 ? 'a warning or worse' : 'an error',
    },
    width,
  );

/** In words; from a step that was served from the cache the way leads to where its outputs come from. */
const emptyContent = (none: NoLog, watch: Watch, width: number): Content => {
  const lines = noLogLines(none, width);
  const mark = none.why === 'reused' ? originalMark(watch) : undefined;
  return {lines, marks: mark === undefined ? [] : [mark]};
};

const originalMark = (watch: Watch): Mark | undefined => {
  const attempt = attemptShownIn(watch);
  const originalId = attempt && watch.detailsById.get(attempt.id)?.originalStepId;
  if (originalId === undefined) {
    return undefined;
  }

  const copies = [{what: 'id of the original step', text: originalId}];
  const runId = watch.detailsById.get(originalId)?.runId;
  return {key: 'original', line: 0, copies, ...(runId === undefined ? {} : {target: {kind: 'run', runId}})};
};
