import {ExactNumber} from '../domain/exact-number.js';
import {isJsonList, type Json, type JsonRecord} from '../domain/json.js';

export type Scalar = string | number | boolean | null | ExactNumber;

export const isScalar = (value: Json | undefined): value is Scalar =>
  value !== undefined && (typeof value !== 'object' || value === null || value instanceof ExactNumber);

/** Whether a setting has no value: `null`, an empty text, list or record, or a record with only such values. */
export const isUnset = (value: Json): boolean => {
  if (isScalar(value)) {
    return value === null || value === '';
  }

  return isJsonList(value) ? value.length === 0 : getKeys(value).every(key => isUnset(value[key] ?? null));
};

const keysByRecord = new WeakMap<JsonRecord, readonly string[]>();

/** The keys of a record, cached because there can be a million. */
export const getKeys = (value: JsonRecord): readonly string[] => {
  const keys = keysByRecord.get(value) ?? Object.keys(value);
  keysByRecord.set(value, keys);
  return keys;
};

export const countJsonParts = (value: JsonRecord | readonly Json[]): number =>
  isJsonList(value) ? value.length : getKeys(value).length;

/** The name and value of the part at an index. */
export const getJsonPart = (
  value: JsonRecord | readonly Json[],
  index: number,
): readonly [name: string, part: Json] => {
  if (isJsonList(value)) {
    return [`[${index}]`, value[index] ?? null];
  }

  const key = getKeys(value)[index] ?? '';
  return [key, value[key] ?? null];
};
