/**
 * Caches the result for each immutable object. For the chunks of a step table, which later tables share, only chunks that
 * have changed are computed.
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

/** Caches the result for the last arguments, compared by identity. */
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
