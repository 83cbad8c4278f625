import {isEqual} from './equality.js';
import {getOwn, type Json, type JsonRecord} from './json.js';
import type {Run} from './run.js';

/**
 * A part of the setup that differs between two runs: the name of the parameter, or `stack`, `commit`, `ZenML` or `Python`; and its
 * value in each of them, `undefined` where a run has none.
 */
export type RunDifference = {
  readonly what: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

/**
 * What differs between what two runs were started with: their parameters, then the stack, the commit, and the versions of ZenML and
 * Python on the machine that started them. Nothing if the configuration of one of them is unknown, as in a response that is not
 * hydrated.
 */
export const compareRunSetups = (before: Run, after: Run): readonly RunDifference[] => {
  if (before.config === undefined || after.config === undefined) {
    return [];
  }

  return [
    ...compareParameters(before.config.parameters, after.config.parameters),
    ...[
      compareValue('stack', before.stack?.name, after.stack?.name),
      compareValue('commit', before.context?.code?.commit, after.context?.code?.commit),
      compareValue('ZenML', getVersion(before, 'zenml_version'), getVersion(after, 'zenml_version')),
      compareValue('Python', getVersion(before, 'python_version'), getVersion(after, 'python_version')),
    ].flatMap(difference => difference ?? []),
  ];
};

const compareParameters = (before: JsonRecord, after: JsonRecord): readonly RunDifference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(
    name => compareValue(name, getOwn(before, name), getOwn(after, name)) ?? [],
  );

const compareValue = (what: string, before: Json | undefined, after: Json | undefined): RunDifference | undefined =>
  isEqual(before, after) ? undefined : {what, before, after};

const getVersion = (run: Run, key: string): Json | undefined => run.context?.clientEnvironment[key];

/** The newest of these runs that completed; `runs` are sorted newest first. */
export const findLastGoodRun = (runs: readonly Run[]): Run | undefined =>
  runs.find(({status}) => status === 'completed');
