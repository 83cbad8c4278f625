/** What is searched for. A capital in it makes capitals count. */
export type LogPattern = {readonly text: string; readonly isCaseSensitive: boolean};

/** `undefined` for an empty text. */
export const patternOf = (text: string): LogPattern | undefined =>
  text === '' ? undefined : {text, isCaseSensitive: /\p{Lu}/u.test(text)};

/** Colour sequences (SGR): drawn as colours, so that they are no part of what can be found. */
export const colourSequence = /\x1b\[([0-9;:]*)m/g;

/** The text as it is read. */
export const readText = (text: string): string => (text.includes('\x1b[') ? text.replace(colourSequence, '') : text);

const regexOf = ({text}: LogPattern, flags: string): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags);

/** Where it is in a text as it is read: first place and the one after the last, of each. */
export const rangesOf = (text: string, pattern: LogPattern): readonly (readonly [number, number])[] =>
  Array.from(text.matchAll(regexOf(pattern, pattern.isCaseSensitive ? 'g' : 'gi')), ({index, 0: found}) => [
    index,
    index + found.length,
  ]);
