import type {ArtifactVersion, StepInput} from '../artifact.js';
import type {StepDetail} from '../attempt.js';
import {identityOf, policyOf} from './identity.js';

/** Which piece of an input is read. */
export type Piece = {readonly index: number; readonly size: number};

export type InputDifference =
  | {
      readonly kind: 'input';
      readonly name: string;
      /** `undefined`: there was or is no such input. */
      readonly from: ArtifactVersion | undefined;
      readonly to: ArtifactVersion | undefined;
      /** The step of this run that wrote what is read now. */
      readonly writer: string | undefined;
    }
  /** Another piece of the same input is read, or it is cut into other pieces. `undefined`: it was or is read whole. */
  | {readonly kind: 'chunk'; readonly name: string; readonly from: Piece | undefined; readonly to: Piece | undefined};

/** What differs in what the step reads; inputs that either policy ignores are left out. */
export const inputDifferences = (then: StepDetail, now: StepDetail): readonly InputDifference[] => {
  const [before, after] = [byName(then.attempt.inputs ?? []), byName(now.attempt.inputs ?? [])];
  const ignored = new Set([...policyOf(then).ignoredInputs, ...policyOf(now).ignoredInputs]);
  return [...new Set([...after.keys(), ...before.keys()])]
    .filter(name => !ignored.has(name))
    .flatMap(name => {
      const [from, to] = [before.get(name) ?? [], after.get(name) ?? []];
      return Array.from({length: Math.max(from.length, to.length)}, (_, place) =>
        differenceAt(place, {name, from: from[place], to: to[place], then, now}),
      ).flatMap(difference => difference ?? []);
    });
};

const byName = (inputs: readonly StepInput[]): ReadonlyMap<string, readonly StepInput[]> => {
  const lists = new Map<string, StepInput[]>();
  for (const input of inputs) {
    const list = lists.get(input.name);
    if (list === undefined) {
      lists.set(input.name, [input]);
    } else {
      list.push(input);
    }
  }

  return lists;
};

type Pair = {
  readonly name: string;
  readonly from: StepInput | undefined;
  readonly to: StepInput | undefined;
  readonly then: StepDetail;
  readonly now: StepDetail;
};

const differenceAt = (place: number, {name, from, to, then, now}: Pair): InputDifference | undefined => {
  if (from === undefined || to === undefined || !isSameFor(from, to, then, now)) {
    return {kind: 'input', name, from: from?.artifact, to: to?.artifact, writer: writerOf(name, place, now)};
  }

  const [before, after] = [pieceOf(from), pieceOf(to)];
  return before?.index === after?.index && before?.size === after?.size
    ? undefined
    : {kind: 'chunk', name, from: before, to: after};
};

/** Where the two policies make different things of the same artifact, that is the policy's doing and not the input's. */
const isSameFor = (from: StepInput, to: StepInput, then: StepDetail, now: StepDetail): boolean =>
  from.artifact.id === to.artifact.id ||
  identityOf(from, policyOf(now)) === identityOf(to, policyOf(now)) ||
  identityOf(from, policyOf(then)) === identityOf(to, policyOf(then));

const writerOf = (name: string, place: number, {spec}: StepDetail): string | undefined => {
  const writers = spec.inputs.filter(input => input.name === name);
  return (writers[place] ?? writers[0])?.stepName;
};

/** A size that is not told counts as one. */
const pieceOf = ({chunkIndex, chunkSize}: StepInput): Piece | undefined =>
  chunkIndex === undefined ? undefined : {index: chunkIndex, size: chunkSize ?? 1};
