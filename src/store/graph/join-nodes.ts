import type {AdjacencyLists} from '../../domain/graph/adjacency-lists.js';
import type {TableStructure} from '../../domain/step-table.js';
import type {Row} from '../list/rows.js';
import type {JoinedEdges} from './joined-edges.js';

/**
 * A row that can have edges: a child run has some if a step reads its artifacts or a question precedes or follows it, a question if
 * anything precedes or follows it.
 */
export type NodeRow = Extract<Row, {readonly kind: 'step' | 'group' | 'run' | 'question'}>;

/** Where child runs belong in the order of the steps, by ID: right before the first step that reads what they wrote. */
export const findChildRunPlaces = (
  {childrenByReader}: JoinedEdges,
  {indexByName}: TableStructure,
): ReadonlyMap<string, number> => {
  const placeById = new Map<string, number>();
  for (const [reader, children] of childrenByReader) {
    const place = (indexByName.get(reader) ?? 0) - 0.5;
    for (const id of children) {
      placeById.set(id, Math.min(place, placeById.get(id) ?? place));
    }
  }

  return placeById;
};

/** The indexes of the steps that each step waits for, or reads from without waiting. */
export const addJoinedEdges = (
  upstreamByIndex: AdjacencyLists,
  {stepsByReader}: JoinedEdges,
  {indexByName}: TableStructure,
): AdjacencyLists => {
  if (stepsByReader.size === 0) {
    return upstreamByIndex;
  }

  const extended = [...upstreamByIndex];
  for (const [reader, writers] of stepsByReader) {
    const index = indexByName.get(reader);
    if (index !== undefined) {
      extended[index] = [...(extended[index] ?? []), ...writers.flatMap(name => indexByName.get(name) ?? [])];
    }
  }

  return extended;
};

/** The edges that are only known from artifacts, as `reader writer`, both as node numbers. */
export const listJoinedPairs = (
  {stepsByReader, childrenByReader}: JoinedEdges,
  nodes: readonly NodeRow[],
  nodeByIndex: ReadonlyMap<number, number>,
  {indexByName}: TableStructure,
): ReadonlySet<string> => {
  const nodeByChild = new Map(nodes.flatMap((row, node) => (row.kind === 'run' ? [[row.child.id ?? '', node]] : [])));
  const findNode = (name: string): number | undefined => nodeByIndex.get(indexByName.get(name) ?? -1);
  const pairs = new Set<string>();
  const addPairs = (reader: string, writers: readonly (number | undefined)[]): void => {
    const node = findNode(reader);
    for (const writer of writers) {
      if (node !== undefined && writer !== undefined) {
        pairs.add(`${node} ${writer}`);
      }
    }
  };
  for (const [reader, writers] of stepsByReader) {
    addPairs(reader, writers.map(findNode));
  }

  for (const [reader, children] of childrenByReader) {
    addPairs(
      reader,
      children.map(id => nodeByChild.get(id)),
    );
  }

  return pairs;
};

/** The nodes that each node follows, including the child runs that it reads from. */
export const addChildRuns = (
  sourcesByNode: AdjacencyLists,
  pairs: ReadonlySet<string>,
  nodes: readonly NodeRow[],
): AdjacencyLists => {
  if (!nodes.some(({kind}) => kind === 'run')) {
    return sourcesByNode;
  }

  const added = sourcesByNode.map(sources => [...sources]);
  for (const pair of pairs) {
    const [reader = -1, writer = -1] = pair.split(' ').map(Number);
    if (nodes[writer]?.kind === 'run') {
      added[reader]?.push(writer);
    }
  }

  return added;
};

/** The rows below each child run: its steps and its own child runs. */
export const listChildSteps = (listed: readonly Row[]): ReadonlyMap<Row, readonly Row[]> => {
  const rowsByChild = new Map<Row, Row[]>();
  let current: Row[] | undefined;
  for (const row of listed) {
    if (row.kind === 'run' && row.depth === 0) {
      current = [];
      rowsByChild.set(row, current);
    } else if (row.kind === 'run' || row.kind === 'child-step') {
      current?.push(row);
    }
  }

  return rowsByChild;
};
