import type {DagChildRun} from '../dag.js';
import {stepStatuses, stepTermsOf} from './step-filter.js';

const statusWords: ReadonlySet<string> = new Set(stepStatuses);

/** Tells whether a run that the open one has started is to be shown by a filter of its steps: by name and status alone. */
export const childRunFilter = (filter: string): ((child: DagChildRun) => boolean) => {
  const terms = stepTermsOf(filter);
  return child => terms.every(({key, values, isNot}) => values.some(value => holds(key, value, child)) !== isNot);
};

const holds = (key: string | undefined, typed: string, {name, status}: DagChildRun): boolean => {
  const value = typed.toLowerCase();
  const isNamedSo = name.toLowerCase().includes(value);
  const word = status?.statusWord.toLowerCase() ?? 'waiting';
  switch (key) {
    case 'status':
      return word.startsWith(value);

    case 'name':
      return isNamedSo;

    case undefined:
      return isNamedSo || (statusWords.has(value) && word === value);

    default:
      return false;
  }
};
