import type {Attempt} from '../domain/attempt.js';
import {latestAttempt} from '../domain/step.js';
import {placesOf} from '../domain/step-places.js';
import {stepAt} from '../domain/step-table.js';
import type {Watch} from './watch.js';

/** Beyond so many failed steps the next one tells nothing new, and each costs a request. */
const mostExplained = 50;

/** The latest attempts that failed and whose own page, which tells the exception, is not here yet. */
export const failuresToExplain = ({table, detailsById}: Watch): readonly Attempt[] =>
  placesOf(table, 'failing')
    .slice(0, mostExplained)
    .flatMap(place => {
      const step = stepAt(table, place);
      const attempt = step && latestAttempt(step);
      return attempt === undefined || detailsById.get(attempt.id)?.attempt.status === attempt.status ? [] : [attempt];
    });
