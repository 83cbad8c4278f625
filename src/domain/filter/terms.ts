/** One condition of a filter as it was typed. */
export type Term = {
  /** `undefined`: a word that is looked for in names. */
  readonly key: string | undefined;
  /** Any of them will do; none while the value is still to be typed. */
  readonly values: readonly string[];
  /** Holds for what does not match. */
  readonly isNot: boolean;
};

/** The words of a filter; a space between quotes belongs to the word. */
const tokenPattern = /(?:"[^"]*"?|[^\s"])+/g;

/**
 * What a typed filter asks for: words and `key:value`, `!` before either for the opposite, `,` between values of which any
 * will do, quotes around a value with spaces. All terms must hold. A key that is not among `keys` is part of a word: names of
 * steps have colons in them.
 */
export const parseTerms = (text: string, keys: ReadonlySet<string>): readonly Term[] =>
  (text.match(tokenPattern) ?? []).flatMap(token => {
    const isNot = token.startsWith('!');
    const word = isNot ? token.slice(1) : token;
    const colon = word.indexOf(':');
    const key = colon > 0 ? word.slice(0, colon).toLowerCase() : undefined;
    const isKeyed = key !== undefined && keys.has(key);
    const values = isKeyed ? parseValues(word.slice(colon + 1)) : [removeQuotes(word)].filter(value => value !== '');
    return values.length === 0 ? [] : [{key: isKeyed ? key : undefined, values, isNot}];
  });

/**
 * The terms with those of the same key put together where a thing has but one value for it: `status:failed status:running`
 * asks for both kinds.
 */
export const mergeAlternatives = (terms: readonly Term[], singleKeys: ReadonlySet<string>): readonly Term[] => {
  const merged: Term[] = [];
  for (const term of terms) {
    const {key, isNot, values} = term;
    const isMergeable = key !== undefined && singleKeys.has(key) && !isNot;
    const at = isMergeable ? merged.findIndex(other => other.key === key && !other.isNot) : -1;
    const other = merged[at];
    if (other === undefined) {
      merged.push(term);
    } else {
      merged[at] = {...other, values: [...other.values, ...values]};
    }
  }

  return merged;
};

const parseValues = (text: string): readonly string[] =>
  (text.match(/(?:"[^"]*"?|[^,"])+/g) ?? []).map(removeQuotes).filter(value => value !== '');

const removeQuotes = (text: string): string => text.replaceAll('"', '');

/** The word that is being typed: what stands behind the last space that is not between quotes. */
export const getLastToken = (text: string): string =>
  /\s$/.test(text) ? '' : ((text.match(tokenPattern) ?? []).at(-1) ?? '');
