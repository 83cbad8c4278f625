/** How many entries at the start of a list sorted by `at` satisfy `isEarlier` (binary search). */
const countWhile = (sorted: readonly {readonly at: number}[], isEarlier: (at: number) => boolean): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEarlier(sorted[middle]?.at ?? 0)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
};

/** How many entries of a list sorted by `at` are before `limit`. */
export const countBefore = (sorted: readonly {readonly at: number}[], limit: number): number =>
  countWhile(sorted, at => at < limit);

/** How many entries of a list sorted by `at` are at `limit` or before it. */
export const countUntil = (sorted: readonly {readonly at: number}[], limit: number): number =>
  countWhile(sorted, at => at <= limit);
