import {unfinishedStatuses} from '../../domain/status.js';
import {countSteps, type StepTable} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';
import {longestLookBackMs} from './watermark.js';

const second = 1000;
const minute = 60 * second;

/** The server spends at most one part in this many on us, unless that would blind us. */
const loadShare = 10;
const maxLoadPauseMs = 5 * second;

/** The last rows may follow the end of the run: all is asked once more after this long. */
export const endGraceMs = 3 * second;

/**
 * The pause before the next delta, in milliseconds: the interval while something changed within the last half minute, twice
 * that else, five seconds after five quiet minutes or while the run is paused; longer on a server that is slow to answer.
 */
export const getDeltaGapMs = (state: State, openRun: OpenRun, tookMs: number): number => {
  const quietMs = state.now - openRun.changedAt;
  const {intervalMs} = state.session;
  const isIdle = openRun.run?.status === 'paused' || quietMs > 5 * minute;
  const wantedMs = isIdle ? Math.max(5 * second, intervalMs) : quietMs > minute / 2 ? 2 * intervalMs : intervalMs;
  return Math.max(wantedMs, Math.min(loadShare * tookMs, maxLoadPauseMs));
};

/** How many steps have a row that is not finished. */
export const countUnfinished = ({counts}: StepTable): number => countSteps(counts, ...unfinishedStatuses, 'unknown');

const countStarting = (counts: StepTable['counts']): number =>
  countSteps(counts, 'initializing', 'provisioning', 'queued');

/**
 * The pause before the run itself is asked again. Its status can only move on its own while no step runs; else the steps
 * tell when to look. A run that is over is looked at each minute: it can be resumed.
 */
export const getRunGapMs = (state: State, openRun: OpenRun): number => {
  if (openRun.run === undefined) {
    return second;
  }

  if (openRun.endSeenAt !== undefined) {
    return minute;
  }

  if (openRun.sync.mayRunHaveChanged) {
    return 0;
  }

  const {status} = openRun.run;
  if (countUnfinished(openRun.table) > 0 && (status === 'running' || status === 'failed')) {
    return Math.max(20 * second, getDeltaGapMs(state, openRun, 0));
  }

  // Between two steps of a pipeline that goes on there is little to see.
  const isBetweenSteps = status === 'running' && hasStepsToStart(openRun);
  return getDeltaGapMs(state, openRun, 0) * (isBetweenSteps ? 3 : 1);
};

/** Whether a static run that has not failed still has steps to start. */
export const hasStepsToStart = ({run, table}: OpenRun): boolean =>
  run?.isDynamic === false && countSteps(table.counts, 'waiting') > 0;

/** Whether the server's clock was put back so far that deltas find nothing new for now. */
const isOutOfOrder = ({sync}: OpenRun): boolean => sync.watermark.lookBackMs >= longestLookBackMs;

/** From so many steps on, what is asked again and again against missed writes is a count and not a list. */
const largeRunSteps = 100;

/** Whether what is unfinished need not be listed as long as the server counts as many of it as we hold. */
export const canCountUnfinished = ({table, hasHeartbeats}: OpenRun): boolean =>
  table.structure.length > largeRunSteps && !hasHeartbeats && countStarting(table.counts) === 0;

/** `/dag` is asked again this often, more rarely for a large run, for it costs 0.4 ms of the server's time and 750 B per step. */
const largestDagGapMs = 5 * minute;
/** While nothing changes in a large static run, whose unfinished steps are counted. */
const quietDagGapMs = 60 * minute;

/** A static run in which no step is running for this long, in milliseconds, though some are to start: a start may be missed. */
const idleMs = 5 * second;

/** The pause before `/dag` says, once, whether that is so; `undefined` where there is no need. */
const getIdleDagGapMs = (openRun: OpenRun, asOf: number | undefined): number | undefined =>
  asOf !== undefined &&
  asOf < openRun.changedAt + idleMs &&
  openRun.run?.status === 'running' &&
  hasStepsToStart(openRun) &&
  countUnfinished(openRun.table) === 0
    ? openRun.changedAt + idleMs - asOf
    : undefined;

/**
 * The pause before `/dag` is asked again: against missed writes each minute for up to a hundred steps; sooner when there are
 * steps that it has not told of yet.
 */
export const getDagGapMs = (openRun: OpenRun, asOf: number | undefined, tookMs: number): number => {
  const hasUnplanned = openRun.sync.unplannedAt !== undefined && openRun.sync.unplannedAt > (asOf ?? 0);
  const byLoadMs = Math.min(loadShare * tookMs, largestDagGapMs);
  if (hasUnplanned) {
    return Math.max(5 * second, byLoadMs);
  }

  if (isOutOfOrder(openRun)) {
    return Math.max(10 * second, byLoadMs);
  }

  const idleMs = getIdleDagGapMs(openRun, asOf);
  if (idleMs !== undefined) {
    return Math.max(idleMs, byLoadMs);
  }

  const isQuiet = canCountUnfinished(openRun) && openRun.run?.isDynamic === false && openRun.changedAt <= (asOf ?? 0);
  const bySizeMs = Math.min(largestDagGapMs, (minute * openRun.table.structure.length) / largeRunSteps);
  return isQuiet ? quietDagGapMs : Math.max(minute, bySizeMs, byLoadMs);
};

/**
 * The pause before what is unfinished is listed or counted again: heartbeats and a step's way to its start do not show in
 * deltas. Infinite where `/dag` alone mends what may have been missed.
 */
export const getLiveGapMs = (openRun: OpenRun): number => {
  if (openRun.sync.isUnfinishedCountWrong) {
    return 0;
  }

  if (isOutOfOrder(openRun)) {
    return 2 * second;
  }

  if (openRun.hasHeartbeats || countStarting(openRun.table.counts) > 0) {
    return minute / 2;
  }

  return canCountUnfinished(openRun) ? minute : Number.POSITIVE_INFINITY;
};
