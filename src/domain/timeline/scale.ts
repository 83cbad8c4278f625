import type {Instant} from '../instant.js';
import {fitGrowingWindow, fitWindow, type TimeWindow} from './window.js';

/** A stretch of time. */
export type TimeRange = {readonly startedAt: Instant; readonly endedAt: Instant};

/** Where instants of a window are drawn. Positions are in half cells from the left edge. */
export type TimeScale = {
  readonly window: TimeWindow;
  readonly cells: number;
  /** The pauses that are drawn as a break of a few cells, each with its position. */
  readonly folds: readonly (TimeRange & {readonly start: number; readonly end: number})[];
  /** The parts of the window that are not folded, in order. */
  readonly unfolded: readonly TimeRange[];
  /** How much time a cell outside of folds covers. */
  readonly msPerCell: number;
  /** The position may be outside of the window. */
  readonly toHalfCells: (at: Instant) => number;
  readonly toInstant: (halfCells: number) => Instant;
};

/** The width of a break, in cells. */
const foldCells = 3;

/** A chart keeps at least this many cells for each break. */
const cellsPerFold = 8;

/** The scale of a window in `cells` cells, with the `pauses` folded, or only the longest ones if there is no room for all. */
export const createTimeScale = (window: TimeWindow, cells: number, pauses: readonly TimeRange[] = []): TimeScale => {
  const folded = pickFoldedPauses(pauses, cells);
  const foldedMs = folded.reduce((sum, pause) => sum + getLength(pause), 0);
  const msPerCell = (window.to - window.from - foldedMs) / Math.max(1, cells - folded.length * foldCells);
  const toWidth = (ms: number): number => (ms / msPerCell) * 2;

  const folds: TimeScale['folds'][number][] = [];
  let reached = window.from;
  let position = 0;
  const unfolded: TimeRange[] = [];
  for (const {startedAt, endedAt} of folded) {
    const start = position + toWidth(startedAt - reached);
    unfolded.push({startedAt: reached, endedAt: startedAt});
    position = start + foldCells * 2;
    folds.push({startedAt, endedAt, start, end: position});
    reached = endedAt;
  }

  unfolded.push({startedAt: reached, endedAt: window.to});
  return {
    window,
    cells,
    folds,
    unfolded,
    msPerCell,
    toHalfCells: at => {
      const fold = folds.findLast(({startedAt}) => startedAt <= at);
      if (fold === undefined) {
        return toWidth(at - window.from);
      }

      const {startedAt, endedAt, start, end} = fold;
      return at >= endedAt
        ? end + toWidth(at - endedAt)
        : start + ((at - startedAt) / (endedAt - startedAt)) * (end - start);
    },
    toInstant: halfCells => {
      const fold = folds.findLast(({start}) => start <= halfCells);
      if (fold === undefined) {
        return window.from + (halfCells / 2) * msPerCell;
      }

      const {startedAt, endedAt, start, end} = fold;
      return halfCells >= end
        ? endedAt + ((halfCells - end) / 2) * msPerCell
        : startedAt + ((halfCells - start) / (end - start)) * (endedAt - startedAt);
    },
  };
};

/** The longest pauses that have room in `cells` cells, in order. */
const pickFoldedPauses = (pauses: readonly TimeRange[], cells: number): readonly TimeRange[] =>
  [...pauses]
    .sort((one, other) => getLength(other) - getLength(one))
    .slice(0, Math.floor(cells / cellsPerFold))
    .sort((one, other) => one.startedAt - other.startedAt);

/**
 * The window from the start of a run to its end in `cells` cells. The free space after the end is a share of what is left once
 * the `pauses` are folded: as a share of the whole run, it would be wider than all bars of a run that mostly waited.
 */
export const createFittedScale = (
  {startedAt, endedAt, isGrowing}: TimeRange & {readonly isGrowing: boolean},
  cells: number,
  pauses: readonly TimeRange[] = [],
): TimeScale => {
  const foldedMs = pickFoldedPauses(pauses, cells).reduce((sum, pause) => sum + getLength(pause), 0);
  const {from, to} = (isGrowing ? fitGrowingWindow : fitWindow)(startedAt, endedAt - foldedMs);
  return createTimeScale({from, to: to + foldedMs}, cells, pauses);
};

const getLength = ({startedAt, endedAt}: TimeRange): number => endedAt - startedAt;

/** A pause is worth folding if it takes more than this share of the window. */
const minPauseShare = 0.1;

/**
 * Pauses are folded automatically once they take more than the first of these shares of the window; while one of them is not over,
 * only once they take more than the second, so that hardly anything else fits.
 */
const automaticShare = 0.5;
const automaticLiveShare = 0.9;

/** Pauses shorter than this in total, in milliseconds, are not folded automatically: the run is easier to read with them. */
const minAutomaticMs = 60_000;

/**
 * The parts of `pauses` that are in the window and long enough to fold, and whether they are folded unless the user decides.
 * `liveUntil` is now, for a run that is not over.
 */
export const findFoldablePauses = (
  pauses: readonly TimeRange[],
  {from, to}: TimeWindow,
  liveUntil?: Instant,
): {readonly pauses: readonly TimeRange[]; readonly isAutomatic: boolean} => {
  const inside = pauses
    .map(({startedAt, endedAt}) => ({startedAt: Math.max(from, startedAt), endedAt: Math.min(to, endedAt)}))
    .filter(pause => getLength(pause) > minPauseShare * (to - from));
  const sum = inside.reduce((total, pause) => total + getLength(pause), 0);
  const isLive = liveUntil !== undefined && inside.some(({endedAt}) => endedAt >= liveUntil);
  return {
    pauses: inside,
    isAutomatic: sum >= minAutomaticMs && sum > (isLive ? automaticLiveShare : automaticShare) * (to - from),
  };
};

/** The stretches of time between `from` and `to` in which nothing was running. */
export const findPauses = (work: readonly TimeRange[], from: Instant, to: Instant): readonly TimeRange[] => {
  const pauses: TimeRange[] = [];
  let reached = from;
  for (const {startedAt, endedAt} of work.toSorted((one, other) => one.startedAt - other.startedAt)) {
    if (startedAt > reached) {
      pauses.push({startedAt: reached, endedAt: Math.min(to, startedAt)});
    }

    reached = Math.max(reached, endedAt);
  }

  return to > reached ? [...pauses, {startedAt: reached, endedAt: to}] : pauses;
};
