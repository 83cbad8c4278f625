/** One condition of a filter as it was typed. */
export type Term = {
  /** `undefined` for a plain word, which is searched for in names. */
  readonly key: string | undefined;
  /** One of them must match. Never empty: a key without a value is no term. */
  readonly values: readonly string[];
  /** Whether none of the values may match. */
  readonly isNegated: boolean;
};

/** The words of a filter. Spaces within quotes are part of a word. */
const tokenPattern = /(?:"[^"]*"?|[^\s"])+/g;

/**
 * Parses a filter: words and `key:value`, either of them with a leading `!` to invert it, with `,` between alternative values and
 * quotes around a value with spaces. All terms must match. A word whose key is not among `keys` is a plain word, because names of
 * steps can contain colons.
 */
export const parseTerms = (text: string, keys: ReadonlySet<string>): readonly Term[] =>
  (text.match(tokenPattern) ?? []).flatMap(token => {
    const isNegated = token.startsWith('!');
    const word = isNegated ? token.slice(1) : token;
    const colon = word.indexOf(':');
    const key = colon > 0 ? word.slice(0, colon).toLowerCase() : undefined;
    const isKeyed = key !== undefined && keys.has(key);
    const values = isKeyed ? parseValues(word.slice(colon + 1)) : [removeQuotes(word)].filter(value => value !== '');
    return values.length === 0 ? [] : [{key: isKeyed ? key : undefined, values, isNegated}];
  });

/** Merges terms of a key for which an item has only one value: `status:failed status:running` means either of them. */
export const mergeAlternatives = (terms: readonly Term[], singleKeys: ReadonlySet<string>): readonly Term[] => {
  const merged: Term[] = [];
  for (const term of terms) {
    const {key, isNegated, values} = term;
    const isMergeable = key !== undefined && singleKeys.has(key) && !isNegated;
    const index = isMergeable ? merged.findIndex(other => other.key === key && !other.isNegated) : -1;
    const other = merged[index];
    if (other === undefined) {
      merged.push(term);
    } else {
      merged[index] = {...other, values: [...other.values, ...values]};
    }
  }

  return merged;
};

const parseValues = (text: string): readonly string[] =>
  (text.match(/(?:"[^"]*"?|[^,"])+/g) ?? []).map(removeQuotes).filter(value => value !== '');

const removeQuotes = (text: string): string => text.replaceAll('"', '');

/** The word that is being typed: everything after the last space outside of quotes. */
export const getLastToken = (text: string): string => {
  const last = (text.match(tokenPattern) ?? []).at(-1) ?? '';
  return text.endsWith(last) ? last : '';
};
