import {type Attempt, findOverdueHeartbeatAgeMs} from '../domain/attempt.js';
import type {Instant} from '../domain/instant.js';
import {getPhase, isFinished, isReused, type StatusInfo, type StepStatus, statuses} from '../domain/status.js';
import {findLatestAttempt, getStepStatus, type Step} from '../domain/step.js';
import {countSteps, type StatusCounts} from '../domain/step-table.js';
import type {Tone} from './line.js';
import {pluralize} from './plural.js';
import {sanitizeText} from './safe-text.js';

/** The word for a status; the server's own for a status that zentop does not know. */
export const formatStatus = ({status, statusWord}: StatusInfo): string =>
  status === 'unknown' ? sanitizeText(statusWord) : status;

/** Whether an attempt claims to be running but probably is not: its heartbeat is overdue, or its run is over. */
export const isRunningDoubtful = (attempt: Attempt, isRunOver: boolean, now: Instant): boolean =>
  !isFinished(attempt.status) && (isRunOver || findOverdueHeartbeatAgeMs(attempt, now) !== undefined);

/** The word for an attempt, with a question mark if it is doubtful: `running?`. */
export const formatAttemptStatus = (attempt: Attempt, isRunOver: boolean, now: Instant): string =>
  isRunningDoubtful(attempt, isRunOver, now) ? `${formatStatus(attempt)}?` : formatStatus(attempt);

/** The word for a step: the status of its latest attempt, else `waiting` or `not run`. */
export const formatStepStatus = (step: Step, isRunOver: boolean, now: Instant): string => {
  const attempt = findLatestAttempt(step);
  return attempt === undefined ? getStepStatus(step, isRunOver) : formatAttemptStatus(attempt, isRunOver, now);
};

export const getStatusTone = (status: StepStatus): Tone => {
  if (isReused(status)) {
    return 'reused';
  }

  switch (getPhase(status)) {
    case 'waiting':
      return 'waiting';
    case 'active':
      return 'busy';
    case 'succeeded':
      return 'good';
    case 'failed':
      return 'bad';
    case 'ended':
      return 'ended';
  }
};

/** `, 2 steps still running`, for a run whose status is final although some of its steps are still running; else empty. */
export const formatRunningSteps = (runStatus: StepStatus, counts: StatusCounts): string => {
  const running = statuses.filter(status => getPhase(status) === 'active');
  const count = isFinished(runStatus) ? countSteps(counts, ...running) : 0;
  return count === 0 ? '' : `, ${pluralize(count, 'step')} still running`;
};

/**
 * `, 2 steps may still run`, for a failed run with waiting steps; else empty. Steps that will never start must not be among the
 * waiting ones of `counts`.
 */
export const formatStepsToCome = (runStatus: StepStatus, counts: StatusCounts): string => {
  const count = runStatus === 'failed' ? countSteps(counts, 'waiting') : 0;
  return count === 0 ? '' : `, ${pluralize(count, 'step')} may still run`;
};
