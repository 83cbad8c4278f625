import type {Instant} from '../domain/instant.js';
import type {UtcOffset} from './time.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const formatTwoDigits = (count: number): string => String(count).padStart(2, '0');

/**
 * When something was, in at most twelve cells: `40s ago`, `8m ago`, `5h ago` within a day, and before that the local date:
 * `22 Nov 21:08`, `22 Nov 2025` in another year. One unit is enough to find a row, and does not change at every tick.
 */
export const formatShortTime = (at: Instant, now: Instant, utcOffset: UtcOffset): string => {
  const ago = now - at;
  if (ago < second) {
    return 'just now';
  }

  if (ago < day) {
    return `${ago < minute ? `${Math.floor(ago / second)}s` : ago < hour ? `${Math.floor(ago / minute)}m` : `${Math.floor(ago / hour)}h`} ago`;
  }

  const date = new Date(at + utcOffset(at));
  const today = new Date(now + utcOffset(now));
  const dayAndMonth = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`;
  return date.getUTCFullYear() === today.getUTCFullYear()
    ? `${dayAndMonth} ${formatTwoDigits(date.getUTCHours())}:${formatTwoDigits(date.getUTCMinutes())}`
    : `${dayAndMonth} ${date.getUTCFullYear()}`;
};
