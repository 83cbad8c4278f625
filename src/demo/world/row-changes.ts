import type {RunTimeline, StepRow} from './model.js';
import {countBefore, countUntil} from './sorted-states.js';
import {getUpdatedAt, isRowVisible} from './timeline.js';

type RowChange = {readonly at: number; readonly row: StepRow; readonly setsUpdated: boolean};

const changesByRun = new WeakMap<RunTimeline, readonly RowChange[]>();

/** Every write to a row of this run, oldest first. */
const getRowChanges = (run: RunTimeline): readonly RowChange[] => {
  const known = changesByRun.get(run);
  if (known) {
    return known;
  }

  const {expiries = {}} = run.intervention;
  const changes = run
    .getRows()
    .flatMap(row => [
      ...row.attempt.states.map(({at, setsUpdated}) => ({at, row, setsUpdated})),
      ...(expiries[row.id] === undefined ? [] : [{at: expiries[row.id]?.at ?? 0, row, setsUpdated: true}]),
    ])
    .sort((a, b) => a.at - b.at);
  changesByRun.set(run, changes);
  return changes;
};

/** The number of writes to rows so far. While it stays the same, so do the steps and artifacts in the DAG. */
export const countRowChanges = (run: RunTimeline, now: number): number => countUntil(getRowChanges(run), now);

/** The rows whose `updated` is `from` or later, sorted by it. The cost grows only with the number of changes since then. */
export const getRowsUpdatedSince = (run: RunTimeline, from: number, now: number): StepRow[] => {
  const changes = getRowChanges(run);
  const recent = changes.slice(countBefore(changes, from), countRowChanges(run, now));
  return recent.filter(({at, row, setsUpdated}) => setsUpdated && getUpdatedAt(row, now) === at).map(({row}) => row);
};

/** The rows that exist, in the order in which they were created. */
export const getVisibleRows = (run: RunTimeline, now: number): readonly StepRow[] => {
  const rows = run.getRows();
  const end = rows.findIndex(row => !isRowVisible(row, now));
  return end === -1 ? rows : rows.slice(0, end);
};
