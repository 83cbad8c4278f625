import type {Exception} from '../../domain/exception.js';
import {count, isRecord, text, word} from './wire.js';

/**
 * `exception_info` of a step or run. The line changed its name with 0.93.2, message and source came with 0.94.1. On the
 * wire the line counts from 0: it is the distance from the first line of the function's source, decorators included.
 */
export const exceptionOf = (value: unknown): Exception | undefined => {
  if (!isRecord(value)) {
    return undefined;
  }

  const distance = count(value['user_code_line']) ?? count(value['step_code_line']);
  const exception: Exception = {
    message: text(value['message']),
    source: word(value['source']),
    line: distance === undefined ? undefined : distance + 1,
    traceback: text(value['traceback']),
  };
  return Object.values(exception).some(part => part !== undefined) ? exception : undefined;
};
