import {memoizeLast} from '../memoize.js';
import {findStepAt, type StepTable} from '../step-table.js';

export type GroupWork = {
  /** The largest number of its steps that ran at the same time. */
  readonly mostAtOnce: number;
  /** How many of its steps needed more than one attempt. */
  readonly retriedCount: number;
};

/** How the steps of a group ran, with all their attempts. */
export const getGroupWork = memoizeLast((table: StepTable, groupId: string): GroupWork => {
  const indexes = table.structure.groupsById.get(groupId)?.indexes ?? [];
  const changes: {readonly at: number; readonly by: 1 | -1}[] = [];
  let retriedCount = 0;
  for (const index of indexes) {
    const attempts = findStepAt(table, index)?.attempts ?? [];
    retriedCount += attempts.length > 1 ? 1 : 0;
    for (const {startedAt, endedAt} of attempts) {
      if (startedAt !== undefined) {
        changes.push({at: startedAt, by: 1}, {at: endedAt ?? Number.POSITIVE_INFINITY, by: -1});
      }
    }
  }

  // At the same moment, ends come first.
  changes.sort((one, other) => one.at - other.at || one.by - other.by);
  let count = 0;
  let mostAtOnce = 0;
  for (const {by} of changes) {
    count += by;
    mostAtOnce = Math.max(mostAtOnce, count);
  }

  return {mostAtOnce, retriedCount};
});
