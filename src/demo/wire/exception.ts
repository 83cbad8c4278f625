import type {JsonObject} from '../entity.js';
import type {ExceptionScript} from '../script.js';

/** `exception_info` of a step. */
export const buildExceptionInfo = (exception: ExceptionScript | undefined): JsonObject | null => {
  if (!exception) {
    return null;
  }

  const {traceback, source, message, userCodeLine} = exception;
  return {traceback, source, message, user_code_line: userCodeLine};
};
