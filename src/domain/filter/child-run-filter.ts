import type {DagChildRun} from '../dag.js';
import {foldCase} from '../fold-case.js';
import {parseStepTerms, stepStatuses} from './step-filter.js';

const statusWords: ReadonlySet<string> = new Set(stepStatuses);

/** Returns a test for whether a child run in the list of steps passes the filter. Child runs have only names and a status. */
export const createChildRunFilter = (filter: string): ((child: DagChildRun) => boolean) => {
  const terms = parseStepTerms(filter);
  return child =>
    terms.every(({key, values, isNegated}) => values.some(value => isMatch(key, value, child)) !== isNegated);
};

const isMatch = (key: string | undefined, typed: string, {name, title = '', status}: DagChildRun): boolean => {
  const value = foldCase(typed);
  const hasName = [name, title].some(each => foldCase(each).includes(value));
  const word = status?.statusWord.toLowerCase() ?? 'waiting';
  switch (key) {
    case 'status':
      return word.startsWith(value);

    case 'name':
      return hasName;

    case undefined:
      return hasName || (statusWords.has(value) && word === value);

    default:
      return false;
  }
};
