/**
 * Returns a function that calls `compute` only once for each object, which must not change. If the objects are the chunks of a
 * step table, which later tables share, results are computed only for chunks that have changed.
 */
export const memoize = <Key extends object, Value>(compute: (key: Key) => Value): ((key: Key) => Value) => {
  const valuesByKey = new WeakMap<Key, {readonly value: Value}>();
  return key => {
    const known = valuesByKey.get(key);
    if (known !== undefined) {
      return known.value;
    }

    const value = compute(key);
    valuesByKey.set(key, {value});
    return value;
  };
};

/** Returns a function that keeps the result for the last arguments, which are compared by identity. */
export const memoizeLast = <Args extends readonly unknown[], Value>(
  compute: (...args: Args) => Value,
): ((...args: Args) => Value) => {
  let last: {readonly args: Args; readonly value: Value} | undefined;
  return (...args) => {
    if (last === undefined || !args.every((arg, index) => Object.is(arg, last?.args[index]))) {
      last = {args, value: compute(...args)};
    }

    return last.value;
  };
};
