/** The values of ZenML's `ExecutionStatus`. */
export const statuses = [
  'initializing',
  'provisioning',
  'queued',
  'running',
  'paused',
  'resuming',
  'retrying',
  'stopping',
  'cancelling',
  'completed',
  'cached',
  'skipped',
  'failed',
  'retried',
  'stopped',
  'cancelled',
] as const;

/** `unknown` stands for a status of a later server version, which is shown unchanged. */
export type Status = (typeof statuses)[number] | 'unknown';

/** A step can also have no step run: not yet (`waiting`), or never because the run is over (`not run`). */
export type StepStatus = Status | 'waiting' | 'not run';

/** What a user needs to distinguish at a glance. */
export type Phase = 'waiting' | 'active' | 'succeeded' | 'failed' | 'ended';

/** All phases, in the order in which counts are shown. */
export const phases: readonly Phase[] = ['succeeded', 'failed', 'active', 'ended', 'waiting'];

const phaseByStatus: Readonly<Record<StepStatus, Phase>> = {
  waiting: 'waiting',
  initializing: 'waiting',
  provisioning: 'waiting',
  queued: 'waiting',
  paused: 'waiting',
  running: 'active',
  resuming: 'active',
  retrying: 'active',
  stopping: 'active',
  cancelling: 'active',
  unknown: 'active',
  completed: 'succeeded',
  cached: 'succeeded',
  skipped: 'succeeded',
  failed: 'failed',
  // ZenML treats a cancelled run as a failure, but nothing in it failed.
  cancelled: 'ended',
  stopped: 'ended',
  retried: 'ended',
  'not run': 'ended',
};

export const getPhase = (status: StepStatus): Phase => phaseByStatus[status];

/** Whether nothing more will change. An unknown status counts as unfinished. */
export const isFinished = (status: StepStatus): boolean => {
  const phase = getPhase(status);
  return phase === 'succeeded' || phase === 'failed' || phase === 'ended';
};

/** Whether a step with this status has ended for good. An attempt that is `retried` is followed by another. */
export const isDone = (status: StepStatus): boolean =>
  isFinished(status) && status !== 'retried' && status !== 'not run';

/** Whether a step with this status did no work itself: it reused the outputs of another step run, or was copied by a replay. */
export const isReused = (status: StepStatus): boolean => status === 'cached' || status === 'skipped';

/**
 * Whether a step or run with this status has failed or was stopped or cancelled. An attempt that is `retried` is followed by
 * another.
 */
export const isUnsuccessful = (status: StepStatus): boolean => {
  const phase = getPhase(status);
  return phase === 'failed' || (phase === 'ended' && status !== 'retried' && status !== 'not run');
};

export const unsuccessfulStatuses: readonly Status[] = statuses.filter(isUnsuccessful);

/** The statuses of a step run that exists but has not started to work. */
export const startingStatuses: readonly Status[] = statuses.filter(
  status => getPhase(status) === 'waiting' && status !== 'paused',
);

/** The server's statuses in which a run or step can still change. */
export const unfinishedStatuses: readonly Status[] = statuses.filter(status => !isFinished(status));

const knownStatuses: ReadonlySet<string> = new Set(statuses);
const isStatus = (word: string): word is Status => knownStatuses.has(word);

/** The status that the server's word stands for; `unknown` if this version of zentop does not know it. */
export const parseStatus = (word: string): Status => (isStatus(word) ? word : 'unknown');

/** A status, and the word that the server used for it. */
export type StatusInfo = {readonly status: Status; readonly statusWord: string};
