import type {DagChildRun} from './dag.js';
import type {StepStatus} from './status.js';
import type {StatusCounts} from './step-table.js';

/** The number of child runs by status, added to that of steps. Child runs without a status count as `waiting`. */
export const countChildRuns = (childRuns: readonly DagChildRun[], stepCounts: StatusCounts = {}): StatusCounts => {
  const counts: Partial<Record<StepStatus, number>> = {...stepCounts};
  for (const {status: info} of childRuns) {
    const status = info?.status ?? 'waiting';
    counts[status] = (counts[status] ?? 0) + 1;
  }

  return counts;
};
