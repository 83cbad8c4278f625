import type {Instant} from '../instant.js';
import type {AttemptSpan} from './step-span.js';
import type {TimeWindow} from './window.js';

/** How many of the attempts were at work in each cell of the window, at the middle of the cell. */
export const countAtWork = (
  attempts: readonly Pick<AttemptSpan, 'startedAt' | 'endedAt'>[],
  {from, to}: TimeWindow,
  cells: number,
  until: Instant,
): readonly number[] => {
  const starts = attempts.map(({startedAt}) => startedAt).sort((a, b) => a - b);
  const ends = attempts.map(({endedAt}) => endedAt).sort((a, b) => a - b);
  return Array.from({length: cells}, (_, cell) => {
    const at = from + ((cell + 0.5) / cells) * (to - from);
    return at > until ? 0 : countUpTo(starts, at) - countUpTo(ends, at);
  });
};

/** How many of the sorted instants are not later than `at`. */
const countUpTo = (sorted: readonly Instant[], at: Instant): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
};
