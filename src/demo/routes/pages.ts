import {
  buildJsonTextResponse,
  buildPageError,
  buildSortError,
  buildValidationError,
  type DemoResponse,
} from '../responses.js';

export type PageRequest = {readonly page: number; readonly size: number};

const parsePositiveInteger = (
  query: URLSearchParams,
  name: string,
  fallback: number,
  max: number,
  route: string,
): number | DemoResponse => {
  const text = query.get(name);
  if (text === null) {
    return fallback;
  }

  const refuse = (type: string, message: string, context?: string): DemoResponse =>
    buildValidationError({type, place: 'query', name, message, input: text, route, ...(context ? {context} : {})});
  if (!/^-?\d+$/.test(text)) {
    return refuse('int_parsing', 'Input should be a valid integer, unable to parse string as an integer');
  }

  const value = Number(text);
  if (value < 1) {
    return refuse('greater_than_equal', 'Input should be greater than or equal to 1', "'ge': 1");
  }

  if (value > max) {
    return refuse('less_than_equal', `Input should be less than or equal to ${max}`, `'le': ${max}`);
  }

  return value;
};

/** `page` (1 or more, default 1) and `size` (1 to 10,000, default 20) of a list request, or the server's error. */
export const parsePageRequest = (query: URLSearchParams, route: string): PageRequest | DemoResponse => {
  const page = parsePositiveInteger(query, 'page', 1, Number.MAX_SAFE_INTEGER, route);
  if (typeof page !== 'number') {
    return page;
  }

  const size = parsePositiveInteger(query, 'size', 20, 10_000, route);
  return typeof size === 'number' ? {page, size} : size;
};

/** One page of rows, each encoded by `encode`. A page after the last one is an error. */
export const buildPageResponse = <Row>(
  rows: readonly Row[],
  {page, size}: PageRequest,
  encode: (row: Row) => string,
): DemoResponse => {
  const total = rows.length;
  const pages = Math.max(1, Math.ceil(total / size));
  if (page > pages) {
    return buildPageError(page, size, total, pages);
  }

  const items = rows.slice((page - 1) * size, page * size).map(encode);
  return buildJsonTextResponse(
    `{"index":${page},"max_size":${size},"total_pages":${pages},"total":${total},"items":[${items.join(',')}]}`,
  );
};

export type SortOrder = {readonly column: string; readonly isDescending: boolean};

/** `asc:col`, `desc:col` or `col`. An unknown direction means ascending; an unknown column is an error. */
export const parseSortOrder = (
  query: URLSearchParams,
  columns: readonly string[],
  model: string,
): SortOrder | DemoResponse => {
  const text = query.get('sort_by') ?? 'created';
  const [direction = '', column = direction] = text.split(':');
  if (!columns.includes(column)) {
    return buildSortError(model, text);
  }

  return {column, isDescending: direction === 'desc'};
};

type SortKey = string | number | boolean | null;

/** A sorted copy. As in SQLite, rows without a value come first, or last if the order is descending. */
export const sortRows = <Row>(rows: readonly Row[], read: (row: Row) => SortKey, isDescending: boolean): Row[] => {
  const keyedRows = rows.map(row => ({row, key: read(row)}));
  keyedRows.sort((a, b) => compareSortKeys(a.key, b.key) * (isDescending ? -1 : 1));
  return keyedRows.map(({row}) => row);
};

const compareSortKeys = (a: SortKey, b: SortKey): number => {
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
