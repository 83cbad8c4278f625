import fc from 'fast-check';

/** Graphs in topological order: up to 40 nodes, each of which follows up to four earlier ones. */
export const anAcyclicGraph = fc
  .array(fc.array(fc.nat(), {maxLength: 4}), {minLength: 1, maxLength: 40})
  .map(graph => graph.map((sources, node) => (node === 0 ? [] : [...new Set(sources.map(source => source % node))])));
