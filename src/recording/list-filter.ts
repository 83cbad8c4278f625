import {decodeEntity} from '../api/decode/entity.js';
import {decodeInstant} from '../api/decode/time.js';
import {decodeRecord, isRecord, type Wire} from '../api/decode/wire.js';
import type {RecordedRequest} from './exchange.js';

/** An entity of a list. Its metadata is looked up only where it is needed. */
export type RecordedRow = {readonly plain: Wire; readonly hydrated: () => Wire};

export type ColumnValue = string | number | boolean;

type RecordedQuery = RecordedRequest['query'];
type ValueTest = (value: ColumnValue) => boolean;

/** What is no filter: how the page is cut, and what the recording has one of anyway. */
const nonFilterNames = new Set([
  'project',
  'hydrate',
  'size',
  'page',
  'sort_by',
  'logical_operator',
  'pipeline_run_id',
  'include_full_metadata',
]);

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

const readColumn = (whole: Wire, name: string): readonly ColumnValue[] => {
  const {body, metadata, resources} = decodeEntity(whole);
  const own = flattenValues(whole[name] ?? body[name] ?? metadata[name] ?? resources[name]);
  if (own.length > 0) {
    return own;
  }

  // `parent_run_id` may stand as the id of `parent_run`.
  const [, related, part] = /^(.+)_(id|name)$/.exec(name) ?? [];
  return related === undefined || part === undefined
    ? []
    : flattenValues(decodeRecord(resources[related] ?? body[related])[part]);
};

/** The values of a column, by which a list is filtered and sorted; none where it is null. */
export const getColumnValues = (row: RecordedRow, name: string): readonly ColumnValue[] => {
  const column = name === 'tag' ? 'tags' : name;
  const plain = readColumn(row.plain, column);
  return plain.length > 0 ? plain : readColumn(row.hydrated(), column);
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

/** As numbers where both can be: instants and counts. */
const convertToComparable = (name: string, value: ColumnValue): number | string => {
  if (isTimeColumn(name)) {
    return decodeInstant(value) ?? Number.NaN;
  }

  return typeof value === 'number' ? value : String(value);
};

const normalizeValue = (name: string, value: ColumnValue): string =>
  isIdColumn(name) ? String(value).replaceAll('-', '').toLowerCase() : String(value);

/** What a value must be like for a row to be listed. A `not…` must hold for each value of the row, the others for one. */
const createValueTest = (name: string, operator: string, wanted: string): ValueTest => {
  const text = normalizeValue(name, wanted);
  const is = (value: ColumnValue): boolean =>
    isTimeColumn(name)
      ? convertToComparable(name, value) === convertToComparable(name, wanted)
      : normalizeValue(name, value) === text;
  const compare = (holds: (a: number | string, b: number | string) => boolean): ValueTest => {
    return value => {
      const a = convertToComparable(name, value);
      return holds(
        a,
        typeof a === 'number' && !isTimeColumn(name) ? Number(wanted) : convertToComparable(name, wanted),
      );
    };
  };
  const listed = new Set(
    operator.endsWith('oneof') ? parseWantedList(wanted).map(each => normalizeValue(name, each)) : [],
  );
  const tests: Readonly<Record<string, ValueTest>> = {
    equals: is,
    notequals: value => !is(value),
    contains: value => normalizeValue(name, value).includes(text),
    notcontains: value => !normalizeValue(name, value).includes(text),
    startswith: value => normalizeValue(name, value).startsWith(text),
    endswith: value => normalizeValue(name, value).endsWith(text),
    oneof: value => listed.has(normalizeValue(name, value)),
    notoneof: value => !listed.has(normalizeValue(name, value)),
    gte: compare((a, b) => a >= b),
    gt: compare((a, b) => a > b),
    lte: compare((a, b) => a <= b),
    lt: compare((a, b) => a < b),
  };
  return tests[operator] ?? is;
};

const createColumnFilter = (name: string, value: string): ((row: RecordedRow) => boolean) => {
  if (name === 'exclude_retried') {
    return row => value !== 'true' || !getColumnValues(row, 'status').includes('retried');
  }

  if (name === 'root_runs_only') {
    return row => value !== 'true' || getColumnValues(row, 'parent_run_id').length === 0;
  }

  const [, operator = 'equals', wanted = value] = operatorPrefix.exec(value) ?? [];
  const test = createValueTest(name, operator, wanted);
  return operator.startsWith('not')
    ? row => getColumnValues(row, name).every(test)
    : row => getColumnValues(row, name).some(test);
};

/** The filters of a list request as one. All must hold. */
export const createRowFilter = (query: RecordedQuery): ((row: RecordedRow) => boolean) => {
  const filters = query.flatMap(([name, value]) => (nonFilterNames.has(name) ? [] : [createColumnFilter(name, value)]));
  return row => filters.every(holds => holds(row));
};
