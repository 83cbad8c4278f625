import {isRowInProgress, type RunRow} from '../../domain/run-row.js';
import {getPhase} from '../../domain/status.js';
import type {StatusCounts} from '../../domain/step-table.js';
import {findListedRunWait} from '../../domain/wait-reason.js';
import {countCells} from '../../format/cells.js';
import {hasDistinctName} from '../../format/run-name.js';
import type {OptionalColumns} from './run-columns.js';

/** Facts about all rows of a list. */
export type RunFacts = {
  readonly counts: StatusCounts;
  /** Of the runs that are not in progress. */
  readonly endedCounts: StatusCounts;
  readonly inProgressCount: number;
} & OptionalColumns;

const factsByRows = new WeakMap<readonly RunRow[], RunFacts>();

/** Cached, because a list may have thousands of rows and is drawn many times. */
export const getRunFacts = (rows: readonly RunRow[]): RunFacts => {
  const known = factsByRows.get(rows) ?? buildRunFacts(rows);
  factsByRows.set(rows, known);
  return known;
};

const buildRunFacts = (rows: readonly RunRow[]): RunFacts => {
  const inProgress = rows.filter(isRowInProgress);
  return {
    counts: countStatuses(rows),
    endedCounts: countStatuses(rows.filter(row => !isRowInProgress(row))),
    inProgressCount: inProgress.length,
    hasTags: rows.some(({tags}) => tags.length > 0),
    hasNames: rows.some(hasDistinctName),
    hasFailures: rows.some(({status}) => getPhase(status) === 'failed'),
    hasWaits: rows.some(isHalted),
    userCells: Math.max(0, ...rows.map(({user}) => countCells(user?.name ?? ''))),
  };
};

/** A run that has just been started waits for a moment, which is not worth a column. */
const isHalted = (row: RunRow): boolean => {
  const kind = findListedRunWait(row)?.reason.kind;
  return kind !== undefined && kind !== 'provisioning';
};

const countStatuses = (rows: readonly RunRow[]): StatusCounts => {
  const counts: Record<string, number> = {};
  for (const {status} of rows) {
    counts[status] = (counts[status] ?? 0) + 1;
  }

  return counts;
};
