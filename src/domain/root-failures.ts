import {isFinished, isUnsuccessful} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {findStep, type StepTable} from './step-table.js';

/**
 * The unsuccessful steps because of which a step cannot start: those nearest upstream on each path, not the steps in between,
 * which do not start either. Empty if the step can still start.
 */
export const findRootFailures = (table: StepTable, name: string): readonly Step[] => {
  const seen = new Set<string>();
  const failures: Step[] = [];
  let names = findStep(table, name)?.upstream ?? [];
  while (names.length > 0) {
    const next: string[] = [];
    for (const upstream of names) {
      const step = seen.has(upstream) ? undefined : findStep(table, upstream);
      seen.add(upstream);
      const status = step && findLatestAttempt(step)?.status;
      if (step === undefined) {
        continue;
      }

      if (status === undefined) {
        next.push(...step.upstream);
      } else if (isFinished(status) && isUnsuccessful(status)) {
        failures.push(step);
      }
    }

    names = next;
  }

  return failures;
};
