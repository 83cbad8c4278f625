import type {Instant} from '../../domain/instant.js';
import {finite} from './wire.js';

const hasZone = /(?:[zZ]|[+-]\d\d:?\d\d)$/;
const looksLikeTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Entities have naive UTC, log entries and credentials come with a zone: one without is UTC. */
export const instant = (value: unknown): Instant | undefined => {
  if (typeof value !== 'string' || value.length > 40 || !looksLikeTime.test(value)) {
    return undefined;
  }

  const at = Date.parse(hasZone.test(value) ? value : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : at;
};

export const millisecondsOfSeconds = (value: unknown): number | undefined => {
  const seconds = finite(value);
  return seconds === undefined || seconds < 0 ? undefined : seconds * 1000;
};

export const millisecondsOfMinutes = (value: unknown): number | undefined => {
  const minutes = finite(value);
  return minutes === undefined || minutes < 0 ? undefined : minutes * 60_000;
};
