import type {Instant} from '../domain/instant.js';
import {formatDuration} from './duration.js';

/** How far local time is ahead of UTC at an instant, in milliseconds. */
export type UtcOffset = (at: Instant) => number;

const day = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const two = (count: number): string => String(count).padStart(2, '0');

/** The local time as if it were UTC, so that no zone of the machine is asked. */
const localDate = (at: Instant, utcOffset: UtcOffset): Date => new Date(at + utcOffset(at));

/** Local time of day: `21:08:33`. */
export const clockTime = (at: Instant, utcOffset: UtcOffset): string => {
  const date = localDate(at, utcOffset);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
};

/** Local time, with the date unless it is today: `21:08:33`, `22 Nov 21:08:33`, `22 Nov 2025 21:08:33`. */
export const localTime = (at: Instant, now: Instant, utcOffset: UtcOffset): string => {
  const date = localDate(at, utcOffset);
  const today = localDate(now, utcOffset);
  const time = clockTime(at, utcOffset);
  if (Math.floor(date.getTime() / day) === Math.floor(today.getTime() / day)) {
    return time;
  }

  const year = date.getUTCFullYear() === today.getUTCFullYear() ? '' : ` ${date.getUTCFullYear()}`;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}${year} ${time}`;
};

/** `8m 31s ago`; what lies less than a second back, or ahead by a clock that runs fast, is `just now`. */
export const ago = (at: Instant, now: Instant): string =>
  now - at < 1000 ? 'just now' : `${formatDuration(now - at)} ago`;
