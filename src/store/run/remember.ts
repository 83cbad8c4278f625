/** How many entries of a map are kept: enough to go back and forth, few enough for a screen that stays open for days. */
const maxRemembered = 200;

/** The map with this value as its newest entry, without the oldest entries if there are more than `maxEntries`. */
export const remember = <K, V>(
  known: ReadonlyMap<K, V>,
  key: K,
  value: V,
  maxEntries = maxRemembered,
): ReadonlyMap<K, V> => {
  if (known.has(key) && known.get(key) === value) {
    return known;
  }

  const keptEntries = [...known].filter(([other]) => other !== key).slice(1 - maxEntries);
  return new Map([...keptEntries, [key, value]]);
};
