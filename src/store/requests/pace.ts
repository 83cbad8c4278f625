import {findBlockingSteps} from '../../domain/blocking-steps.js';
import type {Instant} from '../../domain/instant.js';
import {getWorkTimes} from '../../domain/past-run.js';
import {startingStatuses, unfinishedStatuses} from '../../domain/status.js';
import type {Step} from '../../domain/step.js';
import {countSteps, type StepTable} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';
import {atOnce} from './reduce-requests.js';
import type {RequestState} from './request.js';
import {maxLookBackMs} from './watermark.js';

const second = 1000;
const minute = 60 * second;

/**
 * A pause is at least this many times as long as the request took, to spare a slow server, but only up to a maximum, so that the
 * screen gets updates.
 */
const loadRatio = 10;
const maxLoadPauseMs = 5 * second;

/** The last rows may arrive after the end of the run: everything is fetched once more after this long. */
export const endGraceMs = 3 * second;

/** Pauses between deltas, in intervals: while one or more steps are running, and while no end is expected. */
const runningGapIntervals = 4 / 3;
const quietGapIntervals = 2;

/**
 * The pause before the next delta, in milliseconds: one interval while no step is running, since the next one starts soon; a third
 * more while one is running; two intervals for one that has just started or took much longer in previous runs, and after half a
 * minute without a change; five seconds after five minutes without one or while the run is paused; longer on a server that is slow
 * to respond.
 */
export const getDeltaGapMs = (state: State, openRun: OpenRun, delta?: RequestState): number => {
  const quietMs = state.now - openRun.changedAt;
  const {intervalMs} = state.session;
  const isIdle = openRun.run?.status === 'paused' || quietMs > 5 * minute;
  const wantedMs = isIdle
    ? Math.max(5 * second, intervalMs)
    : intervalMs * getGapIntervals(openRun, {quietMs, intervalMs, delta});
  return Math.max(wantedMs, Math.min(loadRatio * (delta?.tookMs ?? 0), maxLoadPauseMs));
};

type PaceFacts = {readonly quietMs: number; readonly intervalMs: number; readonly delta: RequestState | undefined};

const getGapIntervals = (openRun: OpenRun, {quietMs, intervalMs, delta}: PaceFacts): number => {
  if (quietMs > minute / 2) {
    return quietGapIntervals;
  }

  const unfinishedCount = countUnfinished(openRun.table);
  // No other step can end in the meantime, and a step that has just started rarely ends at once.
  const hasJustStarted = unfinishedCount === 1 && delta !== undefined && openRun.changedAt >= delta.respondedAt;
  return unfinishedCount === 0
    ? 1
    : hasJustStarted || isEndFar(openRun, delta, intervalMs)
      ? quietGapIntervals
      : runningGapIntervals;
};

/** An end is not expected before this part of the shortest time that the step took in previous runs. */
const earliestPart = 0.8;

/** Fewer previous runs say too little about how long a step takes. */
const minPastRuns = 2;

/** The running steps if no other step can start before one of them ends. */
export const listBlockingSteps = ({run, hasPlan, table}: OpenRun): readonly Step[] =>
  run?.isDynamic === false && hasPlan ? findBlockingSteps(table) : [];

/**
 * Whether nothing can happen until the end of one step, which took longer in all previous runs than it will have taken at the
 * next request, judging by when zentop saw its start.
 */
const isEndFar = (openRun: OpenRun, delta: RequestState | undefined, intervalMs: number): boolean => {
  const [step, ...others] = listBlockingSteps(openRun);
  if (delta === undefined || step === undefined || others.length > 0) {
    return false;
  }

  const times = getWorkTimes(openRun.history.pastRuns, step.name);
  const elapsedMs = delta.respondedAt + quietGapIntervals * intervalMs - openRun.changedAt;
  return times.length >= minPastRuns && elapsedMs < earliestPart * Math.min(...times);
};

/** How many steps have a row that is not finished. */
export const countUnfinished = ({counts}: StepTable): number => countSteps(counts, ...unfinishedStatuses, 'unknown');

const countStarting = (counts: StepTable['counts']): number => countSteps(counts, ...startingStatuses);

/**
 * A dynamic run may ask a question while its steps are running, and only the run itself shows that: fetched at least this often.
 */
const dynamicRunGapMs = 10 * second;

/** A step that starts within this time after another has ended, in milliseconds, shows that the run is still running. */
const betweenStepsMs = 3 * second;

/**
 * The pause, in milliseconds, before the run itself is fetched again; `respondedAt` is when its last response arrived. Its status
 * changes on its own only while no step is running; otherwise the steps show when to fetch it, so it is fetched only 20 s after
 * that response or after the last start of a step, whichever is later, but at least once a minute, or every ten seconds if it is
 * dynamic. A run that is over is fetched every minute, because it can be resumed.
 */
