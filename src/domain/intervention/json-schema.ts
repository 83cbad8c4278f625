import {findNumber, getOwn, isJsonList, isJsonRecord, type Json, type JsonRecord} from '../json.js';

/*
 * The part of JSON Schema that pydantic writes. A keyword that is not known here is not checked: the server has the last word.
 */

/** A chain of references, or a schema within others, is followed no deeper than this. */
export const maxSchemaDepth = 20;

/** The schema, with its `$ref` replaced by the part of `root` that it refers to. A reference to elsewhere allows any value. */
export const resolveSchema = (schema: Json | undefined, root: Json, depth = 0): JsonRecord => {
  if (!isJsonRecord(schema)) {
    return {};
  }

  const reference = getOwn(schema, '$ref');
  if (typeof reference !== 'string') {
    return schema;
  }

  const found = depth < maxSchemaDepth ? findReferencedSchema(reference, root) : undefined;
  const {$ref: _, ...own} = schema;
  return {...resolveSchema(found, root, depth + 1), ...own};
};

const findReferencedSchema = (reference: string, root: Json): Json | undefined => {
  if (!reference.startsWith('#')) {
    return undefined;
  }

  const keys = reference.slice(1).split('/').slice(1);
  return keys.reduce<Json | undefined>(
    (value, key) => (isJsonRecord(value) ? getOwn(value, key.replaceAll('~1', '/').replaceAll('~0', '~')) : undefined),
    root,
  );
};

/** Whether the value is of this type of JSON Schema; a value is of every type that is not known here. */
export const isOfType = (value: Json, type: string): boolean => {
  switch (type) {
    case 'null':
      return value === null;
    case 'boolean':
    case 'string':
      return typeof value === type;
    case 'number':
      return findNumber(value) !== undefined;
    case 'integer':
      return Number.isInteger(findNumber(value));
    case 'array':
      return isJsonList(value);
    case 'object':
      return isJsonRecord(value);
    default:
      return true;
  }
};

const nameByType: Readonly<Record<string, string>> = {
  null: 'empty',
  boolean: 'yes or no',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  array: 'a list',
  object: 'an object',
};

/** What a value of these types is called: “text or empty”. */
export const formatTypes = (types: readonly string[]): string =>
  types.map(type => nameByType[type] ?? type).join(' or ');

/** The types that a schema allows; empty if it does not say. */
export const getTypes = (schema: JsonRecord): readonly string[] => {
  const type = getOwn(schema, 'type');
  return typeof type === 'string'
    ? [type]
    : isJsonList(type)
      ? type.filter((each): each is string => typeof each === 'string')
      : [];
};
