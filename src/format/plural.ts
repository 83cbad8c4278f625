import {formatCount} from './number.js';

/** A count with its noun: `1 step`, `2 steps`, `1,200 retries`. */
export const pluralize = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : nouns}`;
