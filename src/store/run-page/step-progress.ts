import type {Attempt} from '../../domain/attempt.js';
import type {Instant} from '../../domain/instant.js';
import {estimateProgressEnd} from '../../domain/progress.js';
import {isFinished} from '../../domain/status.js';
import type {OpenRun} from '../run/open-run.js';
import {findRunningAttempts} from './quiet-steps.js';
import type {KnownProgress} from './run-page.js';

/** How far a running attempt said it was, in its metadata or its log. */
export const findStepProgress = ({page}: OpenRun, attempt: Attempt): KnownProgress | undefined =>
  isFinished(attempt.status) ? undefined : page.progressById.get(attempt.id);

/** How long the running steps that say how far they are will still take, in milliseconds, by name. */
export const getProgressLeftMs = (openRun: OpenRun, now: Instant): ReadonlyMap<string, number> =>
  new Map(
    findRunningAttempts(openRun).flatMap(attempt => {
      const progress = findStepProgress(openRun, attempt);
      const endAt =
        progress === undefined || attempt.startedAt === undefined
          ? undefined
          : estimateProgressEnd(progress, attempt.startedAt, progress.asOf);
      return endAt === undefined ? [] : [[attempt.name, Math.max(0, endAt - now)] as const];
    }),
  );
