import type {Instant} from '../../domain/instant.js';
import {emptyTail, isCutShort, type LogTail} from '../../domain/log/tail.js';
import type {Need} from '../query.js';
import {atOnce, dueAfter, never} from '../requests.js';
import {isPaneShown} from '../selectors.js';
import type {State} from '../state.js';
import {isDoubted} from '../steps-needs.js';
import type {Watch} from '../watch.js';
import {type ShownLog, shownLog} from './shown-log.js';

const second = 1000;

/** The writer empties its queue this often. */
export const batchMs = 5 * second;

/** The last batch is there so long after the end, at the latest. */
const lastBatchMs = 6 * second;

/** From so many entries on the whole file, which is sent each time, is large. */
const largeLog = 10_000;

/** How long the cursor rests on a step before its log is asked for. */
const restMs = 150;

/** The log that is looked at, and no other one: each answer is the whole file. */
export const logNeeds = (state: State, watch: Watch): readonly Need[] => {
  const isSeen = state.session.isScreenless !== true && watch.pane.tab === 'logs' && isPaneShown(state);
  const log = isSeen ? shownLog(watch) : undefined;
  if (log === undefined || log.isUnknown || log.isReused) {
    return [];
  }

  const {key, subject, source, logsId} = log;
  const tail = watch.logs.tailsByKey.get(key) ?? emptyTail;
  return [{key, query: {kind: 'log', subject, source, logsId}, dueAt: dueAtOf(state, watch, log, tail), restMs}];
};

const dueAtOf = (state: State, watch: Watch, {key, isFinished, endedAt}: ShownLog, tail: LogTail): Instant => {
  const request = state.requests.get(key);
  if (request?.failure !== undefined) {
    return request.failure.kind === 'not-found' ? never : dueAfter(state, key, 0);
  }

  // What was held once is so no more when others have been looked at since.
  const isHeld = watch.logs.tailsByKey.has(key);
  if (request?.asOf === undefined || !isHeld || isDoubted(watch, request)) {
    return atOnce;
  }

  if (!isFinished) {
    return dueAfter(state, key, gapMs(tail, request.tookMs));
  }

  const settledAt = endedAt === undefined ? atOnce : endedAt + lastBatchMs - state.clockOffsetMs;
  return request.asOf < settledAt ? settledAt : never;
};

const gapMs = (tail: LogTail, tookMs: number): number => {
  const wantedMs = isCutShort(tail) ? 12 * batchMs : tail.entryCount > largeLog ? 3 * batchMs : batchMs;
  return Math.max(wantedMs, 10 * tookMs);
};
