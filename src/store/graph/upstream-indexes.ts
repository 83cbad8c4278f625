import type {AdjacencyLists} from '../../domain/graph/adjacency-lists.js';
import {memoize} from '../../domain/memoize.js';
import type {Step} from '../../domain/step.js';
import type {StepTable, TableStructure} from '../../domain/step-table.js';

const listChunkUpstream = memoize((chunk: readonly Step[]) => chunk.map(({upstream}) => upstream));

type Known = {
  readonly structure: TableStructure;
  readonly names: readonly (readonly string[])[];
  readonly indexes: AdjacencyLists;
};

let known: Known | undefined;

/**
 * The indexes of the steps that each step waits for. The same array for as long as steps and edges are the same, whatever
 * their statuses. Edges from steps that are not in the table are skipped.
 */
export const getUpstreamIndexes = memoize(({structure, chunks}: StepTable): AdjacencyLists => {
  const names = chunks.flatMap(listChunkUpstream);
  if (known?.structure !== structure || !isSameUpstream(known.names, names)) {
    const {indexByName} = structure;
    const indexes = names.map(upstream => upstream.flatMap(name => indexByName.get(name) ?? []));
    known = {structure, names, indexes};
  }

  return known.indexes;
});

const isSameUpstream = (one: Known['names'], other: Known['names']): boolean =>
  one.length === other.length && one.every((names, index) => isSameList(names, other[index] ?? []));

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((name, index) => name === other[index]));
