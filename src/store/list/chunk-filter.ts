import {createStepFilter, hasSlowTerm, parseStepTerms} from '../../domain/filter/step-filter.js';
import type {Instant} from '../../domain/instant.js';
import {getElapsedMs} from '../../domain/instant.js';
import {memoize, memoizeLast} from '../../domain/memoize.js';
import {isSlow} from '../../domain/slowness.js';
import {getPhase} from '../../domain/status.js';
import {getStepStatus, type Step} from '../../domain/step.js';
import {findStepIndexes} from '../../domain/step-indexes.js';
import {type StepTable, stepsPerChunk, type TableStructure} from '../../domain/step-table.js';
import {findPreviousStep, type RunHistory} from '../history/history.js';
import type {OpenRun} from '../run/open-run.js';

/** Which steps of a chunk match, by their indexes in it. */
export type ChunkFilter = (chunk: readonly Step[]) => readonly number[];

/**
 * The filter of the list. It stays the same function for as long as it would give the same result, so that unchanged
 * chunks are not filtered again.
 */
export const getChunkFilter = ({list, table, history, overAt}: OpenRun): ChunkFilter => {
  const {filter, isHidingSuccessful, asOf} = list.arrangement;
  const isRunOver = overAt !== undefined;
  return hasSlowTerm(parseStepTerms(filter))
    ? createChunkFilter(filter, isHidingSuccessful, isRunOver, table.structure, table, asOf, history)
    : createChunkFilter(filter, isHidingSuccessful, isRunOver, table.structure, undefined, 0, undefined);
};

const createChunkFilter = memoizeLast(
  (
    filter: string,
    isHidingSuccessful: boolean,
    isRunOver: boolean,
    {indexByName}: TableStructure,
    table: StepTable | undefined,
    asOf: Instant,
    history: RunHistory | undefined,
  ): ChunkFilter => {
    const isWanted = createStepFilter(parseStepTerms(filter), {
      isRunOver,
      listNames: () => indexByName.keys(),
      isSlow: step =>
        table !== undefined && isSlow(step, table, asOf, history && findPreviousDurationMs(history, step.name)),
    });
    const isShown = (step: Step): boolean =>
      !(isHidingSuccessful && getPhase(getStepStatus(step, isRunOver)) === 'succeeded') && isWanted(step);
    return memoize(chunk => chunk.flatMap((step, index) => (isShown(step) ? [index] : [])));
  },
);

const findPreviousDurationMs = (history: RunHistory, name: string): number | undefined => {
  const attempt = findPreviousStep({history}, name)?.detail.attempt;
  return attempt?.endedAt === undefined ? undefined : getElapsedMs(attempt, attempt.endedAt);
};

/** Indexes in the table of the matching steps, ascending. */
export const getShownIndexes = memoizeLast((table: StepTable, test: ChunkFilter): readonly number[] => {
  const indexes: number[] = [];
  for (const [chunkIndex, chunk] of table.chunks.entries()) {
    for (const index of test(chunk)) {
      indexes.push(chunkIndex * stepsPerChunk + index);
    }
  }

  return indexes;
});

/** Whether the passing of time alone changes which rows are visible, or their order. */
export const isTimeDependent = ({list, table}: OpenRun): boolean => {
  const {order, filter} = list.arrangement;
  const isTimed = order === 'duration' || (filter !== '' && hasSlowTerm(parseStepTerms(filter)));
  return isTimed && findStepIndexes(table, 'unfinished').length > 0;
};
