import type {AdjacencyLists} from './adjacency-lists.js';

export type TopologicalOrder = {
  /** Every node once, each after all nodes that it follows. */
  readonly order: readonly number[];
  /** Without the edges that would close a cycle. */
  readonly upstreamByNode: AdjacencyLists;
  /** How many edges were left out because they would close a cycle. */
  readonly cyclicEdgeCount: number;
};

/** Sorts nodes topologically, in the given order as far as the edges allow. An edge that closes a cycle is left out and counted. */
export const sortTopologically = (upstreamByNode: AdjacencyLists): TopologicalOrder => {
  const kept: number[][] = upstreamByNode.map(() => []);
  const states = new Uint8Array(upstreamByNode.length);
  const order: number[] = [];
  let cyclicEdgeCount = 0;
  for (let root = 0; root < upstreamByNode.length; root += 1) {
    // Not recursive: a chain may have thousands of steps.
    const path = [{node: root, next: 0}];
    while (path.length > 0) {
      const visit = path[path.length - 1];
      if (visit === undefined) {
        break;
      }

      const {node} = visit;
      const source = states[node] === nodeState.done ? undefined : upstreamByNode[node]?.[visit.next];
      if (source !== undefined) {
        states[node] = nodeState.open;
        if (states[source] === nodeState.open || source === node) {
          cyclicEdgeCount += 1;
          visit.next += 1;
        } else if (states[source] === nodeState.done) {
          kept[node]?.push(source);
          visit.next += 1;
        } else {
          path.push({node: source, next: 0});
        }

        continue;
      }

      if (states[node] !== nodeState.done) {
        states[node] = nodeState.done;
        order.push(node);
      }

      path.pop();
    }
  }

  return {order, upstreamByNode: kept, cyclicEdgeCount};
};

const nodeState = {open: 1, done: 2} as const;
