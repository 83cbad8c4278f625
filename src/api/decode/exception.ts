import type {Exception} from '../../domain/exception.js';
import {decodeRedactedText} from './json.js';
import {decodeCount, decodeWord, isRecord} from './wire.js';

/**
 * `exception_info` of a step or run. The line was renamed in 0.93.2; message and source were added in 0.94.1. On the
 * wire the line counts from 0: it is the distance from the first line of the function's source, decorators included.
 */
export const decodeException = (value: unknown): Exception | undefined => {
  if (!isRecord(value)) {
    return undefined;
  }

  const distance = decodeCount(value['user_code_line']) ?? decodeCount(value['step_code_line']);
  const exception: Exception = {
    message: decodeRedactedText(value['message']),
    source: decodeWord(value['source']),
    line: distance === undefined ? undefined : distance + 1,
    traceback: decodeRedactedText(value['traceback']),
  };
  return Object.values(exception).some(part => part !== undefined) ? exception : undefined;
};
