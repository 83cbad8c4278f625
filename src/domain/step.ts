import type {Attempt} from './attempt.js';
import {isFinished, type StepStatus} from './status.js';
import type {Group} from './step-config.js';

/** One step of a run: its name, every attempt made of it, and its place in the pipeline. */
export type Step = {
  readonly name: string;
  /** Oldest first; empty while the step is only planned. */
  readonly attempts: readonly Attempt[];
  readonly group: Group | undefined;
  /** Names of the steps it waits for. */
  readonly upstream: readonly string[];
};

export const findLatestAttempt = (step: Step): Attempt | undefined => step.attempts.at(-1);

/** `waiting` while a step has no step run, `not run` when the run is over and it still has none. */
export const getStepStatus = (step: Step, isRunOver: boolean): StepStatus =>
  findLatestAttempt(step)?.status ?? (isRunOver ? 'not run' : 'waiting');

/** The status in the server's own word where there is one. */
export const getStepStatusWord = (step: Step, isRunOver: boolean): string =>
  findLatestAttempt(step)?.statusWord ?? getStepStatus(step, isRunOver);

export const isStepFinished = (step: Step): boolean => {
  const attempt = findLatestAttempt(step);
  return attempt !== undefined && isFinished(attempt.status);
};
