/** A text to search for. An upper-case letter in it makes the search case-sensitive. */
export type LogPattern = {readonly text: string; readonly isCaseSensitive: boolean};

/** `undefined` for an empty text. */
export const createLogPattern = (text: string): LogPattern | undefined =>
  text === '' ? undefined : {text, isCaseSensitive: /\p{Lu}/u.test(text)};

/** Color sequences (SGR), which are displayed as colors and therefore not searched. */
export const colorSequencePattern = /\x1b\[([0-9;:]*)m/g;

/** The text as displayed. */
export const removeColors = (text: string): string =>
  text.includes('\x1b[') ? text.replace(colorSequencePattern, '') : text;

const createRegExp = ({text}: LogPattern, flags: string): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags);

/** The ranges of all matches in a text without color sequences, each from its start to its end, which is exclusive. */
export const findRanges = (text: string, pattern: LogPattern): readonly (readonly [number, number])[] =>
  Array.from(text.matchAll(createRegExp(pattern, pattern.isCaseSensitive ? 'g' : 'gi')), ({index, 0: found}) => [
    index,
    index + found.length,
  ]);
