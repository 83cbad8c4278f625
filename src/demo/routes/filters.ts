import {buildFilterError, type DemoResponse} from '../responses.js';

/** How a column of a list can be filtered. */
type FilterColumn<Row> = {
  readonly type: 'string' | 'uuid' | 'int' | 'datetime' | 'bool';
  /** Several values if any of them may match: a pipeline can be given by name or by ID. */
  readonly read: (row: Row) => readonly (string | number | boolean | null)[];
};

export type FilterColumns<Row> = Readonly<Record<string, FilterColumn<Row>>>;

type ColumnTest = (value: string | number | boolean | null) => boolean;

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

const operatorsByType = {
  string: stringOperators,
  uuid: stringOperators,
  int: orderOperators,
  datetime: orderOperators,
  bool: ['equals'],
};

/** Splits `op:value`. A prefix that is not an operator of the type belongs to the value. */
const splitOperator = (text: string, operators: readonly string[]): readonly [string, string] => {
  const colon = text.indexOf(':');
  const operator = text.slice(0, colon);
  return colon > 0 && operators.includes(operator) ? [operator, text.slice(colon + 1)] : ['equals', text];
};

const createStringTest = (operator: string, operand: string, clean: (text: string) => string): ColumnTest => {
  const expected = clean(operand);
  const predicates: Readonly<Record<string, (text: string) => boolean>> = {
    equals: text => text === expected,
    notequals: text => text !== expected,
    contains: text => text.includes(expected),
    notcontains: text => !text.includes(expected),
    startswith: text => text.startsWith(expected),
    endswith: text => text.endsWith(expected),
  };
  const isMatch = predicates[operator] ?? (() => false);
  return value => value !== null && isMatch(clean(String(value)));
};

const createListTest = (operator: string, text: string): ColumnTest | undefined => {
  let operand: unknown;
  try {
    operand = JSON.parse(text);
  } catch {
    return undefined;
  }

  if (!Array.isArray(operand)) {
    return undefined;
  }

  const values = new Set(operand.map(String));
  return value => values.has(String(value)) === (operator === 'oneof');
};

const createOrderTest = (operator: string, operand: number): ColumnTest => {
  const predicates: Readonly<Record<string, (value: number) => boolean>> = {
    equals: value => value === operand,
    notequals: value => value !== operand,
    gte: value => value >= operand,
    gt: value => value > operand,
    lte: value => value <= operand,
    lt: value => value < operand,
  };
  const isMatch = predicates[operator] ?? (() => false);
  return value => typeof value === 'number' && isMatch(value);
};

const datetimePattern = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

const parseDatetime = (text: string): number | undefined => {
  const at = datetimePattern.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

const createDatetimeTest = (operator: string, text: string): ColumnTest | undefined => {
  const bounds = text.split(',').map(parseDatetime);
  if (bounds.includes(undefined)) {
    return undefined;
  }

  const [low = 0, high = low] = bounds;
  return operator === 'in'
    ? value => typeof value === 'number' && value >= low && value <= high
    : createOrderTest(operator, low);
};

const removeDashes = (text: string): string => text.replaceAll('-', '').toLowerCase();

const errorMessages = {
  int: 'The int filter only works with integer values.',
  datetime: 'The datetime filter only works with values in the following format: %Y-%m-%d %H:%M:%S',
  list: "When you are using the 'oneof:'/'notoneof:' filtering make sure that the provided value is a json formatted list.",
};

const createColumnTest = (
  type: FilterColumn<unknown>['type'],
  text: string,
): ColumnTest | {readonly message: string} => {
  const [operator, operand] = splitOperator(text, operatorsByType[type]);
  switch (type) {
    case 'bool':
      return value => value === ['true', '1', 'True', 'yes', 'on'].includes(operand);
    case 'int':
      return /^-?\d+$/.test(operand) ? createOrderTest(operator, Number(operand)) : {message: errorMessages.int};
    case 'datetime':
      return createDatetimeTest(operator, operand) ?? {message: errorMessages.datetime};
    default:
      if (operator.endsWith('oneof')) {
        return createListTest(operator, operand) ?? {message: errorMessages.list};
      }

      return createStringTest(operator, operand, type === 'uuid' ? removeDashes : text => text);
  }
};

/**
 * The filter of a list request, or the server's error for a value it does not understand. A row must match every known
 * parameter, including repeated ones; unknown parameters are ignored.
 */
export const parseRowFilter = <Row>(
  columns: FilterColumns<Row>,
  query: URLSearchParams,
  model: string,
): ((row: Row) => boolean) | DemoResponse => {
  const predicates: ((row: Row) => boolean)[] = [];
  for (const [name, text] of query) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (!column) {
      continue;
    }

    const test = createColumnTest(column.type, text);
    if (typeof test !== 'function') {
      return buildFilterError(model, test.message);
    }

    const isNegative = /^not(equals|contains|oneof):/.test(text);
    predicates.push(row => (isNegative ? column.read(row).every(test) : column.read(row).some(test)));
  }

  return row => predicates.every(isMatch => isMatch(row));
};
