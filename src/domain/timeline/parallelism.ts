import type {Instant} from '../instant.js';
import {memoize} from '../memoize.js';
import type {TimeScale} from './scale.js';
import type {AttemptSpan} from './step-span.js';

type Work = Pick<AttemptSpan, 'startedAt' | 'endedAt'>;

/** How many of the attempts were running in each cell, at the middle of the cell; 0 in folded pauses. */
export const countRunning = (attempts: readonly Work[], scale: TimeScale, until: Instant): readonly number[] => {
  const {starts, ends} = sortTimes(attempts);
  return Array.from({length: scale.cells}, (_, cell) => {
    const at = scale.toInstant(2 * cell + 1);
    return at > until ? 0 : countUpTo(starts, at) - countUpTo(ends, at);
  });
};

const sortTimes = memoize((attempts: readonly Work[]) => ({
  starts: Float64Array.from(attempts, ({startedAt}) => startedAt).sort(),
  ends: Float64Array.from(attempts, ({endedAt}) => endedAt).sort(),
}));

/** How many of the ascending instants are not later than `at`. */
const countUpTo = (ascending: Float64Array, at: Instant): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
};
