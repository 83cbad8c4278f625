import {type Answer, jsonText, pageError, sortError, validationError} from './answers.js';

export type PageRequest = {readonly page: number; readonly size: number};

const number = (
  query: URLSearchParams,
  name: string,
  fallback: number,
  most: number,
  route: string,
): number | Answer => {
  const text = query.get(name);
  if (text === null) {
    return fallback;
  }
  const refuse = (type: string, message: string, context?: string): Answer =>
    validationError({type, place: 'query', name, message, input: text, route, ...(context ? {context} : {})});
  if (!/^-?\d+$/.test(text)) {
    return refuse('int_parsing', 'Input should be a valid integer, unable to parse string as an integer');
  }
  const value = Number(text);
  if (value < 1) {
    return refuse('greater_than_equal', 'Input should be greater than or equal to 1', "'ge': 1");
  }
  if (value > most) {
    return refuse('less_than_equal', `Input should be less than or equal to ${most}`, `'le': ${most}`);
  }
  return value;
};

/** `page` from 1, `size` from 1 to 10,000 with 20 as its default. */
export const pageRequestFor = (query: URLSearchParams, route: string): PageRequest | Answer => {
  const page = number(query, 'page', 1, Number.MAX_SAFE_INTEGER, route);
  if (typeof page !== 'number') {
    return page;
  }
  const size = number(query, 'size', 20, 10_000, route);
  return typeof size === 'number' ? {page, size} : size;
};

/** One page of rows, each written by `write`. A page beyond the last is refused. */
export const pageOf = <Row>(rows: readonly Row[], {page, size}: PageRequest, write: (row: Row) => string): Answer => {
  const total = rows.length;
  const pages = Math.max(1, Math.ceil(total / size));
  if (page > pages) {
    return pageError(page, size, total, pages);
  }
  const items = rows.slice((page - 1) * size, page * size).map(write);
  return jsonText(
    `{"index":${page},"max_size":${size},"total_pages":${pages},"total":${total},"items":[${items.join(',')}]}`,
  );
};

export const emptyPage = (request: PageRequest): Answer => pageOf([], request, () => '');

export type SortOrder = {readonly column: string; readonly isDescending: boolean};

/** `asc:col`, `desc:col` or `col`; an unknown direction counts as ascending, an unknown column is refused. */
export const sortOrderFor = (query: URLSearchParams, columns: readonly string[], model: string): SortOrder | Answer => {
  const text = query.get('sort_by') ?? 'created';
  const [direction = '', column = direction] = text.split(':');
  if (!columns.includes(column)) {
    return sortError(model, text);
  }
  return {column, isDescending: direction === 'desc'};
};

type Value = string | number | boolean | null;

/** Sorted copy; rows without a value come first, as in SQLite. */
export const sortedBy = <Row>(rows: readonly Row[], read: (row: Row) => Value, isDescending: boolean): Row[] => {
  const keyed = rows.map(row => ({row, key: read(row)}));
  keyed.sort((a, b) => compare(a.key, b.key) * (isDescending ? -1 : 1));
  return keyed.map(({row}) => row);
};

const compare = (a: Value, b: Value): number => {
  if (a === b) {
    return 0;
  }
  if (a === null) {
    return -1;
  }
  if (b === null) {
    return 1;
  }
  return a < b ? -1 : 1;
};
