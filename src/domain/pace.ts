import {getElapsedMs, type Instant} from './instant.js';
import type {PastRun} from './past-run.js';
import {findLatestAttempt, isBetweenAttempts, type Step} from './step.js';

/**
 * This share of the work of the past run counts as done at the same pace, so that a few short steps at the start do not
 * determine the pace by themselves.
 */
const priorShare = 0.1;

/** A running step counts for at most this many times its past duration: a step that hangs says little about the others. */
const maxOverdueFactor = 2;

const minPace = 0.5;
const maxPace = 2;

/**
 * How long steps take in this run relative to a past one, as a factor from 0.5 to 2, judging by the attempts that have
 * completed and by those that have already run longer than in the past run.
 */
export const getPace = ({stepsByName}: PastRun, steps: readonly Step[], now: Instant): number => {
  const workMs = [...stepsByName.values()].reduce((sum, step) => sum + (step.isReused ? 0 : step.lastAttemptMs), 0);
  let currentMs = priorShare * workMs;
  let pastMs = currentMs;
  for (const step of steps) {
    const attempt = findLatestAttempt(step);
    const then = stepsByName.get(step.name);
    const takenMs = attempt && getElapsedMs(attempt, now);
    if (then === undefined || then.isReused || takenMs === undefined || isBetweenAttempts(step)) {
      continue;
    }

    const isRunningLonger = attempt?.endedAt === undefined && takenMs > then.lastAttemptMs;
    if (attempt?.status === 'completed' || isRunningLonger) {
      currentMs += isRunningLonger ? Math.min(takenMs, maxOverdueFactor * then.lastAttemptMs) : takenMs;
      pastMs += then.lastAttemptMs;
    }
  }

  return pastMs === 0 ? 1 : Math.min(maxPace, Math.max(minPace, currentMs / pastMs));
};
