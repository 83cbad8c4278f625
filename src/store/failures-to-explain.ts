import type {Attempt} from '../domain/attempt.js';
import type {Status} from '../domain/status.js';
import {latestAttempt} from '../domain/step.js';
import {countOf, stepsOf} from '../domain/step-table.js';
import type {Watch} from './state.js';

/** A failure that will be tried again is one too. */
const failing: ReadonlySet<Status> = new Set(['failed', 'retrying']);

/** Beyond so many failed steps the next one tells nothing new, and each costs a request. */
const mostExplained = 50;

/** The latest attempts that failed and whose own page, which tells the exception, is not here yet. */
export const failuresToExplain = ({table, detailsById}: Watch): readonly Attempt[] => {
  if (countOf(table.counts, ...failing) === 0) {
    return [];
  }

  const attempts: Attempt[] = [];
  for (const step of stepsOf(table)) {
    const attempt = latestAttempt(step);
    if (attempt !== undefined && failing.has(attempt.status)) {
      attempts.push(attempt);
    }

    if (attempts.length === mostExplained) {
      break;
    }
  }

  return attempts.filter(({id, status}) => detailsById.get(id)?.attempt.status !== status);
};
