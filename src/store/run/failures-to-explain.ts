import type {Attempt} from '../../domain/attempt.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStepIndexes} from '../../domain/step-indexes.js';
import {findStepAt} from '../../domain/step-table.js';
import type {OpenRun} from './open-run.js';

/** The exceptions of more failed steps rarely add anything, and each costs a request. */
const maxExplained = 50;

/** The latest failed attempts whose details, which contain the exception, have not been fetched yet. */
export const getFailuresToExplain = ({table, detailsById}: OpenRun): readonly Attempt[] =>
  findStepIndexes(table, 'failing')
    .slice(0, maxExplained)
    .flatMap(index => {
      const step = findStepAt(table, index);
      const attempt = step && findLatestAttempt(step);
      return attempt === undefined || detailsById.get(attempt.id)?.attempt.status === attempt.status ? [] : [attempt];
    });
