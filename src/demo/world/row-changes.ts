import {getUpdatedAt, isRowVisible, type RunTimeline, type StepRow} from './timeline.js';

type RowChange = {readonly at: number; readonly row: StepRow; readonly moves: boolean};

const changesByRun = new WeakMap<RunTimeline, readonly RowChange[]>();

/** Every write to a row of this run, oldest first. */
const getRowChanges = (run: RunTimeline): readonly RowChange[] => {
  const known = changesByRun.get(run);
  if (known) {
    return known;
  }
  const changes = run
    .rows()
    .flatMap(row => row.attempt.phases.map(({at, moves}) => ({at, row, moves})))
    .sort((a, b) => a.at - b.at);
  changesByRun.set(run, changes);
  return changes;
};

/** How many entries of a list sorted by `at` are earlier than `at`. */
const countBefore = (sorted: readonly {readonly at: number}[], at: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? 0) < at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
};

/** How much has been written so far: while it stays the same, the DAG does. */
export const countRowChanges = (run: RunTimeline, now: number): number => countBefore(getRowChanges(run), now + 0.0005);

/** The rows whose `updated` is `from` or later, in that order. Costs as much as there are changes since then. */
export const getRowsUpdatedSince = (run: RunTimeline, from: number, now: number): StepRow[] => {
  const changes = getRowChanges(run);
  const recent = changes.slice(countBefore(changes, from), countRowChanges(run, now));
  return recent.filter(({at, row, moves}) => moves && getUpdatedAt(row, now) === at).map(({row}) => row);
};

/** The rows that exist, in the order in which they were created. */
export const getVisibleRows = (run: RunTimeline, now: number): readonly StepRow[] => {
  const rows = run.rows();
  const end = rows.findIndex(row => !isRowVisible(row, now));
  return end === -1 ? rows : rows.slice(0, end);
};
