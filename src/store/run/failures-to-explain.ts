import type {Attempt} from '../../domain/attempt.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStepIndexes} from '../../domain/step-indexes.js';
import {findStepAt} from '../../domain/step-table.js';
import type {OpenRun} from './open-run.js';

/** The exceptions of more failed steps rarely add anything, and each costs a request. */
const maxExplained = 50;

/** The latest attempts of steps that have failed or will be retried, except those whose details, with the exception, are known. */
export const getFailuresToExplain = ({table, detailsById}: OpenRun): readonly Attempt[] =>
  findStepIndexes(table, 'failing')
    .slice(0, maxExplained)
    .flatMap(index => {
      const step = findStepAt(table, index);
      const attempt = step && findLatestAttempt(step);
      return attempt === undefined || detailsById.get(attempt.id)?.attempt.status === attempt.status ? [] : [attempt];
    });
