import type {ArtifactVersionId} from './ids.js';
import {findLatestAttempt} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** Who writes and who reads what, by the rows of a run's steps. Names in the pipeline's order. */
export type ArtifactGraph = {
  readonly writersById: ReadonlyMap<ArtifactVersionId, string>;
  readonly readersById: ReadonlyMap<ArtifactVersionId, readonly string[]>;
  /** Steps that nothing has been told of yet but what they wait for, by the step they wait for. */
  readonly waitingByName: ReadonlyMap<string, readonly string[]>;
};

const graphByTable = new WeakMap<StepTable, ArtifactGraph>();

/** Found out once for each table. */
export const getArtifactGraph = (table: StepTable): ArtifactGraph => {
  const graph = graphByTable.get(table) ?? buildArtifactGraph(table);
  graphByTable.set(table, graph);
  return graph;
};

const buildArtifactGraph = (table: StepTable): ArtifactGraph => {
  const writersById = new Map<ArtifactVersionId, string>();
  const readersById = new Map<ArtifactVersionId, string[]>();
  const waitingByName = new Map<string, string[]>();
  for (const step of iterateSteps(table)) {
    const attempt = findLatestAttempt(step);
    for (const {artifact} of attempt?.outputs ?? []) {
      writersById.set(artifact.id, step.name);
    }

    for (const id of new Set(attempt?.inputs?.map(({artifact}) => artifact.id))) {
      addToList(readersById, id, step.name);
    }

    for (const name of attempt?.inputs === undefined ? step.upstream : []) {
      addToList(waitingByName, name, step.name);
    }
  }

  return {writersById, readersById, waitingByName};
};

const addToList = <K>(lists: Map<K, string[]>, key: K, name: string): void => {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [name]);
  } else {
    list.push(name);
  }
};
