import {stringifyJson} from '../domain/exact-number.js';
import type {Instant} from '../domain/instant.js';

/** The largest time value of a Date (ECMA-262, time values), in milliseconds. */
const maxInstant = 8.64e15;

/**
 * ISO 8601, UTC, to the millisecond: `2026-11-24T08:10:11.123Z`. `null` without an instant, or for one that a `Date` cannot
 * represent.
 */
export const formatIsoTime = (at: Instant | undefined): string | null =>
  at === undefined || !(Math.abs(at) <= maxInstant) ? null : new Date(at).toISOString();

/** As {@link formatIsoTime}, but to the second, and empty for an instant that a `Date` cannot represent. */
export const formatIsoSecond = (at: Instant): string => (formatIsoTime(at) ?? '').replace(/\.\d+Z$/, 'Z');

/** Milliseconds as seconds, to the millisecond. */
export const convertToSeconds = (ms: number | undefined): number | null =>
  ms === undefined ? null : Math.round(ms) / 1000;

/** Characters that a terminal interprets or hides and that JSON does not escape. */
const unsafeCharacters = /[\x7f-\x9f\u2028\u2029]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;

const escapeCharacter = (character: string): string =>
  Array.from(
    {length: character.length},
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * A value as JSON that is safe to print: control characters, bidi overrides and invisible characters are escaped, so parsing
 * it gives the same value. One line unless `isIndented`.
 */
export const formatSafeJson = (value: unknown, isIndented = false): string =>
  stringifyJson(value, isIndented ? 2 : undefined).replace(unsafeCharacters, escapeCharacter);
