import {type Attempt, heartbeatOverdueMs} from '../domain/attempt.js';
import type {Instant} from '../domain/instant.js';
import {isFinished, phaseOf, type Statused, type StepStatus} from '../domain/status.js';
import {latestAttempt, type Step, stepStatus} from '../domain/step.js';
import type {Tone} from './line.js';
import {safeText} from './safe-text.js';

/** The word for a status: the server's own, as it came, for one we do not know. */
export const statusWord = ({status, statusWord}: Statused): string =>
  status === 'unknown' ? safeText(statusWord) : status;

/** Says it runs, and looks dead: its heartbeat is overdue, or the run it belongs to is over. */
export const isDoubtful = (attempt: Attempt, isRunOver: boolean, now: Instant): boolean =>
  !isFinished(attempt.status) && (isRunOver || heartbeatOverdueMs(attempt, now) !== undefined);

/** The word for an attempt, in doubt with a question mark: `running?`. */
export const attemptWord = (attempt: Attempt, isRunOver: boolean, now: Instant): string =>
  isDoubtful(attempt, isRunOver, now) ? `${statusWord(attempt)}?` : statusWord(attempt);

/** The word for a step by its latest attempt: `waiting` or `not run` where there is none. */
export const stepWord = (step: Step, isRunOver: boolean, now: Instant): string => {
  const attempt = latestAttempt(step);
  return attempt === undefined ? stepStatus(step, isRunOver) : attemptWord(attempt, isRunOver, now);
};

/** How a status is told: what is good because it was taken over reads apart from what was done. */
export const toneOfStatus = (status: StepStatus): Tone => {
  if (status === 'cached' || status === 'skipped') {
    return 'reused';
  }

  switch (phaseOf(status)) {
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
