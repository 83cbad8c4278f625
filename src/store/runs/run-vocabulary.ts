import type {Vocabulary} from '../../domain/filter/completion.js';
import {meWord, runFilterKeys} from '../../domain/filter/run-filter.js';
import {statuses} from '../../domain/status.js';
import type {Runs} from './runs.js';

/** What can be typed in the filter of the runs: of values those that some run has, the most frequent first. */
export const runVocabulary = (runs: Runs): Vocabulary => ({
  words: statuses,
  keys: runFilterKeys,
  valuesOf: key => valuesOf(runs, key),
});

const valuesOf = ({rowsById}: Runs, key: string): readonly string[] => {
  const rows = [...rowsById.values()];
  switch (key) {
    case 'status':
      return byFrequency(
        rows.map(({status}) => status),
        statuses,
      );

    case 'pipeline':
      return byFrequency(rows.map(({pipeline}) => pipeline?.name));

    case 'user':
      return [meWord, ...byFrequency(rows.map(({user}) => user?.name))];

    case 'tag':
      return byFrequency(rows.flatMap(({tags}) => tags));

    default:
      return [];
  }
};

const byFrequency = (values: readonly (string | undefined)[], known: readonly string[] = []): readonly string[] => {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }

  const met = [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
  return [...met, ...known.filter(value => !counts.has(value))];
};
