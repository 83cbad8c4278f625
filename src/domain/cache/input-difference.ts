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
export const findInputDifferences = (then: StepDetail, now: StepDetail): readonly InputDifference[] => {
  const [before, after] = [groupByName(then.attempt.inputs ?? []), groupByName(now.attempt.inputs ?? [])];
  const ignored = new Set([...getCachePolicy(then).ignoredInputs, ...getCachePolicy(now).ignoredInputs]);
  return [...new Set([...after.keys(), ...before.keys()])]
    .filter(name => !ignored.has(name))
    .flatMap(name => {
      const [from, to] = [before.get(name) ?? [], after.get(name) ?? []];
      return Array.from({length: Math.max(from.length, to.length)}, (_, index) =>
        findDifferenceAt(index, {name, from: from[index], to: to[index], then, now}),
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
  readonly then: StepDetail;
  readonly now: StepDetail;
};

const findDifferenceAt = (index: number, {name, from, to, then, now}: InputPair): InputDifference | undefined => {
  if (from === undefined || to === undefined || !hasSameIdentity(from, to, then, now)) {
    return {kind: 'input', name, from: from?.artifact, to: to?.artifact, writer: findWriter(name, index, now)};
  }

  const [before, after] = [getChunk(from), getChunk(to)];
  return before?.index === after?.index && before?.size === after?.size
    ? undefined
    : {kind: 'chunk', name, from: before, to: after};
};

/** By either policy, so that a change of the policy alone does not count as a change of the input. */
const hasSameIdentity = (from: StepInput, to: StepInput, then: StepDetail, now: StepDetail): boolean =>
  from.artifact.id === to.artifact.id ||
  getInputIdentity(from, getCachePolicy(now)) === getInputIdentity(to, getCachePolicy(now)) ||
  getInputIdentity(from, getCachePolicy(then)) === getInputIdentity(to, getCachePolicy(then));

const findWriter = (name: string, index: number, {spec}: StepDetail): string | undefined => {
  const sameNamed = spec.inputs.filter(input => input.name === name);
  return (sameNamed[index] ?? sameNamed[0])?.writer;
};

/** The default size is 1. */
const getChunk = ({chunkIndex, chunkSize}: StepInput): InputChunk | undefined =>
  chunkIndex === undefined ? undefined : {index: chunkIndex, size: chunkSize ?? 1};
