import type {RecordedRequest} from './exchange.js';
import {type Row, rowFilter, type Value, valuesOf} from './list-filter.js';

const usualSize = 20;

const compare = (a: Value | undefined, b: Value | undefined): number => {
  if (a === b) {
    return 0;
  }

  // Rows without a value come first, as from the server.
  if (a === undefined || b === undefined) {
    return a === undefined ? -1 : 1;
  }

  return a < b ? -1 : 1;
};

const whole = (text: string | undefined, unsaid: number): number => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : unsaid;
};

/** The value of a parameter; the last one where it is repeated. */
export const parameter = (query: RecordedRequest['query'], name: string): string | undefined =>
  query.findLast(([other]) => other === name)?.[1];

/** The page of rows that a list request asks for: filtered, sorted and cut as it says. */
export const pageOf = (rows: readonly Row[], query: RecordedRequest['query']) => {
  const [direction = '', column = direction] = (parameter(query, 'sort_by') ?? 'created').split(':');
  const sign = direction === 'desc' ? -1 : 1;
  const found = rows
    .filter(rowFilter(query))
    .map(row => ({row, key: valuesOf(row, column)[0]}))
    .sort((a, b) => sign * compare(a.key, b.key));
  const size = whole(parameter(query, 'size'), usualSize);
  const index = whole(parameter(query, 'page'), 1);
  const isHydrated = parameter(query, 'hydrate') === 'true';
  return {
    index,
    max_size: size,
    total_pages: Math.max(1, Math.ceil(found.length / size)),
    total: found.length,
    items: found.slice((index - 1) * size, index * size).map(({row}) => (isHydrated ? row.hydrated() : row.plain)),
  };
};
