import type {Instant} from './instant.js';
import {isRunOver, type Run} from './run.js';
import {correctRunEnd, isEndDoubtful} from './run-end.js';
import {hasReliableProgress, type ServerInfo} from './server.js';
import {isFinished} from './status.js';
import type {StepTable} from './step-table.js';

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
  | 'isDynamic'
> & {
  /** See `isEndDoubtful`: until the graph is known, the version of the server decides whether the run is over. */
  readonly hasDoubtfulEnd?: boolean;
};

/**
 * The run, corrected where the server may never reset `in_progress` (see `hasReliableProgress`): not in progress, and without
 * the end that the server reports for such a run, which is that of its first failure.
 */
export const correctProgress = <T extends Pick<Run, 'status' | 'isInProgress' | 'endedAt'>>(
  run: T,
  server: ServerInfo | undefined,
): T =>
  run.isInProgress === true && isFinished(run.status) && !hasReliableProgress(server)
    ? {...run, isInProgress: false, endedAt: isEndDoubtful(run) ? undefined : run.endedAt}
    : run;

/** The row of a run as the server describes it. */
export const createRunRow = (run: Run, server: ServerInfo | undefined): RunRow => {
  const row = buildRow(correctProgress(run, server));
  return isEndDoubtful(run) ? {...row, hasDoubtfulEnd: true} : row;
};

/** The row, corrected by what its steps show. */
export const correctRowEnd = (row: RunRow, table: StepTable, now: Instant): RunRow =>
  row.hasDoubtfulEnd === true ? correctRunEnd({...row, isInProgress: true}, table, now) : row;

/** The row with the end that the graph has shown for its previous version. */
export const keepRowEnd = (before: RunRow, row: RunRow): RunRow =>
  before.hasDoubtfulEnd === true && row.hasDoubtfulEnd === true
    ? {...row, isInProgress: before.isInProgress, endedAt: before.endedAt}
    : row;

const buildRow = (run: Run): RunRow => ({
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
  isDynamic: run.isDynamic,
});

/**
 * Whether both `in_progress` and the status say that the run is in progress: servers 0.85 to 0.93.0 never reset `in_progress` of
 * some failed runs.
 */
export const isRunInProgress = (run: Pick<Run, 'status' | 'isInProgress'>): boolean =>
  !isRunOver(run) && !isFinished(run.status);

/** Whether a row of the list is in progress. A failed run can be: its other steps may still be running. See `correctProgress`. */
export const isRowInProgress = (row: Pick<Run, 'status' | 'isInProgress'>): boolean => !isRunOver(row);

/** Runs in progress first, then newest first; by ID if both were created at the same instant. */
export const compareRunRows = (a: RunRow, b: RunRow): number =>
  Number(isRowInProgress(b)) - Number(isRowInProgress(a)) ||
  (b.createdAt ?? 0) - (a.createdAt ?? 0) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
