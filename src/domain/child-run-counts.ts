import type {DagChildRun} from './dag.js';
import type {StepStatus} from './status.js';
import type {StatusCounts} from './step-table.js';

/** The number of child runs by status, added to the counts in `others`. Child runs without a status count as `waiting`. */
export const countChildRuns = (childRuns: readonly DagChildRun[], others: StatusCounts = {}): StatusCounts => {
  const counts: Partial<Record<StepStatus, number>> = {...others};
  for (const {status} of childRuns) {
    const word = status?.status ?? 'waiting';
    counts[word] = (counts[word] ?? 0) + 1;
  }

  return counts;
};
