import type {Status} from '../domain/status.js';

const succeededCode = 0;
const failedCode = 1;
const stoppedCode = 3;

/** A run that is over has failed unless its status means that it succeeded or was stopped. */
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

/** The exit code for a run that is over: 0 for success, 3 for stopped or cancelled, 1 for anything else. */
export const getRunExitCode = (status: Status): number => codeByStatus[status];

/** The exit code of `timeout(1)` when the time has expired. */
export const timeoutExitCode = 124;
