import {stringifyJson} from '../exact-number.js';
import {getOwn, isJsonList, isJsonRecord, type Json, type JsonRecord, roundNumbers} from '../json.js';
import {formatTypes, getTypes, resolveSchema} from './json-schema.js';
import {findSchemaProblem, isSameValue} from './schema-problem.js';

type AnswerFieldKind = 'boolean' | 'number' | 'text' | 'choice' | 'json';

/** One line of the form in which a question is answered. */
export type AnswerField = {
  /** The key of the value in the answer; `undefined` if this is the whole answer. */
  readonly key: string | undefined;
  readonly kind: AnswerFieldKind;
  /** The values to choose from, for `choice` and `boolean`. */
  readonly choices: readonly Json[];
  /** An empty text stands for this; `undefined` if it may not be empty. */
  readonly whenEmpty: 'null' | 'omit' | undefined;
  /** What the field contains before the user types. */
  readonly initialText: string;
  /** What may be entered: “a whole number, 1 to 10”. */
  readonly hint: string;
  readonly description: string | undefined;
  readonly schema: JsonRecord;
};

/** The fields of a form, none if the question takes no value, and the whole schema, `root`, in which references are resolved. */
export type AnswerForm = {readonly fields: readonly AnswerField[]; readonly root: Json};

/** More fields than this are entered as one line of JSON. */
const maxFields = 12;

/** The form for an answer that fits the JSON schema of a question. */
export const buildAnswerForm = (root: Json): AnswerForm => {
  if (root === null) {
    return {fields: [], root};
  }

  const schema = resolveSchema(root, root);
  const properties = getOwn(schema, 'properties');
  const keys = isJsonRecord(properties) ? Object.keys(properties) : [];
  if (!isJsonRecord(properties) || keys.length === 0 || keys.length > maxFields) {
    return {fields: [buildField(undefined, schema, true, root)], root};
  }

  const required = getOwn(schema, 'required');
  const isRequired = (key: string): boolean => isJsonList(required) && required.includes(key);
  return {fields: keys.map(key => buildField(key, getOwn(properties, key), isRequired(key), root)), root};
};

const buildField = (key: string | undefined, given: Json | undefined, isRequired: boolean, root: Json): AnswerField => {
  const whole = resolveSchema(given, root);
  const {schema, isNullable} = withoutNull(whole, root);
  const defaultValue = getOwn(whole, 'default');
  const choices = getChoices(schema);
  const kind = getKind(schema, choices);
  const description = getOwn(whole, 'description') ?? getOwn(schema, 'description');
  const whenEmpty = isNullable ? 'null' : isRequired ? undefined : 'omit';
  return {
    key,
    kind,
    choices: kind === 'boolean' ? [true, false] : choices,
    whenEmpty,
    initialText: defaultValue === undefined || defaultValue === null ? '' : formatAnswerValue(defaultValue),
    hint: `${formatExpectation(schema, kind, choices)}${whenEmpty === undefined ? '' : ', may be empty'}`,
    description: typeof description === 'string' ? description : undefined,
    schema: whole,
  };
};

/** The schema without its alternative `null`, such as that of `X` for `Optional[X]`, and whether it had one. */
const withoutNull = (schema: JsonRecord, root: Json): {readonly schema: JsonRecord; readonly isNullable: boolean} => {
  const any = getOwn(schema, 'anyOf');
  if (!isJsonList(any)) {
    return {schema, isNullable: getTypes(schema).includes('null')};
  }

  const parts = any.map(part => resolveSchema(part, root));
  const nonNullParts = parts.filter(part => !getTypes(part).includes('null'));
  const [only] = nonNullParts;
  return {
    schema: only !== undefined && nonNullParts.length === 1 ? only : schema,
    isNullable: nonNullParts.length < parts.length,
  };
};

const getChoices = (schema: JsonRecord): readonly Json[] => {
  const choices = 'const' in schema ? [schema['const'] ?? null] : getOwn(schema, 'enum');
  return isJsonList(choices) ? choices : [];
};

const getKind = (schema: JsonRecord, choices: readonly Json[]): AnswerFieldKind => {
  if (choices.length > 0) {
    return 'choice';
  }

  switch (
    getTypes(schema)
      .filter(type => type !== 'null')
      .join(' ')
  ) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    default:
      return 'json';
  }
};

