import type {RecordedRequest} from './exchange.js';
import {type ColumnValue, createRowFilter, getColumnValues, type RecordedRow} from './list-filter.js';

const defaultPageSize = 20;

const compareColumnValues = (a: ColumnValue | undefined, b: ColumnValue | undefined): number => {
  if (a === b) {
    return 0;
  }

  // Rows without a value come first, as on the server.
  if (a === undefined || b === undefined) {
    return a === undefined ? -1 : 1;
  }

  return a < b ? -1 : 1;
};

const parsePositive = (text: string | undefined, fallback: number): number => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : fallback;
};

/** The value of a parameter, or the last one if it is repeated. */
export const findParameter = (query: RecordedRequest['query'], name: string): string | undefined =>
  query.findLast(([other]) => other === name)?.[1];

/** The page of rows that a list request describes: filtered, sorted and cut. */
export const buildRecordedPage = (rows: readonly RecordedRow[], query: RecordedRequest['query']) => {
  const [direction = '', column = direction] = (findParameter(query, 'sort_by') ?? 'created').split(':');
  const sign = direction === 'desc' ? -1 : 1;
  const found = rows
    .filter(createRowFilter(query))
    .map(row => ({row, key: getColumnValues(row, column)[0]}))
    .sort((a, b) => sign * compareColumnValues(a.key, b.key));
  const size = parsePositive(findParameter(query, 'size'), defaultPageSize);
  const index = parsePositive(findParameter(query, 'page'), 1);
  const isHydrated = findParameter(query, 'hydrate') === 'true';
  return {
    index,
    max_size: size,
    total_pages: Math.max(1, Math.ceil(found.length / size)),
    total: found.length,
    items: found.slice((index - 1) * size, index * size).map(({row}) => (isHydrated ? row.getHydrated() : row.plain)),
  };
};
