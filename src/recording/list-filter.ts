import {entityOf} from '../api/decode/entity.js';
import {instant} from '../api/decode/time.js';
import {isRecord, record, type Wire} from '../api/decode/wire.js';
import type {RecordedRequest} from './exchange.js';

/** An entity of a list. Its metadata is looked up only where it is needed. */
export type Row = {readonly plain: Wire; readonly hydrated: () => Wire};

export type Value = string | number | boolean;

type Query = RecordedRequest['query'];
type Test = (value: Value) => boolean;

/** What is no filter: how the page is cut, and what the recording has one of anyway. */
const notFilters = new Set([
  'project',
  'hydrate',
  'size',
  'page',
  'sort_by',
  'logical_operator',
  'pipeline_run_id',
  'include_full_metadata',
]);

const isTime = (name: string): boolean => ['created', 'updated', 'start_time', 'end_time'].includes(name);
const isId = (name: string): boolean => name === 'id' || name.endsWith('_id');

const flat = (value: unknown): readonly Value[] => {
  if (Array.isArray(value)) {
    return value.flatMap(flat);
  }

  if (isRecord(value)) {
    return [value['id'], value['name']].flatMap(flat);
  }

  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];
};

const readFrom = (whole: Wire, name: string): readonly Value[] => {
  const {body, metadata, resources} = entityOf(whole);
  const own = flat(whole[name] ?? body[name] ?? metadata[name] ?? resources[name]);
  if (own.length > 0) {
    return own;
  }

  // `parent_run_id` may stand as the id of `parent_run`.
  const [, related, part] = /^(.+)_(id|name)$/.exec(name) ?? [];
  return related === undefined || part === undefined ? [] : flat(record(resources[related] ?? body[related])[part]);
};

/** The values of a column, by which a list is filtered and sorted; none where it is null. */
export const valuesOf = (row: Row, name: string): readonly Value[] => {
  const column = name === 'tag' ? 'tags' : name;
  const plain = readFrom(row.plain, column);
  return plain.length > 0 ? plain : readFrom(row.hydrated(), column);
};

const operators =
  /^(equals|notequals|contains|notcontains|startswith|endswith|oneof|notoneof|gte|gt|lte|lt):([\s\S]*)$/;

const listIn = (wanted: string): readonly string[] => {
  try {
    const list: unknown = JSON.parse(wanted);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
};

/** As numbers where both can be: instants and counts. */
const comparable = (name: string, value: Value): number | string => {
  if (isTime(name)) {
    return instant(value) ?? Number.NaN;
  }

  return typeof value === 'number' ? value : String(value);
};

const clean = (name: string, value: Value): string =>
  isId(name) ? String(value).replaceAll('-', '').toLowerCase() : String(value);

/** What a value must be like for a row to be listed. A `not…` must hold for each value of the row, the others for one. */
const testFor = (name: string, operator: string, wanted: string): Test => {
  const text = clean(name, wanted);
  const is = (value: Value): boolean =>
    isTime(name) ? comparable(name, value) === comparable(name, wanted) : clean(name, value) === text;
  const compare = (holds: (a: number | string, b: number | string) => boolean): Test => {
    return value => {
      const a = comparable(name, value);
      return holds(a, typeof a === 'number' && !isTime(name) ? Number(wanted) : comparable(name, wanted));
    };
  };
  const listed = new Set(operator.endsWith('oneof') ? listIn(wanted).map(each => clean(name, each)) : []);
  const tests: Readonly<Record<string, Test>> = {
    equals: is,
    notequals: value => !is(value),
    contains: value => clean(name, value).includes(text),
    notcontains: value => !clean(name, value).includes(text),
    startswith: value => clean(name, value).startsWith(text),
    endswith: value => clean(name, value).endsWith(text),
    oneof: value => listed.has(clean(name, value)),
    notoneof: value => !listed.has(clean(name, value)),
    gte: compare((a, b) => a >= b),
    gt: compare((a, b) => a > b),
    lte: compare((a, b) => a <= b),
    lt: compare((a, b) => a < b),
  };
  return tests[operator] ?? is;
};

const filterFor = (name: string, value: string): ((row: Row) => boolean) => {
  if (name === 'exclude_retried') {
    return row => value !== 'true' || !valuesOf(row, 'status').includes('retried');
  }

  if (name === 'root_runs_only') {
    return row => value !== 'true' || valuesOf(row, 'parent_run_id').length === 0;
  }

  const [, operator = 'equals', wanted = value] = operators.exec(value) ?? [];
  const test = testFor(name, operator, wanted);
  return operator.startsWith('not') ? row => valuesOf(row, name).every(test) : row => valuesOf(row, name).some(test);
};

/** The filters of a list request as one. All must hold. */
export const rowFilter = (query: Query): ((row: Row) => boolean) => {
  const filters = query.flatMap(([name, value]) => (notFilters.has(name) ? [] : [filterFor(name, value)]));
  return row => filters.every(holds => holds(row));
};
