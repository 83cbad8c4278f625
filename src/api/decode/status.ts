import {type Statused, statusOf} from '../../domain/status.js';
import {word} from './wire.js';

/** A word we do not know is kept as it came. */
export const statused = (value: unknown): Statused => {
  const statusWord = word(value) ?? 'unknown';
  return {status: statusOf(statusWord), statusWord};
};
