import {type AdjacencyLists, invertEdges} from './adjacency-lists.js';

/**
 * Every node once, each after all nodes that it follows: depth first, so that a branch is finished before the next begins,
 * which needs far fewer lanes than an order by levels. The graph must not have cycles.
 */
export const sortByBranch = (upstreamByNode: AdjacencyLists): readonly number[] => {
  const downstreamByNode = invertEdges(upstreamByNode);
  const unplacedCounts = upstreamByNode.map(sources => sources.length);
  // The next node is at the end.
  const ready = [...upstreamByNode.keys()].filter(node => unplacedCounts[node] === 0).reverse();
  const order: number[] = [];
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order.push(node);
    const freed: number[] = [];
    for (const target of downstreamByNode[node] ?? []) {
      const count = (unplacedCounts[target] ?? 0) - 1;
      unplacedCounts[target] = count;
      if (count === 0) {
        freed.push(target);
      }
    }

    ready.push(...freed.reverse());
  }

  return order;
};
