/** The median of the values, in any order; `undefined` if there are none. */
export const getMedian = (values: readonly number[]): number | undefined => {
  const ascending = [...values].sort((one, other) => one - other);
  const upper = ascending[Math.floor(ascending.length / 2)];
  const lower = ascending[Math.floor((ascending.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
};
