import type {Vocabulary} from '../../domain/filter/completion.js';
import {stepFilterKeys, stepFilterWords, stepStatuses} from '../../domain/filter/step-filter.js';
import type {OpenRun} from '../run/open-run.js';

/** What can be typed into the filter of the list: only statuses and groups that the run has. */
export const buildStepVocabulary = ({table, overAt}: OpenRun): Vocabulary => ({
  words: stepFilterWords,
  keys: stepFilterKeys,
  getValues: key => {
    switch (key) {
      case 'status': {
        const presentStatuses = stepStatuses.filter(status => (table.counts[status] ?? 0) > 0);
        return presentStatuses.map(status => (status === 'waiting' && overAt !== undefined ? 'not run' : status));
      }

      case 'group':
        return [...new Set([...table.structure.groupsById.values()].map(({name}) => name))];

      default:
        return [];
    }
  },
});
