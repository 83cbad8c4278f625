import {memoize} from './memoize.js';
import {findLatestAttempt, isBetweenAttempts, isStepFinished, type Step} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** The names in `roots`, and those of all steps downstream of them. */
export const findReachableNames = (steps: readonly Step[], roots: Iterable<string>): ReadonlySet<string> => {
  const reached = new Set(roots);
  // The steps are nearly always in topological order, so one pass finds all and a second one confirms it.
  for (let previousSize = -1; previousSize !== reached.size; ) {
    previousSize = reached.size;
    for (const step of steps) {
      if (step.upstream.some(name => reached.has(name))) {
        reached.add(step.name);
      }
    }
  }

  return reached;
};

/**
 * The running steps of a static run, if no other step can start before one of them has ended; otherwise none. The table must
 * include planned steps.
 */
export const findBlockingSteps = memoize((table: StepTable): readonly Step[] => {
  const steps = [...iterateSteps(table)];
  const started = steps.filter(({attempts}) => attempts.length > 0);
  const unfinished = started.filter(step => !isStepFinished(step) || isBetweenAttempts(step));
  // A step that has not started to work, or whose next attempt is due, can start now.
  if (unfinished.some(step => findLatestAttempt(step)?.status !== 'running')) {
    return [];
  }

  const blockedNames = findReachableNames(
    steps,
    unfinished.map(({name}) => name),
  );
  return steps.every(({name, attempts}) => attempts.length > 0 || blockedNames.has(name)) ? unfinished : [];
});
