import type {StepStatus} from './status.js';
import type {Counts} from './step-table.js';

/** Failures first, then what runs, then what is still to come; only a group that is done has done well. */
const urgency: readonly StepStatus[] = [
  'failed',
  'unknown',
  'running',
  'retrying',
  'resuming',
  'stopping',
  'cancelling',
  'paused',
  'queued',
  'provisioning',
  'initializing',
  'waiting',
  'not run',
  'cancelled',
  'stopped',
  'retried',
  'completed',
  'skipped',
  'cached',
];

const ranks: ReadonlyMap<StepStatus, number> = new Map(urgency.map((status, rank) => [status, rank]));

/** The smaller, the more it needs the reader. */
export const urgencyOf = (status: StepStatus): number => ranks.get(status) ?? urgency.length;

/** Of steps that belong together, the status that most needs the reader. */
export const worstStatus = (counts: Counts, isRunOver: boolean): StepStatus => {
  const found = urgency.find(status => (counts[status] ?? 0) > 0) ?? 'waiting';
  return found === 'waiting' && isRunOver ? 'not run' : found;
};
