import type {Instant} from '../../domain/instant.js';
import {decodeNumber} from './wire.js';

const zoneSuffix = /(?:[zZ]|[+-]\d\d:?\d\d)$/;
const timePrefix = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Times of entities have no zone and are in UTC; those of log entries have one. */
export const decodeInstant = (value: unknown): Instant | undefined => {
  if (typeof value !== 'string' || value.length > 40 || !timePrefix.test(value)) {
    return undefined;
  }

  const at = Date.parse(zoneSuffix.test(value) ? value : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : at;
};

/** A duration in seconds, as milliseconds; `undefined` if it is negative. */
export const decodeSecondsAsMs = (value: unknown): number | undefined => {
  const seconds = decodeNumber(value);
  return seconds === undefined || seconds < 0 ? undefined : seconds * 1000;
};

/** A duration in minutes, as milliseconds; `undefined` if it is negative. */
export const decodeMinutesAsMs = (value: unknown): number | undefined => {
  const minutes = decodeNumber(value);
  return minutes === undefined || minutes < 0 ? undefined : minutes * 60_000;
};
