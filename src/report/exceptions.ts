import type {StepDetail} from '../domain/attempt.js';
import type {Exception} from '../domain/exception.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {iterateSteps} from '../domain/step-table.js';
import {findRaisedMessage, parseTraceback} from '../format/traceback.js';
import type {KnownRun} from './known-run.js';

/** The detail of the step's latest attempt, if it is loaded. */
export const findLatestDetail = (step: Step, {detailsById}: KnownRun): StepDetail | undefined => {
  const attempt = findLatestAttempt(step);
  return attempt && detailsById.get(attempt.id);
};

/** The exception of the first failed step in pipeline order. */
export const findFirstException = (known: KnownRun): Exception | undefined => {
  for (const step of iterateSteps(known.table)) {
    const exception =
      findLatestAttempt(step)?.status === 'failed' ? findLatestDetail(step, known)?.exception : undefined;
    if (exception !== undefined) {
      return exception;
    }
  }

  return undefined;
};

/** The message of an exception, from its traceback if the server stores only that, as servers before 0.94.1 do. */
export const findExceptionMessage = ({message, traceback}: Exception): string | undefined =>
  message ?? (traceback === undefined ? undefined : findMessageInTraceback(traceback));

/** The message at the end of a traceback, or else its last line of code; the last line of a traceback that cannot be parsed. */
const findMessageInTraceback = (traceback: string): string | undefined =>
  findRaisedMessage(parseTraceback(traceback).at(-1)) ?? traceback.trimEnd().split('\n').at(-1)?.trim();

/** `line` is counted as on the server: 0 is the first line of the step function's source. */
export type DocumentException = {readonly message: string | null; readonly line: number | null};

export const buildDocumentException = (exception: Exception | undefined): DocumentException | null =>
  exception === undefined
    ? null
    : {
        message: findExceptionMessage(exception) ?? null,
        line: exception.line === undefined ? null : exception.line - 1,
      };
