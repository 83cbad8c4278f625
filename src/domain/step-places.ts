import {remembered} from './remembered.js';
import {isFinished, phaseOf, type StepStatus} from './status.js';
import {latestAttempt, type Step} from './step.js';
import {chunkSize, type StepTable} from './step-table.js';

/** What steps are looked for by; a step that has no step run is none of these. `failing`: another attempt may follow. */
export type StepKind = 'active' | 'failed' | 'failing' | 'unfinished';

const placesWith = (isWanted: (status: StepStatus) => boolean) =>
  remembered((chunk: readonly Step[]): readonly number[] =>
    chunk.flatMap((step, place) => {
      const attempt = latestAttempt(step);
      return attempt !== undefined && isWanted(attempt.status) ? [place] : [];
    }),
  );

/** A chunk is looked through once for each kind, whatever tables it is part of. */
const placesInChunk: Readonly<Record<StepKind, (chunk: readonly Step[]) => readonly number[]>> = {
  active: placesWith(status => phaseOf(status) === 'active'),
  failed: placesWith(status => phaseOf(status) === 'failed'),
  failing: placesWith(status => status === 'failed' || status === 'retrying'),
  unfinished: placesWith(status => !isFinished(status)),
};

/** Places in the table of the steps of this kind, ascending. */
export const placesOf = ({chunks}: StepTable, kind: StepKind): readonly number[] =>
  chunks.flatMap((chunk, at) => placesInChunk[kind](chunk).map(place => at * chunkSize + place));

/** The first of these places. */
export const firstPlaceOf = ({chunks}: StepTable, kind: StepKind): number | undefined => {
  for (const [at, chunk] of chunks.entries()) {
    const place = placesInChunk[kind](chunk)[0];
    if (place !== undefined) {
      return at * chunkSize + place;
    }
  }

  return undefined;
};
