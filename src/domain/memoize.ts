/**
 * A function of an object that never changes, computed once for each: of a chunk of a step table, which all tables share in
 * which it did not change, it costs what has changed and not what there is.
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

/** A function that remembers what came of its last arguments, compared by identity. */
export const memoizeLast = <Args extends readonly unknown[], Value>(
  compute: (...args: Args) => Value,
): ((...args: Args) => Value) => {
  let last: {readonly args: Args; readonly value: Value} | undefined;
  return (...args) => {
    if (last === undefined || !args.every((arg, place) => Object.is(arg, last?.args[place]))) {
      last = {args, value: compute(...args)};
    }

    return last.value;
  };
};
