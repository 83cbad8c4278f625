import {memoize} from './memoize.js';
import {getPhase, isFinished, type StepStatus} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {type StepTable, stepsPerChunk} from './step-table.js';

/** What steps are looked for by; a step that has no step run is none of these. `failing`: another attempt may follow. */
export type StepKind = 'active' | 'failed' | 'failing' | 'unfinished';

const createPlaceFinder = (isWanted: (status: StepStatus) => boolean) =>
  memoize((chunk: readonly Step[]): readonly number[] =>
    chunk.flatMap((step, place) => {
      const attempt = findLatestAttempt(step);
      return attempt !== undefined && isWanted(attempt.status) ? [place] : [];
    }),
  );

/** A chunk is looked through once for each kind, whatever tables it is part of. */
const placeFinderByKind: Readonly<Record<StepKind, (chunk: readonly Step[]) => readonly number[]>> = {
  active: createPlaceFinder(status => getPhase(status) === 'active'),
  failed: createPlaceFinder(status => getPhase(status) === 'failed'),
  failing: createPlaceFinder(status => status === 'failed' || status === 'retrying'),
  unfinished: createPlaceFinder(status => !isFinished(status)),
};

/** Places in the table of the steps of this kind, ascending. */
export const findStepPlaces = ({chunks}: StepTable, kind: StepKind): readonly number[] =>
  chunks.flatMap((chunk, at) => placeFinderByKind[kind](chunk).map(place => at * stepsPerChunk + place));

/** The first of these places. */
export const findFirstStepPlace = ({chunks}: StepTable, kind: StepKind): number | undefined => {
  for (const [at, chunk] of chunks.entries()) {
    const place = placeFinderByKind[kind](chunk)[0];
    if (place !== undefined) {
      return at * stepsPerChunk + place;
    }
  }

  return undefined;
};
