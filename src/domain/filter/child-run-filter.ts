import type {DagChildRun} from '../dag.js';
import {parseStepTerms, stepStatuses} from './step-filter.js';

const statusWords: ReadonlySet<string> = new Set(stepStatuses);

/** Tells whether a run that the open one has started is to be shown by a filter of its steps: by name and status alone. */
export const createChildRunFilter = (filter: string): ((child: DagChildRun) => boolean) => {
  const terms = parseStepTerms(filter);
  return child => terms.every(({key, values, isNot}) => values.some(value => isMatch(key, value, child)) !== isNot);
};

const isMatch = (key: string | undefined, typed: string, {name, status}: DagChildRun): boolean => {
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
