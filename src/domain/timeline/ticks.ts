import type {Instant} from '../instant.js';
import type {TimeScale} from './scale.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const tickIntervals = [1, 2, 5, 10, 15, 30]
  .map(count => count * second)
  .concat([1, 2, 5, 10, 15, 30].map(count => count * minute))
  .concat([1, 2, 3, 6, 12].map(count => count * hour))
  .concat([1, 2, 7].map(count => count * day));

const minTickCells = 10;

/**
 * The instants to label on the axis: multiples, counted from `origin`, of the shortest round duration that puts labels at
 * least ten cells apart, start to start, within an unfolded stretch. There are none in folded pauses.
 */
export const computeTicks = (
  {unfolded, msPerCell}: Pick<TimeScale, 'unfolded' | 'msPerCell'>,
  origin: Instant,
): readonly Instant[] => {
  const minMs = msPerCell * minTickCells;
  const week = 7 * day;
  const intervalMs = tickIntervals.find(ms => ms >= minMs) ?? Math.ceil(minMs / week) * week;
  return unfolded.flatMap(({startedAt, endedAt}) => {
    const first = Math.ceil((startedAt - origin) / intervalMs);
    const last = Math.floor((endedAt - origin) / intervalMs);
    return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => origin + (first + index) * intervalMs);
  });
};
