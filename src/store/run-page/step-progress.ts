import type {Attempt} from '../../domain/attempt.js';
import type {Instant} from '../../domain/instant.js';
import {memoizeLast} from '../../domain/memoize.js';
import {estimateProgressEnd} from '../../domain/progress.js';
import {isFinished} from '../../domain/status.js';
import type {StepTable} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';
import {findRunningAttempts} from './quiet-steps.js';
import type {KnownProgress, RunPage} from './run-page.js';

/** The progress that a running attempt last reported, in its metadata or its log. */
export const findStepProgress = ({page}: OpenRun, attempt: Attempt): KnownProgress | undefined =>
  isFinished(attempt.status) ? undefined : page.progressById.get(attempt.id);

/**
 * When the running steps that report progress will end at their current pace, by name. Returns the same map while nothing has
 * changed.
 */
export const getProgressEnds = memoizeLast(
  (table: StepTable, progressById: RunPage['progressById']): ReadonlyMap<string, Instant> =>
    new Map(
      progressById.size === 0
        ? []
        : findRunningAttempts({table}).flatMap(({id, name, startedAt}) => {
            const progress = progressById.get(id);
            const endAt =
              progress === undefined || startedAt === undefined
                ? undefined
                : estimateProgressEnd(progress, startedAt, progress.asOf);
            return endAt === undefined ? [] : [[name, endAt] as const];
          }),
    ),
);

/** How long the running steps that report progress will still take, in milliseconds, by name. `now` is by the server's clock. */
export const getProgressLeftMs = ({table, page}: OpenRun, now: Instant): ReadonlyMap<string, number> =>
  new Map([...getProgressEnds(table, page.progressById)].map(([name, endAt]) => [name, Math.max(0, endAt - now)]));
