import type {Instant} from '../domain/instant.js';

/** The widest instants that a date can hold (ECMA-262, time values). */
const maxInstant = 8.64e15;

/** ISO 8601, UTC, to the millisecond: `2026-11-24T08:10:11.123Z`. */
export const formatIsoTime = (at: Instant | undefined): string | null =>
  at === undefined || !(Math.abs(at) <= maxInstant) ? null : new Date(at).toISOString();

/** The same to the second, for readers. */
export const formatIsoSecond = (at: Instant): string => (formatIsoTime(at) ?? '').replace(/\.\d+Z$/, 'Z');

/** Milliseconds as seconds, to the millisecond. */
export const convertToSeconds = (ms: number | undefined): number | null =>
  ms === undefined ? null : Math.round(ms) / 1000;

/** What a terminal would obey or hide, beyond what JSON escapes by itself. */
const unsafeCharacters = /[\x7f-\x9f\u2028\u2029]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;

const escapeCharacter = (character: string): string =>
  Array.from(
    {length: character.length},
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * A value as JSON that is safe to print: control characters of every kind, bidi overrides and invisible characters are
 * escapes. Whoever parses it gets the value unchanged. One line unless `isIndented`.
 */
export const formatSafeJson = (value: unknown, isIndented = false): string =>
  JSON.stringify(value, undefined, isIndented ? 2 : undefined).replace(unsafeCharacters, escapeCharacter);
