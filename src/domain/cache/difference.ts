import type {ArtifactVersion, StepInput} from '../artifact.js';
import type {StepDetail} from '../attempt.js';
import type {Json, JsonRecord} from '../json.js';
import type {CachePolicy} from '../step-config.js';

/** One thing that takes part in the cache key and is not what it was; in the order in which the key is made of them. */
export type Difference =
  | {readonly kind: 'artifact store'; readonly from: string; readonly to: string}
  | {readonly kind: 'source'; readonly from: string | undefined; readonly to: string | undefined}
  /** `undefined`: there was or is no such parameter. */
  | {readonly kind: 'parameter'; readonly name: string; readonly from: Json | undefined; readonly to: Json | undefined}
  | {
      readonly kind: 'input';
      readonly name: string;
      readonly from: ArtifactVersion | undefined;
      readonly to: ArtifactVersion | undefined;
      /** The step of this run that wrote what is read now. */
      readonly writer: string | undefined;
    }
  /** The input is cut into other pieces, or another piece of it is read. */
  | {readonly kind: 'chunk'; readonly name: string}
  | {readonly kind: 'output'; readonly name: string}
  | {readonly kind: 'code'}
  | {readonly kind: 'materializer code'; readonly output: string}
  | {readonly kind: 'environment'; readonly name: string}
  | {readonly kind: 'secrets'}
  | {readonly kind: 'policy'};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What differs between two attempts of a step of what ZenML's client makes the cache key of, as far as the server tells.
 * The contents of files, the code of other functions and the result of a cache function are in no answer; nor is where
 * the artifact store lies, but for its id in the outputs.
 */
export const differencesBetween = (then: StepDetail, now: StepDetail): readonly Difference[] => {
  const policy = now.config.cachePolicy;
  return [
    ...storeDifference(then, now),
    ...(then.spec.source === now.spec.source
      ? []
      : [{kind: 'source', from: then.spec.source, to: now.spec.source} as const]),
    ...(policy?.includesStepParameters === false ? [] : parameterDifferences(then, now)),
    ...inputDifferences(then, now),
    ...namesOf(then.config.outputMaterializers, now.config.outputMaterializers)
      .filter(name => !same(then.config.outputMaterializers[name], now.config.outputMaterializers[name]))
      .map(name => ({kind: 'output', name}) as const),
    ...codeDifferences(then.config.cachingParameters, now.config.cachingParameters, policy),
    ...namesOf(then.config.environment, now.config.environment)
      .filter(name => !same(then.config.environment[name], now.config.environment[name]))
      .map(name => ({kind: 'environment', name}) as const),
    ...(same([...then.config.secretNames].sort(), [...now.config.secretNames].sort())
      ? []
      : [{kind: 'secrets'} as const]),
    ...(same(then.config.cachePolicy, now.config.cachePolicy) ? [] : [{kind: 'policy'} as const]),
  ];
};

const namesOf = (a: object, b: object): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

const storeOf = ({attempt}: StepDetail): string | undefined => attempt.outputs?.[0]?.artifact.artifactStoreId;

const storeDifference = (then: StepDetail, now: StepDetail): readonly Difference[] => {
  const [from, to] = [storeOf(then), storeOf(now)];
  return from === undefined || to === undefined || from === to ? [] : [{kind: 'artifact store', from, to}];
};

const parameterDifferences = (then: StepDetail, now: StepDetail): readonly Difference[] => {
  const [before, after] = [then.config.parameters, now.config.parameters];
  return namesOf(before, after)
    .filter(name => !same(before[name], after[name]))
    .map(name => ({kind: 'parameter', name, from: before[name], to: after[name]}));
};

const stepSource = 'step_source';
const materializerSuffix = '_materializer_source';

const codeDifferences = (then: JsonRecord, now: JsonRecord, policy: CachePolicy | undefined): readonly Difference[] =>
  namesOf(then, now)
    .filter(name => !same(then[name], now[name]) && !(name === stepSource && policy?.includesStepCode === false))
    .map(name =>
      name === stepSource ? {kind: 'code'} : {kind: 'materializer code', output: name.replace(materializerSuffix, '')},
    );

/** What of an input takes part in the key: its content where that has a hash, else which version it is. */
const identityOf = ({artifact}: StepInput, policy: CachePolicy | undefined): string | undefined => {
  if (artifact.contentHash !== undefined && policy?.includesArtifactValues !== false) {
    return artifact.contentHash;
  }

  return policy?.includesArtifactIds === false ? undefined : artifact.id;
};

const byName = (inputs: readonly StepInput[]): ReadonlyMap<string, readonly StepInput[]> => {
  const lists = new Map<string, StepInput[]>();
  for (const input of inputs) {
    lists.set(input.name, [...(lists.get(input.name) ?? []), input]);
  }

  return lists;
};

const inputDifferences = (then: StepDetail, now: StepDetail): readonly Difference[] => {
  const policy = now.config.cachePolicy;
  const [before, after] = [byName(then.attempt.inputs ?? []), byName(now.attempt.inputs ?? [])];
  const ignored = new Set(policy?.ignoredInputs);
  return [...new Set([...after.keys(), ...before.keys()])]
    .filter(name => !ignored.has(name))
    .flatMap(name => differencesOfInput(name, before.get(name) ?? [], after.get(name) ?? [], now));
};

const differencesOfInput = (
  name: string,
  before: readonly StepInput[],
  after: readonly StepInput[],
  now: StepDetail,
): readonly Difference[] => {
  const policy = now.config.cachePolicy;
  const writers = now.spec.inputs.filter(input => input.name === name);
  const differing = Array.from({length: Math.max(before.length, after.length)}, (_, at) => at).filter(at => {
    const [from, to] = [before[at], after[at]];
    return from === undefined || to === undefined || identityOf(from, policy) !== identityOf(to, policy);
  });
  if (differing.length > 0) {
    return differing.map(at => ({
      kind: 'input',
      name,
      from: before[at]?.artifact,
      to: after[at]?.artifact,
      writer: (writers[at] ?? writers[0])?.stepName,
    }));
  }

  const chunksOf = (inputs: readonly StepInput[]) => inputs.map(({chunkIndex, chunkSize}) => [chunkIndex, chunkSize]);
  return same(chunksOf(before), chunksOf(after)) ? [] : [{kind: 'chunk', name}];
};
