const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const formatTwoDigits = (count: number): string => String(count).padStart(2, '0');

/** A duration in at most two units and seven cells, rounded down: `0.4s`, `12s`, `8m 31s`, `2h 05m`, `3d 04h`, `120d`. */
export const formatDuration = (ms: number): string => formatWithSpace(' ', ms);

/** As {@link formatDuration}, without the space: `12m04s`. */
export const formatCompactDuration = (ms: number): string => formatWithSpace('', ms);

/** A duration that changes with the clock, in whole seconds, because tenths would flicker; 0 if it is negative. */
export const formatWholeSeconds = (ms: number): string => formatDuration(Math.floor(Math.max(0, ms) / second) * second);

const formatWithSpace = (space: string, ms: number): string => {
  if (ms < minute) {
    return formatSeconds(ms);
  }

  if (ms < hour) {
    return `${Math.floor(ms / minute)}m${space}${formatTwoDigits(Math.floor((ms % minute) / second))}s`;
  }

  if (ms < day) {
    return `${Math.floor(ms / hour)}h${space}${formatTwoDigits(Math.floor((ms % hour) / minute))}m`;
  }

  return ms < 100 * day
    ? `${Math.floor(ms / day)}d${space}${formatTwoDigits(Math.floor((ms % day) / hour))}h`
    : `${Math.floor(ms / day)}d`;
};

/** The duration that `formatDuration` shows, in milliseconds, so that the difference of two matches what is shown. */
export const floorToShownDuration = (ms: number): number => {
  const unitMs = getShownUnitMs(ms);
  return Math.floor(Math.max(0, ms) / unitMs) * unitMs;
};

const getShownUnitMs = (ms: number): number => {
  if (ms < second) {
    return second / 10;
  }

  if (ms < hour) {
    return second;
  }

  if (ms < day) {
    return minute;
  }

  return ms < 100 * day ? hour : day;
};

const formatSeconds = (ms: number): string => {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  return tenths > 0 && tenths < 10 ? `0.${tenths}s` : `${Math.floor(tenths / 10)}s`;
};

/**
 * A round duration, such as a configured one, in at most two units, rounded down, without parts that are zero: `10s`, `2m`, `1h
 * 30m`.
 */
export const formatTrimmedDuration = (ms: number): string => {
  const parts = [
    [Math.floor(ms / day), 'd'],
    [Math.floor((ms % day) / hour), 'h'],
    [Math.floor((ms % hour) / minute), 'm'],
    [Math.floor(((ms % minute) / second) * 10) / 10, 's'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return words.length === 0 ? '0s' : words.slice(0, 2).join(' ');
};
