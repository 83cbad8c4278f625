import {decodeEntity} from '../api/decode/entity.js';
import {decodeInstant} from '../api/decode/time.js';
import {decodeRecord, isRecord, type Wire} from '../api/decode/wire.js';
import type {RecordedRequest} from './exchange.js';

/** An entity of a list. Its metadata is looked up only if it is needed. */
export type RecordedRow = {readonly plain: Wire; readonly getHydrated: () => Wire};

export type ColumnValue = string | number | boolean;

type RecordedQuery = RecordedRequest['query'];
type ValueTest = (value: ColumnValue) => boolean;

/**
 * Parameters that do not filter rows here: a recording has only one project, and the rows are already those of `pipeline_run_id`.
 */
const nonFilterNames = new Set(['project', 'hydrate', 'size', 'page', 'sort_by', 'pipeline_run_id']);

const isTimeColumn = (name: string): boolean => ['created', 'updated', 'start_time', 'end_time'].includes(name);
const isIdColumn = (name: string): boolean => name === 'id' || name.endsWith('_id');

const flattenValues = (value: unknown): readonly ColumnValue[] => {
  if (Array.isArray(value)) {
    return value.flatMap(flattenValues);
  }

  if (isRecord(value)) {
    return [value['id'], value['name']].flatMap(flattenValues);
  }

  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];
};

const readColumn = (entity: Wire, name: string): readonly ColumnValue[] => {
  const {body, metadata, resources} = decodeEntity(entity);
  const own = flattenValues(entity[name] ?? body[name] ?? metadata[name] ?? resources[name]);
  if (own.length > 0) {
    return own;
  }

  // `parent_run_id` may be present only as the `id` of `parent_run`.
  const [, related, part] = /^(.+)_(id|name)$/.exec(name) ?? [];
  return related === undefined || part === undefined
    ? []
    : flattenValues(decodeRecord(resources[related] ?? body[related])[part]);
};

/** The values of a column, for filtering and sorting. Empty if it is null. */
export const getColumnValues = (row: RecordedRow, name: string): readonly ColumnValue[] => {
  const column = name === 'tag' ? 'tags' : name;
  const plain = readColumn(row.plain, column);
  return plain.length > 0 ? plain : readColumn(row.getHydrated(), column);
};

const operatorPrefix =
  /^(equals|notequals|contains|notcontains|startswith|endswith|oneof|notoneof|gte|gt|lte|lt):([\s\S]*)$/;

const parseWantedList = (wanted: string): readonly string[] => {
  try {
    const list: unknown = JSON.parse(wanted);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
};

/** Instants and counts as numbers, anything else as text. */
const convertToComparable = (name: string, value: ColumnValue): number | string => {
  if (isTimeColumn(name)) {
    return decodeInstant(value) ?? Number.NaN;
  }

  return typeof value === 'number' ? value : String(value);
};

const normalizeValue = (name: string, value: ColumnValue): string =>
  isIdColumn(name) ? String(value).replaceAll('-', '').toLowerCase() : String(value);

/** The condition on a value. With a `not…` operator all values of the row must meet it, otherwise one is enough. */
const createValueTest = (name: string, operator: string, wanted: string): ValueTest => {
  const text = normalizeValue(name, wanted);
  const isEqual = (value: ColumnValue): boolean =>
    isTimeColumn(name)
      ? convertToComparable(name, value) === convertToComparable(name, wanted)
      : normalizeValue(name, value) === text;
  const createComparison = (isInOrder: (a: number | string, b: number | string) => boolean): ValueTest => {
    return value => {
      const a = convertToComparable(name, value);
      return isInOrder(
        a,
        typeof a === 'number' && !isTimeColumn(name) ? Number(wanted) : convertToComparable(name, wanted),
      );
    };
  };
  const wantedValues = new Set(
    operator.endsWith('oneof') ? parseWantedList(wanted).map(each => normalizeValue(name, each)) : [],
  );
  const tests: Readonly<Record<string, ValueTest>> = {
    equals: isEqual,
    notequals: value => !isEqual(value),
    contains: value => normalizeValue(name, value).includes(text),
    notcontains: value => !normalizeValue(name, value).includes(text),
    startswith: value => normalizeValue(name, value).startsWith(text),
    endswith: value => normalizeValue(name, value).endsWith(text),
    oneof: value => wantedValues.has(normalizeValue(name, value)),
    notoneof: value => !wantedValues.has(normalizeValue(name, value)),
    gte: createComparison((a, b) => a >= b),
    gt: createComparison((a, b) => a > b),
    lte: createComparison((a, b) => a <= b),
    lt: createComparison((a, b) => a < b),
  };
  return tests[operator] ?? isEqual;
};

const createColumnFilter = (name: string, value: string): ((row: RecordedRow) => boolean) => {
  if (name === 'exclude_retried') {
    return row => value !== 'true' || !getColumnValues(row, 'status').includes('retried');
  }

  if (name === 'root_runs_only') {
    return row => value !== 'true' || getColumnValues(row, 'parent_run_id').length === 0;
  }

  const [, operator = 'equals', wanted = value] = operatorPrefix.exec(value) ?? [];
  const isMatch = createValueTest(name, operator, wanted);
  return operator.startsWith('not')
    ? row => getColumnValues(row, name).every(isMatch)
    : row => getColumnValues(row, name).some(isMatch);
};

/** All filters of a list request as one. A row must match each of them. */
export const createRowFilter = (query: RecordedQuery): ((row: RecordedRow) => boolean) => {
  const filters = query.flatMap(([name, value]) => (nonFilterNames.has(name) ? [] : [createColumnFilter(name, value)]));
  return row => filters.every(isMatch => isMatch(row));
};
