import type {StepDetail} from '../attempt.js';
import {isEqual} from '../equality.js';
import {getOwn, type Json} from '../json.js';
import {getCachePolicy, stepSourceKey} from './identity.js';
import {findInputDifferences, type InputDifference} from './input-difference.js';
import {findPolicyChanges, type PolicyChange} from './policy-change.js';

/** The value in the previous and in the current attempt; `undefined` if there is none. */
type ValueChange<T> = {readonly from: T | undefined; readonly to: T | undefined};

/** A part of the cache key that has changed; the kinds are in the order in which ZenML's client hashes the parts. */
export type Difference =
  | ({readonly kind: 'artifact store'} & ValueChange<string>)
  | ({readonly kind: 'source'} & ValueChange<string>)
  | ({readonly kind: 'parameter'; readonly name: string} & ValueChange<Json>)
  | InputDifference
  /** Import paths of the materializers that can write an output. */
  | ({readonly kind: 'output'; readonly name: string} & ValueChange<readonly string[]>)
  /** The hash of the step's source code. */
  | ({readonly kind: 'code'} & ValueChange<Json>)
  | ({readonly kind: 'materializer code'; readonly output: string} & ValueChange<Json>)
  /** Any other entry of `caching_parameters`. */
  | ({readonly kind: 'caching parameter'; readonly name: string} & ValueChange<Json>)
  /** Without the values, because environment variables often contain secrets. */
  | {readonly kind: 'environment'; readonly name: string; readonly change: 'new' | 'changed' | 'gone'}
  | {readonly kind: 'secrets'; readonly added: readonly string[]; readonly removed: readonly string[]}
  | {readonly kind: 'policy'; readonly change: PolicyChange};

/**
 * How two attempts of a step differ in the values that ZenML's client computes the cache key from. The server does not
 * report the contents of files, the code of other functions, the result of a cache function or the path of the artifact
 * store (only its ID, in the outputs).
 */
export const findDifferences = (before: StepDetail, after: StepDetail): readonly Difference[] => [
  ...findStoreDifference(before, after),
  ...(before.spec.source === after.spec.source
    ? []
    : [{kind: 'source', from: before.spec.source, to: after.spec.source} as const]),
  ...findParameterDifferences(before, after),
  ...findInputDifferences(before, after),
  ...findChanges(before.config.outputMaterializers, after.config.outputMaterializers).map(
    change => ({kind: 'output', ...change}) as const,
  ),
  ...findCodeDifferences(before, after),
  ...findChanges(before.config.environment, after.config.environment).map(
    ({name, from, to}) =>
      ({
        kind: 'environment',
        name,
        change: from === undefined ? 'new' : to === undefined ? 'gone' : 'changed',
      }) as const,
  ),
  ...findSecretsDifference(before.config.secretNames, after.config.secretNames),
  ...findPolicyChanges(before, after).map(change => ({kind: 'policy', change}) as const),
];

type NamedChange<T> = {readonly name: string} & ValueChange<T>;

/** The entries that differ, by name. The order of keys within a value counts, as in the string that Python hashes. */
const findChanges = <T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): readonly NamedChange<T>[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map(name => ({name, from: getOwn(before, name), to: getOwn(after, name)}))
    .filter(({from, to}) => JSON.stringify(from) !== JSON.stringify(to));

/** Only outputs refer to their artifact store, so it is unknown for a step without outputs. */
export const getStoreId = ({attempt}: StepDetail): string | undefined => attempt.outputs?.[0]?.artifact.artifactStoreId;

const findStoreDifference = (before: StepDetail, after: StepDetail): readonly Difference[] => {
  const [from, to] = [getStoreId(before), getStoreId(after)];
  return from === undefined || to === undefined || from === to ? [] : [{kind: 'artifact store', from, to}];
};

const findParameterDifferences = (before: StepDetail, after: StepDetail): readonly Difference[] =>
  getCachePolicy(before).includesStepParameters && getCachePolicy(after).includesStepParameters
    ? findChanges<Json>(before.config.parameters, after.config.parameters).map(change => ({
        kind: 'parameter',
        ...change,
      }))
    : [];

const materializerSuffix = '_materializer_source';

const findCodeDifferences = (before: StepDetail, after: StepDetail): readonly Difference[] => {
  const doesCodeCount = getCachePolicy(before).includesStepCode && getCachePolicy(after).includesStepCode;
  return findChanges<Json>(before.config.cachingParameters, after.config.cachingParameters)
    .filter(({name}) => doesCodeCount || name !== stepSourceKey)
    .map(({name, from, to}): Difference => {
      if (name === stepSourceKey) {
        return {kind: 'code', from, to};
      }

      return name.endsWith(materializerSuffix)
        ? {kind: 'materializer code', output: name.slice(0, -materializerSuffix.length), from, to}
        : {kind: 'caching parameter', name, from, to};
    });
};

const findSecretsDifference = (before: readonly string[], after: readonly string[]): readonly Difference[] => {
  const [added, removed] = [excludeNames(after, before), excludeNames(before, after)];
  return isEqual(added, []) && isEqual(removed, []) ? [] : [{kind: 'secrets', added, removed}];
};

const excludeNames = (names: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set(names)].filter(name => !others.includes(name)).sort();