const formatExpectation = (schema: JsonRecord, kind: AnswerFieldKind, choices: readonly Json[]): string => {
  if (kind === 'choice') {
    return choices.map(formatAnswerValue).join(' or ');
  }

  const types = getTypes(schema).filter(type => type !== 'null');
  const words = kind === 'json' ? (types.length === 0 ? 'JSON' : `${formatTypes(types)} as JSON`) : formatTypes(types);
  const getLimit = (key: string) => getOwn(schema, key);
  const [from, to] = [getLimit('minimum'), getLimit('maximum')];
  if (kind !== 'number' || (from === undefined && to === undefined)) {
    return words;
  }

  return from === undefined
    ? `${words}, at most ${to}`
    : to === undefined
      ? `${words}, at least ${from}`
      : `${words}, ${from} to ${to}`;
};

/** A value as it is entered in a field: text as it is, `yes` or `no`, anything else as JSON. */
export const formatAnswerValue = (value: Json): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'string' ? value : stringifyJson(value);

/** `value` is `undefined` if the question takes no value or the value may be left out. */
export type ParsedAnswer =
  | {readonly ok: true; readonly value: Json | undefined}
  | {readonly ok: false; readonly field: number; readonly message: string};

/** The answer that the texts of the fields stand for, or the first field that is wrong and why. */
export const parseAnswer = ({fields, root}: AnswerForm, texts: readonly string[]): ParsedAnswer => {
  const entries: [string, Json][] = [];
  for (const [index, field] of fields.entries()) {
    const parsed = parseField(field, texts[index] ?? '', root);
    if (!parsed.ok) {
      return {ok: false, field: index, message: `${field.key ?? 'The answer'} ${parsed.message}`};
    }

    if (field.key === undefined) {
      return {ok: true, value: parsed.value};
    }

    if (parsed.value !== undefined) {
      entries.push([field.key, parsed.value]);
    }
  }

  if (fields.length === 0) {
    return {ok: true, value: undefined};
  }

  const value = Object.fromEntries(entries);
  const problem = findSchemaProblem(value, root);
  return problem === undefined ? {ok: true, value} : {ok: false, field: 0, message: `The answer ${problem}`};
};

/** The answer that a single text stands for, whatever the schema: an object is given as JSON. */
export const parseAnswerText = (root: Json, text: string): ParsedAnswer =>
  parseAnswer({fields: [buildField(undefined, root, true, root)], root}, [text]);

type ParsedField =
  | {readonly ok: true; readonly value: Json | undefined}
  | {readonly ok: false; readonly message: string};

const parseField = (field: AnswerField, text: string, root: Json): ParsedField => {
  const trimmed = text.trim();
  if (trimmed === '' && field.whenEmpty !== undefined) {
    return {ok: true, value: field.whenEmpty === 'null' ? null : undefined};
  }

  const value = parseFieldValue(field, text);
  if (value === undefined) {
    return {ok: false, message: trimmed === '' ? `must not be empty (${field.hint})` : `must be ${field.hint}`};
  }

  const problem =
    (typeof value === 'string' ? undefined : findNumberProblem(text)) ?? findSchemaProblem(value, field.schema, root);
  return problem === undefined ? {ok: true, value} : {ok: false, message: problem};
};

/** Why a JSON text cannot be sent: a number in it, outside of strings, would be changed by JavaScript. */
const findNumberProblem = (text: string): string | undefined => {
  const numbers = text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
  for (const source of numbers) {
    const number = Number(source);
    if (/^-?\d+$/.test(source) && !Number.isSafeInteger(number)) {
      return `cannot be sent exactly: ${source} has too many digits`;
    }

    if (!Number.isFinite(number)) {
      return `cannot be sent exactly: ${source} is out of range`;
    }
  }

  return undefined;
};

const parseFieldValue = ({kind, choices}: AnswerField, text: string): Json | undefined => {
  const trimmed = text.trim();
  switch (kind) {
    case 'boolean':
      return /^(?:y|yes|true)$/i.test(trimmed) ? true : /^(?:n|no|false)$/i.test(trimmed) ? false : undefined;
    case 'number':
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : undefined;
    case 'choice': {
      const choice = choices.find(each => formatAnswerValue(each) === trimmed);
      return choice === undefined ? undefined : roundNumbers(choice);
    }

    case 'text':
      return text;
    case 'json':
      return parseJsonText(trimmed);
  }
};

/** The choice that the text stands for, as “y” stands for yes; `undefined` if there is none. */
export const findChoice = (field: AnswerField, text: string): Json | undefined => {
  const value = field.choices.length === 0 ? undefined : parseFieldValue(field, text);
  return value === undefined ? undefined : field.choices.find(choice => isSameValue(choice, value));
};

const parseJsonText = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};
