import type {ArtifactVersion, StepInput} from '../artifact.js';
import type {StepDetail} from '../attempt.js';
import {getCachePolicy, getInputIdentity} from './identity.js';

/** The chunk of an input that a mapped step reads. */
export type InputChunk = {readonly index: number; readonly size: number};

export type InputDifference =
  | {
      readonly kind: 'input';
      readonly name: string;
      /** `undefined` if there was or is no such input. */
      readonly from: ArtifactVersion | undefined;
      readonly to: ArtifactVersion | undefined;
      /** The step of this run that wrote the current input. */
      readonly writer: string | undefined;
    }
  /** Another chunk of the same input, or another chunk size; `undefined` if the whole input was or is read. */
  | {
      readonly kind: 'chunk';
      readonly name: string;
      readonly from: InputChunk | undefined;
      readonly to: InputChunk | undefined;
    };

/** The inputs that differ, without those that either cache policy ignores. */
export const findInputDifferences = (before: StepDetail, after: StepDetail): readonly InputDifference[] => {
  const inputsBefore = groupByName(before.attempt.inputs ?? []);
  const inputsAfter = groupByName(after.attempt.inputs ?? []);
  const ignored = new Set([...getCachePolicy(before).ignoredInputs, ...getCachePolicy(after).ignoredInputs]);
  return [...new Set([...inputsAfter.keys(), ...inputsBefore.keys()])]
    .filter(name => !ignored.has(name))
    .flatMap(name => {
      const [from, to] = [inputsBefore.get(name) ?? [], inputsAfter.get(name) ?? []];
      return Array.from({length: Math.max(from.length, to.length)}, (_, index) =>
        findDifferenceAt(index, {name, from: from[index], to: to[index], before, after}),
      ).flatMap(difference => difference ?? []);
    });
};

const groupByName = (inputs: readonly StepInput[]): ReadonlyMap<string, readonly StepInput[]> => {
  const inputsByName = new Map<string, StepInput[]>();
  for (const input of inputs) {
    const list = inputsByName.get(input.name);
    if (list === undefined) {
      inputsByName.set(input.name, [input]);
    } else {
      list.push(input);
    }
  }

  return inputsByName;
};

type InputPair = {
  readonly name: string;
  readonly from: StepInput | undefined;
  readonly to: StepInput | undefined;
  readonly before: StepDetail;
  readonly after: StepDetail;
};

const findDifferenceAt = (index: number, {name, from, to, before, after}: InputPair): InputDifference | undefined => {
  if (from === undefined || to === undefined || !hasSameIdentity(from, to, before, after)) {
    return {kind: 'input', name, from: from?.artifact, to: to?.artifact, writer: findWriter(name, index, after)};
  }

  const [chunkBefore, chunkAfter] = [getChunk(from), getChunk(to)];
  return chunkBefore?.index === chunkAfter?.index && chunkBefore?.size === chunkAfter?.size
    ? undefined
    : {kind: 'chunk', name, from: chunkBefore, to: chunkAfter};
};

/** By either policy, so that a change of the policy alone does not count as a change of the input. */
const hasSameIdentity = (from: StepInput, to: StepInput, before: StepDetail, after: StepDetail): boolean =>
  from.artifact.id === to.artifact.id ||
  getInputIdentity(from, getCachePolicy(after)) === getInputIdentity(to, getCachePolicy(after)) ||
  getInputIdentity(from, getCachePolicy(before)) === getInputIdentity(to, getCachePolicy(before));

const findWriter = (name: string, index: number, {spec}: StepDetail): string | undefined => {
  const sameNamed = spec.inputs.filter(input => input.name === name);
  return (sameNamed[index] ?? sameNamed[0])?.writer;
};

/** The default size is 1. */
const getChunk = ({chunkIndex, chunkSize}: StepInput): InputChunk | undefined =>
  chunkIndex === undefined ? undefined : {index: chunkIndex, size: chunkSize ?? 1};
