import {isEqual} from './equality.js';
import type {Json, JsonRecord} from './json.js';
import type {Run} from './run.js';

/** Something that differs between two runs; `undefined` where a run does not have it. */
export type RunDifference = {
  readonly what: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

/** What changed from one run to another: parameters, stack, code, and the versions of ZenML and Python. */
export const compareRunSetups = (before: Run, after: Run): readonly RunDifference[] => [
  ...compareParameters(before.config?.parameters ?? {}, after.config?.parameters ?? {}),
  ...(before.config === undefined || after.config === undefined
    ? []
    : [
        compareValue('stack', before.stack?.name, after.stack?.name),
        compareValue('commit', before.context?.code?.commit, after.context?.code?.commit),
        compareValue('ZenML', getVersion(before, 'zenml_version'), getVersion(after, 'zenml_version')),
        compareValue('Python', getVersion(before, 'python_version'), getVersion(after, 'python_version')),
      ].flatMap(change => change ?? [])),
];

const compareParameters = (before: JsonRecord, after: JsonRecord): readonly RunDifference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(
    name => compareValue(name, before[name], after[name]) ?? [],
  );

const compareValue = (what: string, before: Json | undefined, after: Json | undefined): RunDifference | undefined =>
  isEqual(before, after) ? undefined : {what, before, after};

const getVersion = (run: Run, key: string): Json | undefined => run.context?.clientEnvironment[key];

/** The newest of these runs, newest first, that completed. */
export const findLastGoodRun = (runs: readonly Run[]): Run | undefined =>
  runs.find(({status}) => status === 'completed');
