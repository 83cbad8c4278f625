import {getMedian} from '../median.js';
import type {StepSpan} from './step-span.js';
import {getWindowMs, type TimeWindow} from './window.js';

/** Shorter bars all look the same. In cells. */
const minBarCells = 2;
const wantedBarCells = 4;

/** A shorter chain is better seen as a whole, however short its steps are. */
const minSteps = 15;

/** Steps run mainly in sequence if their durations add up to at most this many times the time during which any of them ran. */
const maxOverlap = 1.5;

/**
 * The zoom at which the timeline should open: 1, which shows the whole run, unless the run is such a long chain that half of its
 * bars would be shorter than two cells. Then the median bar is four cells long.
 */
export const computeOpeningZoom = (spans: readonly StepSpan[], fit: TimeWindow, cells: number): number => {
  const finished = spans.filter(({isLive, isInstant}) => !isLive && !isInstant);
  const medianMs = getMedian(finished.map(({startedAt, endedAt}) => endedAt - startedAt));
  if (finished.length < minSteps || medianMs === undefined || medianMs <= 0 || !isSequential(finished)) {
    return 1;
  }

  const barCells = (medianMs / getWindowMs(fit)) * cells;
  return barCells >= minBarCells ? 1 : wantedBarCells / barCells;
};

const isSequential = (spans: readonly StepSpan[]): boolean => {
  let sumMs = 0;
  let coveredMs = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const {startedAt, endedAt} of spans.toSorted((one, other) => one.startedAt - other.startedAt)) {
    sumMs += endedAt - startedAt;
    coveredMs += Math.max(0, endedAt - Math.max(reached, startedAt));
    reached = Math.max(reached, endedAt);
  }

  return sumMs <= maxOverlap * coveredMs;
};
