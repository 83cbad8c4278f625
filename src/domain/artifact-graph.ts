import type {ArtifactVersionId} from './ids.js';
import {memoize} from './memoize.js';
import {findLatestAttempt} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** Which steps of a run write and read which artifact versions. Step names are in the order of the pipeline. */
export type ArtifactGraph = {
  readonly writersById: ReadonlyMap<ArtifactVersionId, string>;
  readonly readersById: ReadonlyMap<ArtifactVersionId, readonly string[]>;
  /** The steps whose inputs are not known yet, by the name of each step directly upstream of them. */
  readonly possibleReadersByName: ReadonlyMap<string, readonly string[]>;
};

/** The artifact graph of the steps in the table; computed once per table. */
export const getArtifactGraph = memoize((table: StepTable): ArtifactGraph => {
  const writersById = new Map<ArtifactVersionId, string>();
  const readersById = new Map<ArtifactVersionId, string[]>();
  const possibleReadersByName = new Map<string, string[]>();
  for (const step of iterateSteps(table)) {
    const attempt = findLatestAttempt(step);
    for (const {artifact} of attempt?.outputs ?? []) {
      writersById.set(artifact.id, step.name);
    }

    for (const id of new Set(attempt?.inputs?.map(({artifact}) => artifact.id))) {
      addToList(readersById, id, step.name);
    }

    for (const name of attempt?.inputs === undefined ? step.upstream : []) {
      addToList(possibleReadersByName, name, step.name);
    }
  }

  return {writersById, readersById, possibleReadersByName};
});

const addToList = <K>(lists: Map<K, string[]>, key: K, name: string): void => {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [name]);
  } else {
    list.push(name);
  }
};
