import type {StepDetail} from '../domain/attempt.js';
import type {Exception} from '../domain/exception.js';
import {latestAttempt, type Step} from '../domain/step.js';
import {stepsOf} from '../domain/step-table.js';
import type {KnownRun} from './known-run.js';

/** What is known of the step's latest attempt from its own page. */
export const latestDetail = (step: Step, {detailsById}: KnownRun): StepDetail | undefined => {
  const attempt = latestAttempt(step);
  return attempt && detailsById.get(attempt.id);
};

/** What was raised in the first step, in the pipeline's order, that failed. */
export const firstFailure = (known: KnownRun): Exception | undefined => {
  for (const step of stepsOf(known.table)) {
    const exception = latestAttempt(step)?.status === 'failed' ? latestDetail(step, known)?.exception : undefined;
    if (exception !== undefined) {
      return exception;
    }
  }

  return undefined;
};

/** The message; servers before 0.94.1 give the traceback alone, whose last line has class and message. */
export const messageOf = ({message, traceback}: Exception): string | undefined =>
  message ?? traceback?.trimEnd().split('\n').at(-1)?.trim();
