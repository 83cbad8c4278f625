import type {Instant} from '../instant.js';

/** The stretch of time that is on the screen. `to` is later than `from`. */
export type TimeWindow = {readonly from: Instant; readonly to: Instant};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Free space after the end, as a share of the window. */
const marginShare = 0.01;
const shortestMs = second;

/** A window that shows everything from the start of the run to its end, present or expected. */
export const fitWindow = (startedAt: Instant, endAt: Instant): TimeWindow => ({
  from: startedAt,
  to: startedAt + Math.max(shortestMs, (endAt - startedAt) * (1 + marginShare)),
});

const getLength = ({from, to}: TimeWindow): number => to - from;

/** Ten cells stand for at least this, in milliseconds. */
const closestMsPerCell = 100;

/** The window zoomed by `factor` (2: twice as close) around an instant, and never wider than `fit`. */
export const zoomWindow = (
  window: TimeWindow,
  {factor, around, cells, fit}: {factor: number; around: Instant; cells: number; fit: TimeWindow},
): TimeWindow => {
  const length = Math.max(closestMsPerCell * cells, getLength(window) / factor);
  if (length >= getLength(fit)) {
    return fit;
  }

  const share = Math.min(1, Math.max(0, (around - window.from) / getLength(window)));
  return clampWindow({from: around - share * length, to: around + (1 - share) * length}, fit);
};

/** The window moved by a share of its length; it stays within `fit`. */
export const panWindow = (window: TimeWindow, share: number, fit: TimeWindow): TimeWindow => {
  const byMs = share * getLength(window);
  return clampWindow({from: window.from + byMs, to: window.to + byMs}, fit);
};

/** Where now is while the window follows it, as a share of its length. */
const followShare = 3 / 4;

/** The window moved so that now is at three quarters of it. */
export const followNow = (window: TimeWindow, now: Instant, fit: TimeWindow): TimeWindow => {
  const length = getLength(window);
  return clampWindow({from: now - followShare * length, to: now + (1 - followShare) * length}, fit);
};

const clampWindow = ({from, to}: TimeWindow, fit: TimeWindow): TimeWindow => {
  const length = to - from;
  const start = Math.max(fit.from, Math.min(from, fit.to - length));
  return {from: start, to: start + length};
};

/** The position of an instant in half cells from the left edge; it may be outside of the window. */
export const toHalfCells = (at: Instant, {from, to}: TimeWindow, cells: number): number =>
  ((at - from) / (to - from)) * cells * 2;

const tickSteps = [1, 2, 5, 10, 15, 30]
  .map(count => count * second)
  .concat([1, 2, 5, 10, 15, 30].map(count => count * minute))
  .concat([1, 2, 3, 6, 12].map(count => count * hour))
  .concat([1, 2, 7].map(count => count * day));

const minTickCells = 10;

/**
 * The instants to label on the axis: multiples, counted from `origin`, of the shortest round duration that leaves at least
 * ten cells between two labels.
 */
export const computeTicks = (window: TimeWindow, cells: number, origin: Instant): readonly Instant[] => {
  const leastMs = (getLength(window) / Math.max(1, cells)) * minTickCells;
  const week = 7 * day;
  const stepMs = tickSteps.find(ms => ms >= leastMs) ?? Math.ceil(leastMs / week) * week;
  const first = Math.ceil((window.from - origin) / stepMs);
  const last = Math.floor((window.to - origin) / stepMs);
  return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => origin + (first + index) * stepMs);
};
