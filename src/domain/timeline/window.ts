import type {Instant} from '../instant.js';

/** The stretch of time that is on the screen. `to` is later than `from`. */
export type TimeWindow = {readonly from: Instant; readonly to: Instant};

/** Free space after the end, as a share of the window. */
const marginShare = 0.01;
const minWindowMs = 1000;

/** A window that shows everything from the start of the run to its end, present or expected. */
export const fitWindow = (startedAt: Instant, endAt: Instant): TimeWindow => ({
  from: startedAt,
  to: startedAt + Math.max(minWindowMs, (endAt - startedAt) * (1 + marginShare)),
});

/** The window of a live run grows by at least this share at a time. */
const growthShare = 1 / 64;

/**
 * The window of a live run: `fitWindow` with its length rounded up to a multiple of a power of two that is between a 64th and a
 * 32nd of it, so that bars do not move, and need not be drawn again, at each tick of the clock.
 */
export const fitGrowingWindow = (startedAt: Instant, endAt: Instant): TimeWindow => {
  const {from, to} = fitWindow(startedAt, endAt);
  const stepMs = 2 ** Math.ceil(Math.log2((to - from) * growthShare));
  return {from, to: from + Math.ceil((to - from) / stepMs) * stepMs};
};

/** How much time a window covers, in milliseconds. */
export const getWindowMs = ({from, to}: TimeWindow): number => to - from;

/** A cell never covers less time than this. */
const minMsPerCell = 100;

/** The window zoomed by `factor` (2: twice as close) around an instant, and never wider than `fit`. */
export const zoomWindow = (
  window: TimeWindow,
  {factor, center, cells, fit}: {factor: number; center: Instant; cells: number; fit: TimeWindow},
): TimeWindow => {
  const length = Math.max(minMsPerCell * cells, getWindowMs(window) / factor);
  if (length >= getWindowMs(fit)) {
    return fit;
  }

  const share = Math.min(1, Math.max(0, (center - window.from) / getWindowMs(window)));
  return clampWindow({from: center - share * length, to: center + (1 - share) * length}, fit);
};

/** The window moved by a share of its length (negative: to earlier times); it stays within `fit`. */
export const panWindow = (window: TimeWindow, share: number, fit: TimeWindow): TimeWindow => {
  const byMs = share * getWindowMs(window);
  return clampWindow({from: window.from + byMs, to: window.to + byMs}, fit);
};

/** Where now is while the window follows it, as a share of its length. */
const followShare = 3 / 4;

/** The window moved so that now is at three quarters of it. */
export const followNow = (window: TimeWindow, now: Instant, fit: TimeWindow): TimeWindow => {
  const length = getWindowMs(window);
  return clampWindow({from: now - followShare * length, to: now + (1 - followShare) * length}, fit);
};

const clampWindow = ({from, to}: TimeWindow, fit: TimeWindow): TimeWindow => {
  const length = to - from;
  const start = Math.max(fit.from, Math.min(from, fit.to - length));
  return {from: start, to: start + length};
};
