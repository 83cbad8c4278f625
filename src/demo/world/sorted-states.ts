/** How many entries at the start of a list sorted by `at` satisfy `isEarlier` (binary search). */
const countWhile = (entries: readonly {readonly at: number}[], isEarlier: (at: number) => boolean): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEarlier(entries[middle]?.at ?? 0)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
};

/** How many entries of a list sorted by `at` are before `limit`. */
export const countBefore = (entries: readonly {readonly at: number}[], limit: number): number =>
  countWhile(entries, at => at < limit);

/** How many entries of a list sorted by `at` are at `limit` or before it. */
export const countUntil = (entries: readonly {readonly at: number}[], limit: number): number =>
  countWhile(entries, at => at <= limit);
