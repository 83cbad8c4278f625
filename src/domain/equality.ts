/** Deep equality of plain values: records, lists, strings, numbers, booleans, `null` and `undefined`. */
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
  const afterByKey = new Map(Object.entries(b));
  return (
    before.length === afterByKey.size &&
    before.every(([key, value]) => afterByKey.has(key) && isEqual(value, afterByKey.get(key)))
  );
};

/** `previous` if it equals `next`, so that a comparison by identity finds no change; otherwise `next`. */
export const keepIfEqual = <T>(previous: T, next: T): T => (isEqual(previous, next) ? previous : next);
