import type {Vocabulary} from '../../domain/filter/completion.js';
import {meWord, runFilterKeys} from '../../domain/filter/run-filter.js';
import {statuses} from '../../domain/status.js';
import type {Runs} from './runs.js';

/** What can be typed into the filter of the run list: every status, and the values that runs have, the most frequent first. */
export const buildRunVocabulary = (runs: Runs): Vocabulary => ({
  words: statuses,
  keys: runFilterKeys,
  getValues: key => getKnownValues(runs, key),
});

const getKnownValues = ({rowsById}: Runs, key: string): readonly string[] => {
  const rows = [...rowsById.values()];
  switch (key) {
    case 'status':
      return sortByFrequency(
        rows.map(({status}) => status),
        statuses,
      );

    case 'pipeline':
      return sortByFrequency(rows.map(({pipeline}) => pipeline?.name));

    case 'user':
      return [meWord, ...sortByFrequency(rows.map(({user}) => user?.name))];

    case 'tag':
      return sortByFrequency(rows.flatMap(({tags}) => tags));

    default:
      return [];
  }
};

const sortByFrequency = (values: readonly (string | undefined)[], known: readonly string[] = []): readonly string[] => {
  const countsByValue = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) {
      countsByValue.set(value, (countsByValue.get(value) ?? 0) + 1);
    }
  }

  const usedValues = [...countsByValue].sort(([, a], [, b]) => b - a).map(([value]) => value);
  return [...usedValues, ...known.filter(value => !countsByValue.has(value))];
};
