import {asksForSlow, stepFilter, stepTermsOf} from '../../domain/filter/step-filter.js';
import type {Instant} from '../../domain/instant.js';
import {elapsedMs} from '../../domain/instant.js';
import {remembered, rememberedLast} from '../../domain/remembered.js';
import {isSlow} from '../../domain/slowness.js';
import {phaseOf} from '../../domain/status.js';
import {type Step, stepStatus} from '../../domain/step.js';
import {placesOf} from '../../domain/step-places.js';
import {chunkSize, type StepTable, type Structure} from '../../domain/step-table.js';
import {type Earlier, earlierStepOf} from '../earlier.js';
import type {Watch} from '../watch.js';

/** What of a chunk is let through, by its places in it. */
export type ChunkTest = (chunk: readonly Step[]) => readonly number[];

/**
 * What is let through of the list. The same function as long as it would say the same of a step, so that chunks that did
 * not change are not looked through again.
 */
export const chunkTest = ({list, table, earlier, overAt}: Watch): ChunkTest => {
  const {filter, isHidingDone, asOf} = list.arrangement;
  const isRunOver = overAt !== undefined;
  return asksForSlow(stepTermsOf(filter))
    ? testOf(filter, isHidingDone, isRunOver, table.structure, table, asOf, earlier)
    : testOf(filter, isHidingDone, isRunOver, table.structure, undefined, 0, undefined);
};

const testOf = rememberedLast(
  (
    filter: string,
    isHidingDone: boolean,
    isRunOver: boolean,
    {indexByName}: Structure,
    table: StepTable | undefined,
    asOf: Instant,
    earlier: Earlier | undefined,
  ): ChunkTest => {
    const isWanted = stepFilter(stepTermsOf(filter), {
      isRunOver,
      names: () => indexByName.keys(),
      isSlow: step => table !== undefined && isSlow(step, table, asOf, earlier && earlierMs(earlier, step.name)),
    });
    const isShown = (step: Step): boolean =>
      !(isHidingDone && phaseOf(stepStatus(step, isRunOver)) === 'succeeded') && isWanted(step);
    return remembered(chunk => chunk.flatMap((step, place) => (isShown(step) ? [place] : [])));
  },
);

const earlierMs = (earlier: Earlier, name: string): number | undefined => {
  const attempt = earlierStepOf({earlier}, name)?.detail.attempt;
  return attempt?.endedAt === undefined ? undefined : elapsedMs(attempt, attempt.endedAt);
};

/** Places in the table of the steps that are let through, ascending. */
export const shownPlaces = rememberedLast((table: StepTable, test: ChunkTest): readonly number[] => {
  const places: number[] = [];
  for (const [at, chunk] of table.chunks.entries()) {
    for (const place of test(chunk)) {
      places.push(at * chunkSize + place);
    }
  }

  return places;
});

/** Whether what is shown, or its order, changes while time goes by. */
export const isTimed = ({list, table}: Watch): boolean => {
  const {order, filter} = list.arrangement;
  const isAsked = order === 'duration' || (filter !== '' && asksForSlow(stepTermsOf(filter)));
  return isAsked && placesOf(table, 'unfinished').length > 0;
};