export const getRunGapMs = (state: State, openRun: OpenRun, respondedAt: Instant): number => {
  if (openRun.run === undefined || respondedAt === atOnce) {
    return second;
  }

  if (openRun.endSeenAt !== undefined) {
    return minute;
  }

  if (openRun.sync.runDoubtedAt !== undefined) {
    return 0;
  }

  const {status} = openRun.run;
  if (countUnfinished(openRun.table) > 0 && (status === 'running' || status === 'failed')) {
    // A step that has just started shows that the run is still running.
    const sinceMs = Math.max(respondedAt, openRun.sync.startSeenAt) - respondedAt;
    const maxMs = openRun.run.isDynamic === true ? dynamicRunGapMs : minute;
    return Math.max(Math.min(sinceMs + 20 * second, maxMs), getDeltaGapMs(state, openRun));
  }

  // Between two steps of a pipeline in progress there is nothing to see unless that takes long.
  const isBetweenSteps = status === 'running' && hasStepsToStart(openRun);
  const gapMs = getDeltaGapMs(state, openRun);
  return isBetweenSteps ? Math.max(3 * gapMs, openRun.changedAt + betweenStepsMs - respondedAt) : gapMs;
};

/** Whether a static run that has not failed still has steps to start. */
export const hasStepsToStart = ({run, table}: OpenRun): boolean =>
  run?.isDynamic === false && countSteps(table.counts, 'waiting') > 0;

/** Whether the server's clock was set back so far that deltas find nothing new for now. */
const isOutOfOrder = ({sync}: OpenRun): boolean => sync.watermark.lookBackMs >= maxLookBackMs;

/**
 * For runs with more steps than this, missed writes are detected by counting unfinished steps instead of listing
 * them.
 */
const largeRunSteps = 100;

/** Whether unfinished steps need not be listed as long as the server reports the same number of them. */
export const canCountUnfinished = ({table, hasHeartbeats}: OpenRun): boolean =>
  table.structure.length > largeRunSteps && !hasHeartbeats && countStarting(table.counts) === 0;

/** The longest pause between fetches of `/dag`, for large runs: what each costs the server grows with the number of steps. */
const maxDagGapMs = 5 * minute;
/** The pause while nothing changes in a large static run, whose unfinished steps are counted in the meantime. */
const quietDagGapMs = 60 * minute;

/**
 * If no step of a static run has been running for this long, in milliseconds, although some are yet to start, a
 * start may have been missed.
 */
const idleMs = 5 * second;

/** The pause before `/dag` is fetched, once, to find out; `undefined` if there is no need. */
const findIdleDagGapMs = (openRun: OpenRun, asOf: number | undefined): number | undefined =>
  asOf !== undefined &&
  asOf < openRun.changedAt + idleMs &&
  openRun.run?.status === 'running' &&
  hasStepsToStart(openRun) &&
  countUnfinished(openRun.table) === 0
    ? openRun.changedAt + idleMs - asOf
    : undefined;

/**
 * The pause before `/dag` is fetched again: every minute for up to a hundred steps, to catch missed writes; sooner if there are
 * steps that it has not reported yet, if a start may have been missed, or while deltas find nothing new because a clock was set
 * back.
 */
export const getDagGapMs = (openRun: OpenRun, asOf: number | undefined, tookMs: number): number => {
  const hasUnplanned = openRun.sync.unplannedAt !== undefined && openRun.sync.unplannedAt > (asOf ?? 0);
  const byLoadMs = Math.min(loadRatio * tookMs, maxDagGapMs);
  if (hasUnplanned) {
    return Math.max(5 * second, byLoadMs);
  }

  if (isOutOfOrder(openRun)) {
    return Math.max(10 * second, byLoadMs);
  }

  const idleGapMs = findIdleDagGapMs(openRun, asOf);
  if (idleGapMs !== undefined) {
    return Math.max(idleGapMs, byLoadMs);
  }

  const isQuiet = canCountUnfinished(openRun) && openRun.run?.isDynamic === false && openRun.changedAt <= (asOf ?? 0);
  const bySizeMs = Math.min(maxDagGapMs, (minute * openRun.table.structure.length) / largeRunSteps);
  return isQuiet ? quietDagGapMs : Math.max(minute, bySizeMs, byLoadMs);
};

/**
 * The pause before the unfinished steps are listed or counted again: heartbeats and the statuses
 * before a step starts do not show up in deltas. Infinite if `/dag` alone catches what may have been missed.
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
