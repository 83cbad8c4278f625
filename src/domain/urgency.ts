import type {StepStatus} from './status.js';
import type {StatusCounts} from './step-table.js';

/** Failures first, then what runs, then what is still to come; only a group that is done has done well. */
const statusesByUrgency: readonly StepStatus[] = [
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

const rankByStatus: ReadonlyMap<StepStatus, number> = new Map(statusesByUrgency.map((status, rank) => [status, rank]));

/** The smaller, the more it needs the reader. */
export const getUrgency = (status: StepStatus): number => rankByStatus.get(status) ?? statusesByUrgency.length;

/** Of steps that belong together, the status that most needs the reader. */
export const getWorstStatus = (counts: StatusCounts, isRunOver: boolean): StepStatus => {
  const found = statusesByUrgency.find(status => (counts[status] ?? 0) > 0) ?? 'waiting';
  return found === 'waiting' && isRunOver ? 'not run' : found;
};
