import {ExactNumber} from './exact-number.js';

/** A value from a JSON response whose shape the user chose, not the server. */
export type Json = string | number | boolean | null | ExactNumber | readonly Json[] | JsonRecord;

export type JsonRecord = {readonly [key: string]: Json};

export const isJsonList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const isJsonRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

/** The value as a JavaScript number, rounded if necessary; `undefined` if it is not a finite number. */
export const findNumber = (value: Json | undefined): number | undefined => {
  const number = value instanceof ExactNumber ? Number(value.source) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** The value with JavaScript numbers, rounded if necessary, instead of exact ones; `null` instead of `NaN` and `Infinity`. */
export const roundNumbers = (value: Json): Json => {
  if (isJsonList(value)) {
    return value.map(roundNumbers);
  }

  if (isJsonRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, roundNumbers(each)]));
  }

  return value instanceof ExactNumber ? (findNumber(value) ?? null) : value;
};

/** The value of a key of the record itself; a parameter may be called `toString`. */
export const getOwn = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
