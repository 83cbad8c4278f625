import {findReachableNames} from './blocking-steps.js';
import {type Instant, pickLater} from './instant.js';
import {memoize} from './memoize.js';
import {isRunOver, type Run} from './run.js';
import {isUnsuccessful} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {findFirstStepIndex} from './step-indexes.js';
import {countSteps, iterateSteps, type StepTable} from './step-table.js';

/** After this long without changes, a failed dynamic run counts as over although `in_progress` is still true. */
const dynamicQuietMs = 60_000;

type RunEnd = Pick<Run, 'status' | 'isInProgress' | 'isDynamic' | 'endedAt'>;

/**
 * Whether the run is over. Servers 0.85 to 0.93.0 never reset `in_progress` of a run that failed while other branches were
 * running, and an upgrade does not fix it. So a failed run is also over when every step is finished except those downstream
 * of a failed one. The table must include planned steps. `quietMs` is the time since the last change of the run, in milliseconds.
 */
export const isEffectivelyOver = (run: RunEnd, table: StepTable, quietMs: number): boolean =>
  isRunOver(run) || (run.status === 'failed' && !hasWorkLeft(run, table, quietMs));

const hasWorkLeft = (run: RunEnd, table: StepTable, quietMs: number): boolean => {
  if (
    table.structure.length === 0 ||
    findFirstStepIndex(table, 'unfinished') !== undefined ||
    hasStartableStep(table)
  ) {
    return true;
  }

  return run.isDynamic !== false && (getLastEndAt(table) === undefined || quietMs < dynamicQuietMs);
};

/** Whether a step without a step run can still start. */
const hasStartableStep = memoize((table: StepTable): boolean => {
  if (countSteps(table.counts, 'waiting') === 0) {
    return false;
  }

  const steps = [...iterateSteps(table)];
  // Steps downstream of a failed one never start.
  const blocked = findReachableNames(
    steps,
    steps.filter(hasFailed).map(({name}) => name),
  );
  return steps.some(({attempts, name}) => attempts.length === 0 && !blocked.has(name));
});

const hasFailed = (step: Step): boolean => {
  const attempt = findLatestAttempt(step);
  return attempt !== undefined && isUnsuccessful(attempt.status);
};

/** When a step last ended; `undefined` if none has. */
export const getLastEndAt = ({chunks}: StepTable): Instant | undefined =>
  chunks.reduce<Instant | undefined>((last, chunk) => pickLater(last, getChunkEndAt(chunk)), undefined);

const getChunkEndAt = memoize((chunk: readonly Step[]): Instant | undefined =>
  chunk.reduce<Instant | undefined>((last, step) => pickLater(last, findLatestAttempt(step)?.endedAt), undefined),
);

/**
 * When the run ended. A failed run that is still `in_progress` has the time of its first failure as `end_time`, so its
 * steps count too.
 */
export const getRunEndAt = (run: RunEnd, table: StepTable): Instant | undefined =>
  isRunOver(run) ? run.endedAt : pickLater(run.endedAt, getLastEndAt(table));

/** Whether only the steps can say if this run is over, and since when. */
export const isEndDoubtful = ({status, isInProgress}: Pick<Run, 'status' | 'isInProgress'>): boolean =>
  status === 'failed' && isInProgress === true;

/** A run whose end is doubtful, corrected by what its steps show: over since the last of them ended, or unchanged. */
export const correctRunEnd = <T extends RunEnd>(run: T, table: StepTable, now: Instant): T =>
  isEffectivelyOver(run, table, now - (getLastEndAt(table) ?? now))
    ? {...run, isInProgress: false, endedAt: getRunEndAt(run, table)}
    : run;
