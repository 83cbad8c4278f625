// What rows that have just arrived show beyond the status of their own step: that earlier ones were missed, that the plan is out of
// date, or that the status of the run may have changed.
import type {Attempt} from '../../domain/attempt.js';
import {isMapItem} from '../../domain/map-items.js';
import {isFinished, type StepStatus, unsuccessfulStatuses} from '../../domain/status.js';
import {countSteps, findStep, getCountedStatus, type StepTable} from '../../domain/step-table.js';
import {countUnfinished, hasStepsToStart} from '../requests/pace.js';
import type {OpenRun} from './open-run.js';

/** Whether the row is that of a running step that had not started when rows were last requested. */
export const isNewlyStarted = ({table, sync}: OpenRun, {id, name, status}: Attempt): boolean =>
  sync.watermark.requestedAt !== undefined &&
  status === 'running' &&
  !findStep(table, name)?.attempts.some(attempt => attempt.id === id);

/**
 * Whether the row, if it was written before the watermark, was missed by an earlier delta: it changes an attempt that was seen
 * unfinished, `/dag` has already reported it, or it is the first of its step. Old rows that were never on a page do not count, nor
 * do changes that leave `updated` as it was.
 */
export const isMissedRow = ({table, sync}: OpenRun, row: Attempt): boolean => {
  const step = findStep(table, row.name);
  const attempt = step?.attempts.find(({id}) => id === row.id);
  return attempt === undefined
    ? step === undefined || step.attempts.length === 0
    : sync.unseen.isFinishedById.has(row.id) ||
        (!isFinished(attempt.status) && attempt.updatedAt !== undefined && attempt.updatedAt !== row.updatedAt);
};

/** Whether a step has started although, as far as is known, a step upstream of it has not finished: its end was missed. */
export const hasEarlyStart = (before: OpenRun, table: StepTable, rows: readonly Attempt[]): boolean =>
  before.hasPlan &&
  before.sync.watermark.requestedAt !== undefined &&
  rows.some(({name}) => {
    const step = findStep(table, name);
    const isNew = findStep(before.table, name)?.attempts.length === 0;
    return isNew && step?.upstream.some(other => !isFinished(getStatusByName(table, other)));
  });

const getStatusByName = (table: StepTable, name: string): StepStatus => {
  const step = findStep(table, name);
  return step === undefined ? 'completed' : getCountedStatus(step);
};

/** Whether the rows contain steps that were not known before: only `/dag` says where they belong. */
export const hasUnplannedSteps = (openRun: OpenRun, table: StepTable, rows: readonly Attempt[]): boolean =>
  table.structure !== openRun.table.structure &&
  rows.some(
    ({name}) =>
      findStep(openRun.table, name) === undefined && !(isMapItem(name) && findStep(table, name)?.group !== undefined),
  );

/**
 * The status of a run changes when a step ends. It is worth checking when a step did not succeed, when no step is left to
 * run, and until the run has been seen running.
 */
export const shouldDoubtRun = (openRun: OpenRun, table: StepTable): boolean => {
  const countUnsuccessful = ({counts}: StepTable) => countSteps(counts, ...unsuccessfulStatuses);
  const status = openRun.run?.status;
  const hasFailure = countUnsuccessful(table) !== countUnsuccessful(openRun.table);
  if (hasFailure || (status !== 'running' && status !== 'failed')) {
    return true;
  }

  return countUnfinished(table) === 0 && !(status === 'running' && hasStepsToStart({...openRun, table}));
};
