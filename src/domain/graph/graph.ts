import {type AdjacencyLists, invertEdges} from './adjacency-lists.js';
import {reduceTransitively} from './reduce-transitively.js';
import {sortByBranch} from './sort-by-branch.js';
import {sortTopologically} from './sort-topologically.js';

/** A graph in the order in which it is drawn. Nodes are identified by their rows, from 0. */
export type Graph = {
  /** The number of the node in the input, by row. Nodes without any edge come last. */
  readonly nodes: readonly number[];
  readonly rowByNode: readonly number[];
  /** The rows that each row follows directly, without edges that a longer path implies. */
  readonly upstreamByRow: AdjacencyLists;
  readonly downstreamByRow: AdjacencyLists;
  /** The number of rows with edges; they come first. */
  readonly connectedCount: number;
  /** How many edges were left out because they would close a cycle. */
  readonly cyclicEdgeCount: number;
};

/**
 * Builds the graph of nodes that are given in the server's order. With `branches`, each branch is finished before the next begins;
 * with `given`, the server's order is kept as far as the edges allow, so that a growing graph grows at its end. The edges of nodes
 * for which `isInferred` is true are guesses.
 */
export const buildGraph = (
  upstreamByNode: AdjacencyLists,
  arrangement: 'branches' | 'given',
  isInferred?: (node: number) => boolean,
): Graph => {
  const topological = sortTopologically(upstreamByNode);
  /** The node at a position in the topological order. */
  const getNode = (position: number): number => topological.order[position] ?? 0;
  const reduced = reduceTransitively(
    renumber(topological.upstreamByNode, topological.order).upstreamByPosition,
    isInferred && (position => isInferred(getNode(position))),
  );
  const positions = arrangement === 'branches' ? sortByBranch(reduced) : [...reduced.keys()];
  const positionsWithTargets = new Set(reduced.flat());
  const isConnected = (position: number): boolean =>
    positionsWithTargets.has(position) || (reduced[position]?.length ?? 0) > 0;
  const connected = positions.filter(isConnected).map(getNode);
  // Nodes without edges can keep the server's order, whatever the order of the others.
  const alone = positions.filter(position => !isConnected(position)).map(getNode);
  const nodes = [...connected, ...alone.sort((one, other) => one - other)];
  const reducedByNode: (readonly number[])[] = [];
  reduced.forEach((sources, position) => {
    reducedByNode[getNode(position)] = sources.map(getNode);
  });
  const {positionByNode: rowByNode, upstreamByPosition: upstreamByRow} = renumber(reducedByNode, nodes);
  return {
    nodes,
    rowByNode,
    upstreamByRow,
    downstreamByRow: invertEdges(upstreamByRow),
    connectedCount: connected.length,
    cyclicEdgeCount: topological.cyclicEdgeCount,
  };
};

/** The edges between nodes as edges between their positions in `nodes`, and the position of each node. */
const renumber = (
  upstreamByNode: AdjacencyLists,
  nodes: readonly number[],
): {readonly positionByNode: readonly number[]; readonly upstreamByPosition: AdjacencyLists} => {
  const positionByNode: number[] = [];
  nodes.forEach((node, position) => {
    positionByNode[node] = position;
  });
  const upstreamByPosition = nodes.map(node =>
    (upstreamByNode[node] ?? []).map(source => positionByNode[source] ?? 0).sort((one, other) => one - other),
  );
  return {positionByNode, upstreamByPosition};
};

/** All rows that can be reached from a row along the edges, without the row itself. */
export const findReachableRows = (edgesByRow: AdjacencyLists, from: number): ReadonlySet<number> => {
  const reached = new Set<number>();
  const pending = [from];
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    for (const next of edgesByRow[row] ?? []) {
      if (!reached.has(next)) {
        reached.add(next);
        pending.push(next);
      }
    }
  }

  return reached;
};
