import {type Instant, pickLater} from './instant.js';
import {memoize} from './memoize.js';
import {isRunOver, type Run} from './run.js';
import {isUnsuccessful} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {findFirstStepPlace} from './step-places.js';
import {countSteps, iterateSteps, type StepTable} from './step-table.js';

/** How long nothing may have happened in a failed dynamic run whose `in_progress` was never taken back. */
const dynamicQuietMs = 60_000;

/**
 * Whether the run is over. Servers 0.85 to 0.93.0 leave `in_progress` true for ever on a run that failed while other
 * branches went on, and an upgrade does not repair it; so a failed run also is over when every step that is not below a
 * failed one is finished. The table must hold what is planned. `quietMs`: how long nothing has happened in it, in
 * milliseconds.
 */
export const isEffectivelyOver = (run: Run, table: StepTable, quietMs: number): boolean =>
  isRunOver(run) || (run.status === 'failed' && !hasWorkLeft(run, table, quietMs));

const hasWorkLeft = (run: Run, table: StepTable, quietMs: number): boolean => {
  if (
    table.structure.length === 0 ||
    findFirstStepPlace(table, 'unfinished') !== undefined ||
    hasStartableStep(table)
  ) {
    return true;
  }

  return run.isDynamic !== false && (getLastEndAt(table) === undefined || quietMs < dynamicQuietMs);
};

/** Whether a step that has no step run yet can still get one. */
const hasStartableStep = memoize((table: StepTable): boolean => {
  if (countSteps(table.counts, 'waiting') === 0) {
    return false;
  }

  const steps = [...iterateSteps(table)];
  const blocked = findBlockedNames(steps);
  return steps.some(({attempts, name}) => attempts.length === 0 && !blocked.has(name));
});

/** Names of the steps that failed and of all that wait for one of these: they never start. */
const findBlockedNames = (steps: readonly Step[]): ReadonlySet<string> => {
  const blocked = new Set(steps.filter(hasFailed).map(step => step.name));
  // Mostly in topological order, where one pass finds all and the second finds nothing more.
  for (let known = -1; known !== blocked.size; ) {
    known = blocked.size;
    for (const step of steps) {
      if (step.upstream.some(name => blocked.has(name))) {
        blocked.add(step.name);
      }
    }
  }

  return blocked;
};

const hasFailed = (step: Step): boolean => {
  const attempt = findLatestAttempt(step);
  return attempt !== undefined && isUnsuccessful(attempt.status);
};

/** When the last step that has ended did; `undefined` when none has. */
export const getLastEndAt = ({chunks}: StepTable): Instant | undefined =>
  chunks.reduce<Instant | undefined>((last, chunk) => pickLater(last, getChunkEndAt(chunk)), undefined);

const getChunkEndAt = memoize((chunk: readonly Step[]): Instant | undefined =>
  chunk.reduce<Instant | undefined>((last, step) => pickLater(last, findLatestAttempt(step)?.endedAt), undefined),
);

/**
 * When the run ended, by its own word; for a run whose `in_progress` was never taken back, whose `end_time` is that of its
 * first failure, the end of its last step.
 */
export const getRunEndAt = (run: Run, table: StepTable): Instant | undefined =>
  isRunOver(run) ? run.endedAt : pickLater(run.endedAt, getLastEndAt(table));
