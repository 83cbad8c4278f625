/** `Map.groupBy`, which Node.js 20 does not have yet. */
export const groupBy = <T>(items: readonly T[], getKey: (item: T) => string): Map<string, T[]> => {
  const groupsByKey = new Map<string, T[]>();
  for (const item of items) {
    const group = groupsByKey.get(getKey(item));
    if (group) {
      group.push(item);
    } else {
      groupsByKey.set(getKey(item), [item]);
    }
  }

  return groupsByKey;
};
