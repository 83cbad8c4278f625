import type {StepDetail} from '../domain/attempt.js';
import type {Exception} from '../domain/exception.js';
import {findLatestAttempt, type Step} from '../domain/step.js';
import {iterateSteps} from '../domain/step-table.js';
import type {KnownRun} from './known-run.js';

/** What is known of the step's latest attempt from its own page. */
export const findLatestDetail = (step: Step, {detailsById}: KnownRun): StepDetail | undefined => {
  const attempt = findLatestAttempt(step);
  return attempt && detailsById.get(attempt.id);
};

/** What was raised in the first step, in the pipeline's order, that failed. */
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

/** The message; servers before 0.94.1 give the traceback alone, whose last line has class and message. */
export const getExceptionMessage = ({message, traceback}: Exception): string | undefined =>
  message ?? traceback?.trimEnd().split('\n').at(-1)?.trim();
