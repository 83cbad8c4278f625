import type {Status} from '../domain/status.js';

const succeededCode = 0;
const failedCode = 1;
const stoppedCode = 3;

/** Success is what is named a success; a run that is over and says anything else has not succeeded. */
const codeByStatus: Readonly<Record<Status, number>> = {
  completed: succeededCode,
  cached: succeededCode,
  skipped: succeededCode,
  stopped: stoppedCode,
  cancelled: stoppedCode,
  failed: failedCode,
  initializing: failedCode,
  provisioning: failedCode,
  queued: failedCode,
  running: failedCode,
  paused: failedCode,
  resuming: failedCode,
  retrying: failedCode,
  retried: failedCode,
  stopping: failedCode,
  cancelling: failedCode,
  unknown: failedCode,
};

/** The exit code for a run that is over: 0 it succeeded, 3 it was stopped or cancelled, 1 anything else. */
export const getRunExitCode = (status: Status): number => codeByStatus[status];
