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
  /** How many rows, from the first, have an edge. */
  readonly connectedCount: number;
  /** How many edges were left out because they would close a cycle. */
  readonly cyclicEdgeCount: number;
};

/**
 * Builds the graph of nodes in the server's order. `branches` finishes a branch before the next begins; `given` keeps the
 * order as far as the edges allow, so that a growing graph grows at its end. The edges of nodes for which `isInferred` is true are
 * guesses.
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
    renumber(topological.upstreamByNode, topological.order).upstreamByRow,
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
  const {rowByNode, upstreamByRow} = renumber(reducedByNode, nodes);
  return {
    nodes,
    rowByNode,
    upstreamByRow,
    downstreamByRow: invertEdges(upstreamByRow),
    connectedCount: connected.length,
    cyclicEdgeCount: topological.cyclicEdgeCount,
  };
};

/** The edges between nodes as edges between their rows, and the row of each node, if `nodes` lists the nodes by row. */
const renumber = (
  upstreamByNode: AdjacencyLists,
  nodes: readonly number[],
): {readonly rowByNode: readonly number[]; readonly upstreamByRow: AdjacencyLists} => {
  const rowByNode: number[] = [];
  nodes.forEach((node, row) => {
    rowByNode[node] = row;
  });
  const upstreamByRow = nodes.map(node =>
    (upstreamByNode[node] ?? []).map(source => rowByNode[source] ?? 0).sort((one, other) => one - other),
  );
  return {rowByNode, upstreamByRow};
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
