import {formatDuration} from './duration.js';

const minute = 60_000;

/** `quiet for 8m`, or `quiet 8m` if the longer form needs more than `cells` cells. */
export const formatQuiet = (ms: number, cells = Number.POSITIVE_INFINITY): string => {
  const time = formatRounded(ms);
  const whole = `quiet for ${time}`;
  return whole.length <= cells ? whole : `quiet ${time}`;
};

/** Whole minutes; hours from two hours on, days from two days on: silence is not measured to the second. */
const formatRounded = (ms: number): string => {
  const minutes = Math.floor(ms / minute);
  return minutes < 120
    ? `${minutes}m`
    : minutes < 2880
      ? `${Math.floor(minutes / 60)}h`
      : `${Math.floor(minutes / 1440)}d`;
};

/** Why a local run, or a step of one, is probably not running. */
export const formatLostProcess = (ms: number): string => `nothing heard from its process for ${formatDuration(ms)}`;
