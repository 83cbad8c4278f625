/**
 * Whether what was typed is found in a name: as a part of it, or as an abbreviation, as `trpipe`, `tp` and `trnpl` are of
 * `training_pipeline`. Case does not matter.
 */
export const isNameMatch = (typed: string, name: string): boolean =>
  name.toLowerCase().includes(typed.toLowerCase()) || isAbbreviation(typed, name);

/** Longer ones are no names any more. */
const maxNameLength = 200;

/**
 * Whether a name holds these letters in this order. The first letter of a part must be there for others of it to count, so
 * that a few letters do not fit everything; digits that were typed together must stand together, for `12` is not `102`.
 */
export const isAbbreviation = (typed: string, name: string): boolean => {
  const letters = typed.toLowerCase().match(/\d+|\D/g) ?? [];
  if (letters.length < 2 || name.length > maxNameLength) {
    return false;
  }

  /** How many of the letters may have been found before the part that is looked at. */
  let found: ReadonlySet<number> = new Set([0]);
  for (const part of splitNameParts(name)) {
    const next = new Set(found);
    for (const count of found) {
      addMatchCounts(letters, count, part, next);
    }

    found = next;
  }

  return found.has(letters.length);
};

/** Adds to how many letters this part can bring it from `count`: it may hold more of them than are looked for in it. */
const addMatchCounts = (letters: readonly string[], count: number, part: string, found: Set<number>): void => {
  let at = 0;
  for (let place = count; place < letters.length; place++) {
    const letter = letters[place] ?? '';
    at = place === count ? (part.startsWith(letter) ? 0 : -1) : part.indexOf(letter, at);
    if (at === -1) {
      return;
    }

    at += letter.length;
    found.add(place + 1);
  }
};

/** In small letters; numbers without zeros before them. */
const splitNameParts = (name: string): readonly string[] =>
  name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map(part => part.replace(/^0+(?=\d)/, ''));

/**
 * Tells which of these names are meant. Abbreviations count only where no name has what was typed as a part, so that who
 * types a name gets just that.
 */
export const createNameMatcher = (typed: string, names: Iterable<string>): ((name: string) => boolean) => {
  const wanted = typed.toLowerCase();
  for (const name of names) {
    if (name.toLowerCase().includes(wanted)) {
      return other => other.toLowerCase().includes(wanted);
    }
  }

  return name => isAbbreviation(typed, name);
};
