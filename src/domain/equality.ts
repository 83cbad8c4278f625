/** Whether two plain values (records, lists, text, numbers) say the same; nothing else may be compared. */
export const isEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) {
    return true;
  }

  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }

  if (Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }

  const before = Object.entries(a);
  const after = new Map(Object.entries(b));
  return (
    before.length === after.size && before.every(([key, value]) => after.has(key) && isEqual(value, after.get(key)))
  );
};

/** `news`, or what was held before where that says the same: who compares by identity then sees no change. */
export const keepIfEqual = <T>(held: T, news: T): T => (isEqual(held, news) ? held : news);
