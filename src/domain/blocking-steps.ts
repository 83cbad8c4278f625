import {memoize} from './memoize.js';
import {isFinished} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** `roots`, and the names of all steps downstream of them. */
export const findNamesFrom = (steps: readonly Step[], roots: Iterable<string>): ReadonlySet<string> => {
  const found = new Set(roots);
  // The steps are nearly always in topological order, so one pass finds all and a second one confirms it.
  for (let previousSize = -1; previousSize !== found.size; ) {
    previousSize = found.size;
    for (const step of steps) {
      if (step.upstream.some(name => found.has(name))) {
        found.add(step.name);
      }
    }
  }

  return found;
};

/**
 * The running steps of a static run if one of them must end before any other step can start; none if another step may start
 * now. The table must include planned steps.
 */
export const findBlockingSteps = memoize((table: StepTable): readonly Step[] => {
  const steps = [...iterateSteps(table)];
  const unfinished = steps.filter(step => {
    const attempt = findLatestAttempt(step);
    return attempt !== undefined && !isFinished(attempt.status);
  });
  if (unfinished.some(step => findLatestAttempt(step)?.status !== 'running')) {
    return [];
  }

  const names = findNamesFrom(
    steps,
    unfinished.map(({name}) => name),
  );
  return steps.every(({name, attempts}) => attempts.length > 0 || names.has(name)) ? unfinished : [];
});
