import type {StepDetail} from '../attempt.js';
import type {Json, JsonRecord} from '../json.js';
import {isSame} from '../same.js';
import {policyOf, stepSource} from './identity.js';
import {type InputDifference, inputDifferences} from './input-difference.js';
import {type PolicyChange, policyChanges} from './policy-change.js';

/** What something was and what it is; `undefined`: there was or is no such thing. */
type Changed<T> = {readonly from: T | undefined; readonly to: T | undefined};

/** One thing that takes part in the cache key and is not what it was; in the order in which the key is made of them. */
export type Difference =
  | ({readonly kind: 'artifact store'} & Changed<string>)
  | ({readonly kind: 'source'} & Changed<string>)
  | ({readonly kind: 'parameter'; readonly name: string} & Changed<Json>)
  | InputDifference
  /** The materializers that may write an output, by import path. */
  | ({readonly kind: 'output'; readonly name: string} & Changed<readonly string[]>)
  /** The hash of the step's source. */
  | ({readonly kind: 'code'} & Changed<Json>)
  | ({readonly kind: 'materializer code'; readonly output: string} & Changed<Json>)
  /** What else somebody has put among the `caching_parameters`. */
  | ({readonly kind: 'caching parameter'; readonly name: string} & Changed<Json>)
  /** Without the values: what people put there is often meant for nobody's eyes. */
  | {readonly kind: 'environment'; readonly name: string; readonly change: 'new' | 'changed' | 'gone'}
  | {readonly kind: 'secrets'; readonly added: readonly string[]; readonly removed: readonly string[]}
  | {readonly kind: 'policy'; readonly change: PolicyChange};

/**
 * What differs between two attempts of a step of what ZenML's client makes the cache key of, as far as the server tells.
 * The contents of files, the code of other functions and the result of a cache function are in no answer; nor is where
 * the artifact store lies, but for its id in the outputs.
 */
export const differencesBetween = (then: StepDetail, now: StepDetail): readonly Difference[] => [
  ...storeDifference(then, now),
  ...(then.spec.source === now.spec.source
    ? []
    : [{kind: 'source', from: then.spec.source, to: now.spec.source} as const]),
  ...parameterDifferences(then, now),
  ...inputDifferences(then, now),
  ...changesOf(then.config.outputMaterializers, now.config.outputMaterializers).map(
    change => ({kind: 'output', ...change}) as const,
  ),
  ...codeDifferences(then, now),
  ...changesOf(then.config.environment, now.config.environment).map(
    ({name, from, to}) =>
      ({
        kind: 'environment',
        name,
        change: from === undefined ? 'new' : to === undefined ? 'gone' : 'changed',
      }) as const,
  ),
  ...secretsDifference(then.config.secretNames, now.config.secretNames),
  ...policyChanges(then, now).map(change => ({kind: 'policy', change}) as const),
];

type Change<T> = {readonly name: string} & Changed<T>;

/** The entries that differ, by name. The key is made of them as Python writes them, where the order within counts. */
const changesOf = <T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): readonly Change<T>[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map(name => ({name, from: own(before, name), to: own(after, name)}))
    .filter(({from, to}) => JSON.stringify(from) !== JSON.stringify(to));

/** A parameter may be called `toString`. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Only outputs tell in which store they lie: of a step that has none yet nothing is known. */
export const storeOf = ({attempt}: StepDetail): string | undefined => attempt.outputs?.[0]?.artifact.artifactStoreId;

const storeDifference = (then: StepDetail, now: StepDetail): readonly Difference[] => {
  const [from, to] = [storeOf(then), storeOf(now)];
  return from === undefined || to === undefined || from === to ? [] : [{kind: 'artifact store', from, to}];
};

const parameterDifferences = (then: StepDetail, now: StepDetail): readonly Difference[] =>
  policyOf(then).includesStepParameters && policyOf(now).includesStepParameters
    ? changesOf<Json>(then.config.parameters, now.config.parameters).map(change => ({kind: 'parameter', ...change}))
    : [];

const materializerSuffix = '_materializer_source';

const codeDifferences = (then: StepDetail, now: StepDetail): readonly Difference[] => {
  const countsCode = policyOf(then).includesStepCode && policyOf(now).includesStepCode;
  const [before, after]: readonly [JsonRecord, JsonRecord] = [
    then.config.cachingParameters,
    now.config.cachingParameters,
  ];
  return changesOf<Json>(before, after)
    .filter(({name}) => countsCode || name !== stepSource)
    .map(({name, from, to}): Difference => {
      if (name === stepSource) {
        return {kind: 'code', from, to};
      }

      return name.endsWith(materializerSuffix)
        ? {kind: 'materializer code', output: name.slice(0, -materializerSuffix.length), from, to}
        : {kind: 'caching parameter', name, from, to};
    });
};

const secretsDifference = (before: readonly string[], after: readonly string[]): readonly Difference[] => {
  const [added, removed] = [except(after, before), except(before, after)];
  return isSame(added, []) && isSame(removed, []) ? [] : [{kind: 'secrets', added, removed}];
};

const except = (names: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set(names)].filter(name => !others.includes(name)).sort();
