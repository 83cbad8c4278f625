import {foldCase} from '../fold-case.js';

/**
 * Whether the typed text is part of the name or an abbreviation of it, as `trpipe`, `tp` and `trnpl` are of
 * `training_pipeline`. Ignores case.
 */
export const isNameMatch = (typed: string, name: string): boolean =>
  foldCase(name).includes(foldCase(typed)) || isAbbreviation(typed, name);

/** Longer names are not searched for abbreviations, which would take too long. */
const maxNameLength = 200;

/**
 * Whether the name contains these letters in this order. Letters inside a word of the name count only if its first letter is
 * matched, too, so that short texts do not match everything. Adjacent digits must be adjacent in the name too: `12` does not match `102`.
 */
export const isAbbreviation = (typed: string, name: string): boolean => {
  const letters = (foldCase(typed).match(/\d+|\D/g) ?? []).map(removeLeadingZeros);
  if (letters.length < 2 || name.length > maxNameLength) {
    return false;
  }

  /** How many letters, from the first, the parts so far may have matched: every possible number. */
  let counts: ReadonlySet<number> = new Set([0]);
  for (const part of splitNameParts(name)) {
    const next = new Set(counts);
    for (const count of counts) {
      addMatchCounts(letters, count, part, next);
    }

    counts = next;
  }

  return counts.has(letters.length);
};

/** Adds to `counts` how many letters may have been matched after this part if `count` were matched before it. */
const addMatchCounts = (letters: readonly string[], count: number, part: string, counts: Set<number>): void => {
  let position = 0;
  for (let index = count; index < letters.length; index++) {
    const letter = letters[index] ?? '';
    position = index === count ? (part.startsWith(letter) ? 0 : -1) : part.indexOf(letter, position);
    if (position === -1) {
      return;
    }

    position += letter.length;
    counts.add(index + 1);
  }
};

/** The words and numbers of a name, in lower case; numbers without leading zeros. */
const splitNameParts = (name: string): readonly string[] =>
  foldCase(name.normalize('NFC').replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '))
    .split(/[^\p{L}\p{N}]+/u)
    .map(removeLeadingZeros);

const removeLeadingZeros = (text: string): string => text.replace(/^0+(?=\d)/, '');

/**
 * Returns a test for whether a name contains the typed text or, if none of `names` contains it, whether the text is an abbreviation
 * of the name. So a name that is typed in full does not match others as an abbreviation.
 */
export const createNameMatcher = (typed: string, names: Iterable<string>): ((name: string) => boolean) => {
  const wanted = foldCase(typed);
  for (const name of names) {
    if (foldCase(name).includes(wanted)) {
      return other => foldCase(other).includes(wanted);
    }
  }

  return name => isAbbreviation(typed, name);
};
