import type {Json, JsonRecord} from '../../domain/json.js';

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type Scalar = string | number | boolean | null;

export const isScalar = (value: Json | undefined): value is Scalar => typeof value !== 'object' || value === null;

/** What a setting holds that nobody set: `null`, an empty text, list or record, or a record of such. */
export const isUnset = (value: Json): boolean => {
  if (isScalar(value)) {
    return value === null || value === '';
  }

  return isList(value) ? value.length === 0 : keysOf(value).every(key => isUnset(value[key] ?? null));
};

const keysByRecord = new WeakMap<JsonRecord, readonly string[]>();

/** The keys of a record that may have a million; found out once for each. */
export const keysOf = (value: JsonRecord): readonly string[] => {
  const keys = keysByRecord.get(value) ?? Object.keys(value);
  keysByRecord.set(value, keys);
  return keys;
};

export const countOfParts = (value: JsonRecord | readonly Json[]): number =>
  isList(value) ? value.length : keysOf(value).length;

/** The part at a place among all of them: its name, and what it holds. */
export const partAt = (value: JsonRecord | readonly Json[], place: number): readonly [name: string, part: Json] => {
  if (isList(value)) {
    return [`[${place}]`, value[place] ?? null];
  }

  const key = keysOf(value)[place] ?? '';
  return [key, value[key] ?? null];
};
