import {isGoingOn, type RunRow} from '../../domain/run-row.js';
import type {Counts} from '../../domain/step-table.js';
import {hasTellingName} from '../../format/run-name.js';
import type {RowKinds} from './run-columns.js';

/** What is told of all rows of a list. */
export type RunFacts = {readonly counts: Counts; readonly goingOn: number} & RowKinds;

const factsByRows = new WeakMap<readonly RunRow[], RunFacts>();

/** Found out once for each list: there may be thousands of rows, and many frames of each. */
export const factsOf = (rows: readonly RunRow[]): RunFacts => {
  const known = factsByRows.get(rows) ?? foundOut(rows);
  factsByRows.set(rows, known);
  return known;
};

const foundOut = (rows: readonly RunRow[]): RunFacts => {
  const counts: Record<string, number> = {};
  for (const {status} of rows) {
    counts[status] = (counts[status] ?? 0) + 1;
  }

  return {
    counts,
    goingOn: rows.filter(isGoingOn).length,
    hasTags: rows.some(({tags}) => tags.length > 0),
    hasNames: rows.some(hasTellingName),
  };
};
