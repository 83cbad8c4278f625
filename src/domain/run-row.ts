import {isRunOver, type Run} from './run.js';
import {hasReliableProgress, type ServerInfo} from './server.js';
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
  | 'waitCondition'
>;

/** The run without an `in_progress` that the server may never reset. See `hasReliableProgress`. */
export const correctProgress = <T extends Pick<Run, 'status' | 'isInProgress'>>(
  run: T,
  server: ServerInfo | undefined,
): T =>
  run.isInProgress === true && isFinished(run.status) && !hasReliableProgress(server)
    ? {...run, isInProgress: false}
    : run;

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
  waitCondition: run.waitCondition,
});

/**
 * Whether both `in_progress` and the status say that the run is in progress, because servers 0.85 to 0.93.0 never reset
 * `in_progress` of some failed runs.
 */
export const isRunInProgress = (run: Pick<Run, 'status' | 'isInProgress'>): boolean =>
  !isRunOver(run) && !isFinished(run.status);

/** Whether a row of the list is in progress; a failed run may still have running steps. Rows come from `correctProgress`. */
export const isRowInProgress = (row: Pick<Run, 'status' | 'isInProgress'>): boolean => !isRunOver(row);

/** Active runs first, then newest first; by id if both were created at the same instant. */
export const compareRunRows = (a: RunRow, b: RunRow): number =>
  Number(isRowInProgress(b)) - Number(isRowInProgress(a)) ||
  (b.createdAt ?? 0) - (a.createdAt ?? 0) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
