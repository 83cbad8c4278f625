import {getLastToken} from './terms.js';

/** What can be typed in a filter, apart from names. */
export type Vocabulary = {
  /** Words that are filters by themselves. */
  readonly words: readonly string[];
  readonly keys: readonly string[];
  readonly getValues: (key: string) => readonly string[];
};

/** The completions of the last word of the text, or of the last value of a key; none for an empty word. */
export const findFilterCompletions = (text: string, vocabulary: Vocabulary): readonly string[] => {
  const {key, typed} = getTypedWord(text, vocabulary);
  if (key !== undefined) {
    return filterByPrefix(vocabulary.getValues(key).map(quoteValue), typed);
  }

  return typed === '' ? [] : filterByPrefix([...vocabulary.keys.map(name => `${name}:`), ...vocabulary.words], typed);
};

/** The text with its last word extended by the common beginning of its completions; a complete word gets a space. */
export const completeText = (text: string, vocabulary: Vocabulary): string => {
  const completions = findFilterCompletions(text, vocabulary);
  const common = completions.reduce(getCommonPrefix, completions[0] ?? '');
  if (common === '') {
    return text;
  }

  const isComplete = completions.length === 1 && !common.endsWith(':');
  return text.slice(0, text.length - getTypedWord(text, vocabulary).typed.length) + common + (isComplete ? ' ' : '');
};

type TypedWord = {readonly key: string | undefined; readonly typed: string};

/** The last word as typed so far, or the last value of a key. */
const getTypedWord = (text: string, {keys}: Vocabulary): TypedWord => {
  const word = getLastToken(text).replace(/^!/, '');
  const colon = word.indexOf(':');
  const key = word.slice(0, Math.max(0, colon)).toLowerCase();
  if (!keys.includes(key)) {
    return {key: undefined, typed: word};
  }

  return {key, typed: /(?:"[^"]*"?|[^,"])*$/.exec(word.slice(colon + 1))?.[0] ?? ''};
};

const filterByPrefix = (candidates: readonly string[], typed: string): readonly string[] => {
  const wanted = removeOpeningQuote(typed);
  return candidates.filter(candidate => removeOpeningQuote(candidate).startsWith(wanted));
};

const removeOpeningQuote = (text: string): string => text.replace(/^"/, '').toLowerCase();

const quoteValue = (value: string): string => (/[\s,]/.test(value) ? `"${value}"` : value);

const getCommonPrefix = (one: string, other: string): string => {
  let length = 0;
  while (length < one.length && one[length]?.toLowerCase() === other[length]?.toLowerCase()) {
    length++;
  }

  return one.slice(0, length);
};
