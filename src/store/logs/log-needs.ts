import {isNotFound} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import {findLogsIdToSend} from '../../domain/log/pick-source.js';
import {emptyLogTail, isTruncated, type LogTail} from '../../domain/log/tail.js';
import type {Need} from '../query.js';
import {atOnce, getDueAt, never} from '../requests/reduce-requests.js';
import {isInvalidated} from '../run/is-invalidated.js';
import type {OpenRun} from '../run/open-run.js';
import {isPaneShown} from '../selectors.js';
import type {State} from '../state.js';
import {findShownLog, type ShownLog} from './shown-log.js';

const second = 1000;

/** ZenML's log writer flushes its queue this often. */
const logBatchMs = 5 * second;

/** The last batch has arrived this long after the end, at the latest. */
const lastBatchMs = 6 * second;

/** A log with more entries than this is fetched less often, because its file is sent whole each time. */
const largeLogEntries = 10_000;

/** The pause is at least this many times as long as the request took. */
const loadRatio = 10;

/** How long a step must be selected before its log is fetched. */
const restMs = 150;

/** Only the log on the screen is fetched: every response is the whole file. */
export const getLogNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const isSeen = state.session.isScreenless !== true && openRun.pane.tab === 'logs' && isPaneShown(state);
  const log = isSeen ? findShownLog(openRun) : undefined;
  if (log === undefined || log.isUnknown || log.isReused) {
    return [];
  }

  const {key, subject, source, sources} = log;
  const logsId = findLogsIdToSend(
    sources,
    sources.find(({id}) => id === log.logsId),
  );
  const tail = openRun.logs.tailsByKey.get(key) ?? emptyLogTail;
  return [{key, query: {kind: 'log', subject, source, logsId}, dueAt: getLogDueAt(state, openRun, log, tail), restMs}];
};

const getLogDueAt = (state: State, openRun: OpenRun, {key, isFinished, endedAt}: ShownLog, tail: LogTail): Instant => {
  const request = state.requestsByKey.get(key);
  if (request?.failure !== undefined) {
    return isNotFound(request.failure) ? never : getDueAt(state, key, 0);
  }

  // A log that was fetched before may have been dropped since, to make room for others.
  const isKept = openRun.logs.tailsByKey.has(key);
  if (request?.asOf === undefined || !isKept || isInvalidated(openRun, request)) {
    return atOnce;
  }

  if (!isFinished) {
    return getDueAt(state, key, getLogGapMs(tail, request.tookMs));
  }

  const lastBatchAt = endedAt === undefined ? atOnce : endedAt + lastBatchMs - state.clockOffsetMs;
  return request.asOf < lastBatchAt ? lastBatchAt : never;
};

/** How long to wait before a log that is still being written is fetched again: the larger its file, the longer. */
const getLogGapMs = (tail: LogTail, tookMs: number): number => {
  const wantedMs = isTruncated(tail)
    ? 12 * logBatchMs
    : tail.entryCount > largeLogEntries
      ? 3 * logBatchMs
      : logBatchMs;
  return Math.max(wantedMs, loadRatio * tookMs);
};
