import type {Attempt} from './attempt.js';
import {isFinished, type StepStatus} from './status.js';
import type {Group} from './step-config.js';

/** A step of a run with all its attempts. */
export type Step = {
  readonly name: string;
  /** Oldest first; empty while the step is only planned. */
  readonly attempts: readonly Attempt[];
  readonly group: Group | undefined;
  /** Names of the steps that it waits for. */
  readonly upstream: readonly string[];
};

/** `undefined` while the step is only planned. */
export const findLatestAttempt = (step: Step): Attempt | undefined => step.attempts.at(-1);

/** The status of the latest attempt. Without a step run: `waiting`, or `not run` if the run is over. */
export const getStepStatus = (step: Step, isRunOver: boolean): StepStatus =>
  findLatestAttempt(step)?.status ?? (isRunOver ? 'not run' : 'waiting');

/** The server's word for the status of the latest attempt. Without a step run: the same as `getStepStatus`. */
export const getStepStatusWord = (step: Step, isRunOver: boolean): string =>
  findLatestAttempt(step)?.statusWord ?? getStepStatus(step, isRunOver);

/** Whether its latest attempt failed and another one follows. */
export const isBetweenAttempts = (step: Step): boolean => {
  const status = findLatestAttempt(step)?.status;
  return status === 'retried' || status === 'retrying';
};

/** Whether the step has a step run and its latest attempt is finished, even if another attempt follows. */
export const isStepFinished = (step: Step): boolean => {
  const attempt = findLatestAttempt(step);
  return attempt !== undefined && isFinished(attempt.status);
};
