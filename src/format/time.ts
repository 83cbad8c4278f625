import type {Instant} from '../domain/instant.js';
import {formatDuration} from './duration.js';

/** How far local time is ahead of UTC at an instant, in milliseconds. */
export type UtcOffset = (at: Instant) => number;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const formatTwoDigits = (count: number): string => String(count).padStart(2, '0');

/** The local time as if it were UTC, so that the machine's time zone does not matter. */
const getLocalDate = (at: Instant, getUtcOffset: UtcOffset): Date => new Date(at + getUtcOffset(at));

/** Local time of day: `21:08:33`. */
export const formatClockTime = (at: Instant, getUtcOffset: UtcOffset): string => {
  const date = getLocalDate(at, getUtcOffset);
  return `${formatTwoDigits(date.getUTCHours())}:${formatTwoDigits(date.getUTCMinutes())}:${formatTwoDigits(date.getUTCSeconds())}`;
};

/** Local time, with the date unless it is today: `21:08:33`, `22 Nov 21:08:33`, `22 Nov 2025 21:08:33`. */
export const formatLocalTime = (at: Instant, now: Instant, getUtcOffset: UtcOffset): string => {
  const date = getLocalDate(at, getUtcOffset);
  const today = getLocalDate(now, getUtcOffset);
  const time = formatClockTime(at, getUtcOffset);
  if (Math.floor(date.getTime() / day) === Math.floor(today.getTime() / day)) {
    return time;
  }

  const year = date.getUTCFullYear() === today.getUTCFullYear() ? '' : ` ${date.getUTCFullYear()}`;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}${year} ${time}`;
};

/** `8m 31s ago`; `just now` within a second, or for an instant in the future if clocks differ. */
export const formatAgo = (at: Instant, now: Instant): string =>
  now - at < 1000 ? 'just now' : `${formatDuration(now - at)} ago`;

/**
 * A time in at most twelve cells: `40s ago`, `8m ago`, `5h ago` within a day, else the local date, `22 Nov 21:08`, or
 * `22 Nov 2025` in another year. One unit is enough to find a row in a list, and it rarely changes.
 */
export const formatShortTime = (at: Instant, now: Instant, getUtcOffset: UtcOffset): string => {
  const ago = now - at;
  if (ago < second) {
    return 'just now';
  }

  if (ago < day) {
    return `${formatOneUnit(ago)} ago`;
  }

  const date = getLocalDate(at, getUtcOffset);
  const today = getLocalDate(now, getUtcOffset);
  const dayAndMonth = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`;
  return date.getUTCFullYear() === today.getUTCFullYear()
    ? `${dayAndMonth} ${formatTwoDigits(date.getUTCHours())}:${formatTwoDigits(date.getUTCMinutes())}`
    : `${dayAndMonth} ${date.getUTCFullYear()}`;
};

const formatOneUnit = (ms: number): string => {
  if (ms < minute) {
    return `${Math.floor(ms / second)}s`;
  }

  return ms < hour ? `${Math.floor(ms / minute)}m` : `${Math.floor(ms / hour)}h`;
};
