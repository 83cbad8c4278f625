import {countOf} from '../domain/step-table.js';
import type {State, Watch} from './state.js';

const second = 1000;
const minute = 60 * second;

/** The server spends at most one part in this many on us. */
const loadShare = 10;

/** The last rows may follow the end of the run: all is asked once more after this long. */
export const endSettleMs = 3 * second;

/**
 * The pause before the next delta, in milliseconds: the interval while something changed within the last half minute, twice
 * that else, five seconds after five quiet minutes or while the run is paused; longer on a server that is slow to answer.
 */
export const deltaGapMs = (state: State, watch: Watch, tookMs: number): number => {
  const quietMs = state.now - watch.changedAt;
  const {intervalMs} = state.session;
  const isIdle = watch.run?.status === 'paused' || quietMs > 5 * minute;
  const wantedMs = isIdle ? Math.max(5 * second, intervalMs) : quietMs > minute / 2 ? 2 * intervalMs : intervalMs;
  return Math.max(wantedMs, Math.min(loadShare * tookMs, minute));
};

/**
 * The pause before the run itself is asked again. Its status can only move on its own while no step runs; else the steps
 * tell when to look. A run that is over is looked at each minute: it can be resumed.
 */
export const runGapMs = (state: State, watch: Watch): number => {
  if (watch.run === undefined) {
    return second;
  }

  if (watch.overAt !== undefined) {
    return minute;
  }

  if (watch.isRunSuspect) {
    return 0;
  }

  const isAnyRunning = countOf(watch.table.counts, 'running', 'retrying', 'provisioning', 'initializing') > 0;
  const isSettledWord = watch.run.status === 'running' || watch.run.status === 'failed';
  return isAnyRunning && isSettledWord ? 12 * second : deltaGapMs(state, watch, 0);
};

/** How often `/dag` is asked again against missed writes: it costs 0.4 ms of the server's time per step. */
export const resyncGapMs = (watch: Watch): number => (watch.table.structure.length > 500 ? 5 * minute : minute);
