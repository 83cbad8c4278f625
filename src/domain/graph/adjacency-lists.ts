/**
 * The neighbors of each node in one direction. Nodes are numbers from 0; `upstreamByNode[node]` lists the nodes that it follows.
 */
export type AdjacencyLists = readonly (readonly number[])[];

/** The same edges, listed from their other ends: the nodes that follow each node. */
export const invertEdges = (upstreamByNode: AdjacencyLists): AdjacencyLists => {
  const downstreamByNode: number[][] = upstreamByNode.map(() => []);
  upstreamByNode.forEach((sources, node) => {
    for (const source of sources) {
      downstreamByNode[source]?.push(node);
    }
  });
  return downstreamByNode;
};
