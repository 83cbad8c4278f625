import {memoizeLast} from '../../domain/memoize.js';
import type {Row, Rows} from './rows.js';

/** Key of the row of the open run, which is above its steps. */
export const runRowKey = 'this-run';

const runRow: Row = {kind: 'this-run', key: runRowKey};

/** The rows with the open run above them. */
export const withRunRow = memoizeLast((steps: Rows): Rows => {
  const rows = [runRow, ...steps.rows];
  return {...steps, rows, indexByKey: new Map(rows.map((row, index) => [row.key, index]))};
});

/** Key of the first row below the run. */
export const findTopRowKey = ({rows}: Rows): string | undefined => rows.find(({key}) => key !== runRowKey)?.key;

/** Whether there is nothing to list but the run itself. */
export const isOnlyRunListed = (rows: Rows): boolean => findTopRowKey(rows) === undefined;
