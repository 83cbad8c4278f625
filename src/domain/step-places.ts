import {memoize} from './memoize.js';
import {getPhase, isFinished, type StepStatus} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {type StepTable, stepsPerChunk} from './step-table.js';

/** Kinds of steps to find; a step without a step run is of no kind. `failing` includes steps that will be retried. */
export type StepKind = 'active' | 'failed' | 'failing' | 'unfinished';

const createPlaceFinder = (isMatch: (status: StepStatus) => boolean) =>
  memoize((chunk: readonly Step[]): readonly number[] =>
    chunk.flatMap((step, place) => {
      const attempt = findLatestAttempt(step);
      return attempt !== undefined && isMatch(attempt.status) ? [place] : [];
    }),
  );

/** Each chunk is searched once per kind, even if several tables share it. */
const placeFinderByKind: Readonly<Record<StepKind, (chunk: readonly Step[]) => readonly number[]>> = {
  active: createPlaceFinder(status => getPhase(status) === 'active'),
  failed: createPlaceFinder(status => getPhase(status) === 'failed'),
  failing: createPlaceFinder(status => status === 'failed' || status === 'retrying'),
  unfinished: createPlaceFinder(status => !isFinished(status)),
};

/** The places of the steps of this kind in the table, ascending. */
export const findStepPlaces = ({chunks}: StepTable, kind: StepKind): readonly number[] =>
  chunks.flatMap((chunk, at) => placeFinderByKind[kind](chunk).map(place => at * stepsPerChunk + place));

export const findFirstStepPlace = ({chunks}: StepTable, kind: StepKind): number | undefined => {
  for (const [at, chunk] of chunks.entries()) {
    const place = placeFinderByKind[kind](chunk)[0];
    if (place !== undefined) {
      return at * stepsPerChunk + place;
    }
  }

  return undefined;
};
