import {isRunOver, type Run} from './run.js';
import {isFinished} from './status.js';

/** What a list of runs tells of one: thousands are held, so nothing of what a run's own page shows. */
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
 * Whether a run goes on by its own words. Servers 0.85 to 0.93.0 never take back `in_progress` of many a failed run, so
 * both must say so.
 */
export const isRunInProgress = (run: Pick<Run, 'status' | 'isInProgress'>): boolean =>
  !isRunOver(run) && !isFinished(run.status);

/** Those that go on first, then the newest; two of the same instant always in the same order. */
export const compareRunRows = (a: RunRow, b: RunRow): number =>
  Number(isRunInProgress(b)) - Number(isRunInProgress(a)) ||
  (b.createdAt ?? 0) - (a.createdAt ?? 0) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
