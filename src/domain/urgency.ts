import type {StepStatus} from './status.js';
import type {StatusCounts} from './step-table.js';

/** 0 is the most urgent: failures, then active, waiting and finished steps. */
const urgencyByStatus: Readonly<Record<StepStatus, number>> = {
  failed: 0,
  unknown: 1,
  running: 2,
  retrying: 3,
  resuming: 4,
  stopping: 5,
  cancelling: 6,
  paused: 7,
  queued: 8,
  provisioning: 9,
  initializing: 10,
  waiting: 11,
  'not run': 12,
  cancelled: 13,
  stopped: 14,
  retried: 15,
  completed: 16,
  skipped: 17,
  cached: 18,
};

/** The rank of a status, from 0; smaller is more urgent. */
export const getUrgency = (status: StepStatus): number => urgencyByStatus[status];

/** The most urgent status in a group of steps, so that a group has succeeded only when all its steps have. */
export const getMostUrgentStatus = (counts: StatusCounts, isRunOver: boolean): StepStatus => {
  const present = (Object.keys(counts) as StepStatus[]).filter(status => (counts[status] ?? 0) > 0);
  const status = present.sort((one, other) => getUrgency(one) - getUrgency(other))[0] ?? 'waiting';
  return status === 'waiting' && isRunOver ? 'not run' : status;
};
