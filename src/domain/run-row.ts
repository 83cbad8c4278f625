import {isRunOver, type Run} from './run.js';
import {isFinished} from './status.js';

/** A run in the list of runs. Thousands are kept, so it has only what the list shows. */
export type RunRow = Pick<
  Run,
  | 'id'
  | 'name'
  | 'status'
  | 'statusWord'
  | 'isInProgress'
  | 'index'
  | 'pipeline'
  | 'stack'
  | 'user'
  | 'createdAt'
  | 'updatedAt'
  | 'startedAt'
  | 'endedAt'
  | 'parentRun'
  | 'tags'
>;

export const createRunRow = (run: Run): RunRow => ({
  id: run.id,
  name: run.name,
  status: run.status,
  statusWord: run.statusWord,
  isInProgress: run.isInProgress,
  index: run.index,
  pipeline: run.pipeline,
  stack: run.stack,
  user: run.user,
  createdAt: run.createdAt,
  updatedAt: run.updatedAt,
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  parentRun: run.parentRun,
  tags: run.tags,
});

/**
 * Whether both `in_progress` and the status say that the run is in progress, because servers 0.85 to 0.93.0 never reset
 * `in_progress` of some failed runs.
 */
export const isRunInProgress = (run: Pick<Run, 'status' | 'isInProgress'>): boolean =>
  !isRunOver(run) && !isFinished(run.status);

/** Active runs first, then newest first; by id if both were created at the same instant. */
export const compareRunRows = (a: RunRow, b: RunRow): number =>
  Number(isRunInProgress(b)) - Number(isRunInProgress(a)) ||
  (b.createdAt ?? 0) - (a.createdAt ?? 0) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
