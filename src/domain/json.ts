/** A value from a JSON response whose shape the user chose, not the server. */
export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};

export type JsonRecord = {readonly [key: string]: Json};

export const isJsonList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const isJsonRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a key of the record itself; a parameter may be called `toString`. */
export const getOwn = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
