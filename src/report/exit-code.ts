import type {Status} from '../domain/status.js';

const succeeded = 0;
const failed = 1;
const stopped = 3;

/** Success is what is named a success; a run that is over and says anything else has not succeeded. */
const codeByStatus: Readonly<Record<Status, number>> = {
  completed: succeeded,
  cached: succeeded,
  skipped: succeeded,
  stopped,
  cancelled: stopped,
  failed,
  initializing: failed,
  provisioning: failed,
  queued: failed,
  running: failed,
  paused: failed,
  resuming: failed,
  retrying: failed,
  retried: failed,
  stopping: failed,
  cancelling: failed,
  unknown: failed,
};

/** The exit code for a run that is over: 0 it succeeded, 3 it was stopped or cancelled, 1 anything else. */
export const exitCodeOf = (status: Status): number => codeByStatus[status];
