import type {AdjacencyLists} from './adjacency-lists.js';

const bitsPerWord = 32;

/**
 * Leaves out each edge that a longer path implies. Nodes must be in topological order: each follows only nodes with smaller
 * numbers. The edges of nodes for which `isInferred` is true are guesses: a path with such an edge implies only edges of such
 * nodes, so that no known edge is left out because of a guess.
 */
export const reduceTransitively = (
  upstreamByNode: AdjacencyLists,
  isInferred?: (node: number) => boolean,
): AdjacencyLists => {
  const wordCount = Math.ceil(upstreamByNode.length / bitsPerWord);
  const ancestors: Uint32Array[] = [];
  const knownAncestors: Uint32Array[] = isInferred === undefined ? ancestors : [];
  return upstreamByNode.map((sources, node) => {
    const reached = new Uint32Array(wordCount);
    const knownReached = isInferred === undefined ? reached : new Uint32Array(wordCount);
    // A nearer source may imply a farther one, never the other way round.
    const kept = [...new Set(sources)]
      .sort((one, other) => other - one)
      .filter(source => {
        const isKnown = isInferred?.(node) !== true && isInferred?.(source) !== true;
        if (hasBit(isKnown ? knownReached : reached, source)) {
          return false;
        }

        addBits(reached, ancestors[source]);
        setBit(reached, source);
        if (isKnown && knownReached !== reached) {
          addBits(knownReached, knownAncestors[source]);
          setBit(knownReached, source);
        }

        return true;
      });
    ancestors[node] = reached;
    knownAncestors[node] = knownReached;
    return kept.reverse();
  });
};

const hasBit = (bits: Uint32Array, index: number): boolean =>
  ((bits[Math.floor(index / bitsPerWord)] ?? 0) & (1 << (index % bitsPerWord))) !== 0;

const setBit = (bits: Uint32Array, index: number): void => {
  const word = Math.floor(index / bitsPerWord);
  bits[word] = (bits[word] ?? 0) | (1 << (index % bitsPerWord));
};

const addBits = (bits: Uint32Array, added: Uint32Array | undefined): void => {
  added?.forEach((word, index) => {
    bits[index] = (bits[index] ?? 0) | word;
  });
};
