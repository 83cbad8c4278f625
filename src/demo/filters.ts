import {type Answer, filterError} from './answers.js';

/** How a column of a list may be filtered. */
export type Column<Row> = {
  readonly type: 'string' | 'uuid' | 'int' | 'datetime' | 'bool';
  /** Several values when any of them may match, as a pipeline goes by its name or its id. */
  readonly read: (row: Row) => readonly (string | number | boolean | null)[];
};

export type Columns<Row> = Readonly<Record<string, Column<Row>>>;

type Test = (value: string | number | boolean | null) => boolean;

const stringOperators = [
  'equals',
  'notequals',
  'contains',
  'notcontains',
  'startswith',
  'endswith',
  'oneof',
  'notoneof',
];
const orderOperators = ['equals', 'notequals', 'gte', 'gt', 'lte', 'lt', 'in'];

const operatorsOf = {
  string: stringOperators,
  uuid: stringOperators,
  int: orderOperators,
  datetime: orderOperators,
  bool: ['equals'],
};

/** `op:value`; what is no operator of the type belongs to the value. */
const split = (text: string, operators: readonly string[]): readonly [string, string] => {
  const colon = text.indexOf(':');
  const operator = text.slice(0, colon);
  return colon > 0 && operators.includes(operator) ? [operator, text.slice(colon + 1)] : ['equals', text];
};

const stringTest = (operator: string, wanted: string, clean: (text: string) => string): Test => {
  const expected = clean(wanted);
  const holds: Readonly<Record<string, (text: string) => boolean>> = {
    equals: text => text === expected,
    notequals: text => text !== expected,
    contains: text => text.includes(expected),
    notcontains: text => !text.includes(expected),
    startswith: text => text.startsWith(expected),
    endswith: text => text.endsWith(expected),
  };
  const hold = holds[operator] ?? (() => false);
  return value => value !== null && hold(clean(String(value)));
};

const listTest = (operator: string, text: string): Test | undefined => {
  let wanted: unknown;
  try {
    wanted = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(wanted)) {
    return undefined;
  }
  const words = new Set(wanted.map(String));
  return value => words.has(String(value)) === (operator === 'oneof');
};

const orderTest = (operator: string, wanted: number): Test => {
  const holds: Readonly<Record<string, (value: number) => boolean>> = {
    equals: value => value === wanted,
    notequals: value => value !== wanted,
    gte: value => value >= wanted,
    gt: value => value > wanted,
    lte: value => value <= wanted,
    lt: value => value < wanted,
  };
  const hold = holds[operator] ?? (() => false);
  return value => typeof value === 'number' && hold(value);
};

const secondsForm = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

const instant = (text: string): number | undefined => {
  const at = secondsForm.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

const datetimeTest = (operator: string, text: string): Test | undefined => {
  const bounds = text.split(',').map(instant);
  if (bounds.includes(undefined)) {
    return undefined;
  }
  const [low = 0, high = low] = bounds;
  return operator === 'in'
    ? value => typeof value === 'number' && value >= (low ?? 0) && value <= (high ?? 0)
    : orderTest(operator, low ?? 0);
};

const withoutDashes = (text: string): string => text.replaceAll('-', '').toLowerCase();

const messages = {
  int: 'The int filter only works with integer values.',
  datetime: 'The datetime filter only works with values in the following format: %Y-%m-%d %H:%M:%S',
  list: "When you are using the 'oneof:'/'notoneof:' filtering make sure that the provided value is a json formatted list.",
};

const testFor = (type: Column<unknown>['type'], text: string): Test | {readonly message: string} => {
  const [operator, wanted] = split(text, operatorsOf[type]);
  switch (type) {
    case 'bool':
      return value => value === ['true', '1', 'True', 'yes', 'on'].includes(wanted);
    case 'int':
      return /^-?\d+$/.test(wanted) ? orderTest(operator, Number(wanted)) : {message: messages.int};
    case 'datetime':
      return datetimeTest(operator, wanted) ?? {message: messages.datetime};
    default:
      if (operator.endsWith('oneof')) {
        return listTest(operator, wanted) ?? {message: messages.list};
      }
      return stringTest(operator, wanted, type === 'uuid' ? withoutDashes : text => text);
  }
};

/**
 * The filter of a list request: every known parameter must hold, repeated ones too; unknown ones are ignored. A value that
 * the server would not understand is answered with its refusal.
 */
export const filterFor = <Row>(
  columns: Columns<Row>,
  query: URLSearchParams,
  model: string,
): ((row: Row) => boolean) | Answer => {
  const holds: ((row: Row) => boolean)[] = [];
  for (const [name, text] of query) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (!column) {
      continue;
    }
    const test = testFor(column.type, text);
    if (typeof test !== 'function') {
      return filterError(model, test.message);
    }
    const isNegative = /^not(equals|contains|oneof):/.test(text);
    holds.push(row => (isNegative ? column.read(row).every(test) : column.read(row).some(test)));
  }
  return row => holds.every(hold => hold(row));
};
