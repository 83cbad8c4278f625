import {isEqual} from '../equality.js';
import {stringifyJson} from '../exact-number.js';
import {findNumber, getOwn, isJsonList, isJsonRecord, type Json, type JsonRecord, roundNumbers} from '../json.js';
import {formatTypes, getTypes, isOfType, maxSchemaDepth, resolveSchema} from './json-schema.js';

/**
 * Why `value` does not fit `schema`, as the end of a sentence about the value; `undefined` if it fits. `root` as in
 * `resolveSchema`.
 */
export const findSchemaProblem = (value: Json, schema: Json, root: Json = schema, depth = 0): string | undefined => {
  if (schema === false) {
    return 'is not allowed';
  }

  if (depth > maxSchemaDepth) {
    return undefined;
  }

  const own = resolveSchema(schema, root);
  const types = getTypes(own);
  if (types.length > 0 && !types.some(type => isOfType(value, type))) {
    return `must be ${formatTypes(types)}`;
  }

  const check = (part: Json, target: Json): string | undefined => findSchemaProblem(target, part, root, depth + 1);
  return (
    findChoiceProblem(value, own) ??
    findRangeProblem(value, own) ??
    findTextProblem(value, own) ??
    findListProblem(value, own, check) ??
    findRecordProblem(value, own, check) ??
    findCombinationProblem(value, own, check)
  );
};

type Check = (schema: Json, value: Json) => string | undefined;

const pluralize = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const formatChoice = (choice: Json): string => (typeof choice === 'string' ? choice : stringifyJson(choice));

/** Whether two values are the same in JSON Schema, in which 1 and 1.0 are. */
export const isSameValue = (one: Json, other: Json): boolean => {
  const number = findNumber(one);
  return number === undefined ? isEqual(roundNumbers(one), roundNumbers(other)) : number === findNumber(other);
};

const findChoiceProblem = (value: Json, schema: JsonRecord): string | undefined => {
  const choices = 'const' in schema ? [schema['const'] ?? null] : getOwn(schema, 'enum');
  return isJsonList(choices) && !choices.some(choice => isSameValue(choice, value))
    ? `must be ${choices.length > 1 ? 'one of ' : ''}${choices.map(formatChoice).join(', ')}`
    : undefined;
};

const findRangeProblem = (value: Json, schema: JsonRecord): string | undefined => {
  const number = findNumber(value);
  if (number === undefined) {
    return undefined;
  }

  const getLimit = (key: string) => findNumber(getOwn(schema, key));
  const [minimum, maximum] = [getLimit('minimum'), getLimit('maximum')];
  const [above, below, step] = [getLimit('exclusiveMinimum'), getLimit('exclusiveMaximum'), getLimit('multipleOf')];
  if (minimum !== undefined && number < minimum) {
    return `must be at least ${minimum}`;
  }

  if (maximum !== undefined && number > maximum) {
    return `must be at most ${maximum}`;
  }

  if (above !== undefined && number <= above) {
    return `must be greater than ${above}`;
  }

  if (below !== undefined && number >= below) {
    return `must be less than ${below}`;
  }

  return step !== undefined && step > 0 && !isMultiple(number, step) ? `must be a multiple of ${step}` : undefined;
};

/** Allows for rounding: 0.3 is a multiple of 0.1, although JavaScript divides them with a remainder. */
const isMultiple = (number: number, step: number): boolean =>
  Math.abs(number - Math.round(number / step) * step) <= 4 * Number.EPSILON * Math.abs(number);

const findTextProblem = (value: Json, schema: JsonRecord): string | undefined => {
  if (typeof value !== 'string') {
    return undefined;
  }

  const length = [...value].length;
  const [shortest, longest] = [findNumber(getOwn(schema, 'minLength')), findNumber(getOwn(schema, 'maxLength'))];
  if (shortest !== undefined && length < shortest) {
    return shortest === 1 ? 'must not be empty' : `must have at least ${pluralize(shortest, 'character')}`;
  }

  if (longest !== undefined && length > longest) {
    return `must have at most ${pluralize(longest, 'character')}`;
  }

  const pattern = getOwn(schema, 'pattern');
  return typeof pattern === 'string' && value.length <= maxMatchedLength && !isPatternMatch(pattern, value)
    ? `must match ${pattern}`
    : undefined;
};

/** Longer texts are not matched, because a pattern may be slow on them. */
const maxMatchedLength = 1000;

/** Patterns are written for Python, so one that JavaScript does not understand counts as matching. */
const isPatternMatch = (pattern: string, text: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
};

const findListProblem = (value: Json, schema: JsonRecord, check: Check): string | undefined => {
  if (!isJsonList(value)) {
    return undefined;
  }

  const [fewest, most] = [findNumber(getOwn(schema, 'minItems')), findNumber(getOwn(schema, 'maxItems'))];
  if (fewest !== undefined && value.length < fewest) {
    return `must have at least ${pluralize(fewest, 'item')}`;
  }

  if (most !== undefined && value.length > most) {
    return `must have at most ${pluralize(most, 'item')}`;
  }

  const items = getOwn(schema, 'items');
  for (const [index, item] of value.entries()) {
    const problem = items === undefined ? undefined : check(items, item);
    if (problem !== undefined) {
      return `item ${index + 1} ${problem}`;
    }
  }

  return undefined;
};

const findRecordProblem = (value: Json, schema: JsonRecord, check: Check): string | undefined => {
  if (!isJsonRecord(value)) {
    return undefined;
  }

  const required = getOwn(schema, 'required');
  const missing = isJsonList(required)
    ? required.find(key => typeof key === 'string' && getOwn(value, key) === undefined)
    : undefined;
  if (typeof missing === 'string') {
    return `needs ${missing}`;
  }

  const properties = getOwn(schema, 'properties');
  const known = isJsonRecord(properties) ? properties : {};
  const additional = getOwn(schema, 'additionalProperties');
  for (const [key, each] of Object.entries(value)) {
    const part = getOwn(known, key) ?? additional;
    const problem = part === undefined || part === true ? undefined : check(part, each);
    if (problem !== undefined) {
      return `${key} ${problem}`;
    }
  }

  return undefined;
};

const findCombinationProblem = (value: Json, schema: JsonRecord, check: Check): string | undefined => {
  const all = getOwn(schema, 'allOf');
  for (const part of isJsonList(all) ? all : []) {
    const problem = check(part, value);
    if (problem !== undefined) {
      return problem;
    }
  }

  const any = getOwn(schema, 'anyOf') ?? getOwn(schema, 'oneOf');
  const problems = isJsonList(any) ? any.map(part => check(part, value)) : [];
  return problems.length > 0 && !problems.includes(undefined) ? problems[0] : undefined;
};
