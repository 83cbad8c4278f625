import {type Attempt, getHeartbeatOverdueMs} from '../domain/attempt.js';
import type {Instant} from '../domain/instant.js';
import {getPhase, isFinished, type StatusInfo, type StepStatus} from '../domain/status.js';
import {findLatestAttempt, getStepStatus, type Step} from '../domain/step.js';
import type {Tone} from './line.js';
import {sanitizeText} from './safe-text.js';

/** The word for a status: the server's own, as it came, for one we do not know. */
export const formatStatus = ({status, statusWord}: StatusInfo): string =>
  status === 'unknown' ? sanitizeText(statusWord) : status;

/** Says it runs, and looks dead: its heartbeat is overdue, or the run it belongs to is over. */
export const isDoubtful = (attempt: Attempt, isRunOver: boolean, now: Instant): boolean =>
  !isFinished(attempt.status) && (isRunOver || getHeartbeatOverdueMs(attempt, now) !== undefined);

/** The word for an attempt, in doubt with a question mark: `running?`. */
export const formatAttemptStatus = (attempt: Attempt, isRunOver: boolean, now: Instant): string =>
  isDoubtful(attempt, isRunOver, now) ? `${formatStatus(attempt)}?` : formatStatus(attempt);

/** The word for a step by its latest attempt: `waiting` or `not run` where there is none. */
export const formatStepStatus = (step: Step, isRunOver: boolean, now: Instant): string => {
  const attempt = findLatestAttempt(step);
  return attempt === undefined ? getStepStatus(step, isRunOver) : formatAttemptStatus(attempt, isRunOver, now);
};

/** How a status is told: what is good because it was taken over reads apart from what was done. */
export const getStatusTone = (status: StepStatus): Tone => {
  if (status === 'cached' || status === 'skipped') {
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
