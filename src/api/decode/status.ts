import {parseStatus, type StatusInfo} from '../../domain/status.js';
import {decodeWord} from './wire.js';

/** A word we do not know is kept as it came. */
export const decodeStatus = (value: unknown): StatusInfo => {
  const statusWord = decodeWord(value) ?? 'unknown';
  return {status: parseStatus(statusWord), statusWord};
};
