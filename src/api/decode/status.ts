import {parseStatus, type StatusInfo} from '../../domain/status.js';
import {decodeWord} from './wire.js';

/** An unknown word is kept as it is. */
export const decodeStatus = (value: unknown): StatusInfo => {
  const statusWord = decodeWord(value) ?? 'unknown';
  return {status: parseStatus(statusWord), statusWord};
};
