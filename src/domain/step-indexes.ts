import {memoize} from './memoize.js';
import {getPhase, isFinished, type StepStatus} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {type StepTable, stepsPerChunk} from './step-table.js';

/** Kinds of steps to find; a step without a step run is of no kind. `failing` includes steps that will be retried. */
export type StepKind = 'active' | 'failed' | 'failing' | 'unfinished';

const createIndexFinder = (isMatch: (status: StepStatus) => boolean) =>
  memoize((chunk: readonly Step[]): readonly number[] =>
    chunk.flatMap((step, index) => {
      const attempt = findLatestAttempt(step);
      return attempt !== undefined && isMatch(attempt.status) ? [index] : [];
    }),
  );

/** Each chunk is searched once per kind, even if several tables share it. */
const indexFinderByKind: Readonly<Record<StepKind, (chunk: readonly Step[]) => readonly number[]>> = {
  active: createIndexFinder(status => getPhase(status) === 'active'),
  failed: createIndexFinder(status => getPhase(status) === 'failed'),
  failing: createIndexFinder(status => status === 'failed' || status === 'retrying'),
  unfinished: createIndexFinder(status => !isFinished(status)),
};

/** The indexes of the steps of this kind in the table, ascending. */
export const findStepIndexes = ({chunks}: StepTable, kind: StepKind): readonly number[] =>
  chunks.flatMap((chunk, chunkIndex) =>
    indexFinderByKind[kind](chunk).map(index => chunkIndex * stepsPerChunk + index),
  );

/** The index of the first step of this kind in the table; `undefined` if there is none. */
export const findFirstStepIndex = ({chunks}: StepTable, kind: StepKind): number | undefined => {
  for (const [chunkIndex, chunk] of chunks.entries()) {
    const index = indexFinderByKind[kind](chunk)[0];
    if (index !== undefined) {
      return chunkIndex * stepsPerChunk + index;
    }
  }

  return undefined;
};
