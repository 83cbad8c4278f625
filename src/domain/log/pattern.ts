/** What is searched for. A capital in it makes capitals count. */
export type LogPattern = {readonly text: string; readonly isCaseSensitive: boolean};

/** `undefined` for an empty text. */
export const createLogPattern = (text: string): LogPattern | undefined =>
  text === '' ? undefined : {text, isCaseSensitive: /\p{Lu}/u.test(text)};

/** Colour sequences (SGR): drawn as colours, so that they are no part of what can be found. */
export const colourSequencePattern = /\x1b\[([0-9;:]*)m/g;

/** The text as it is read. */
export const removeColours = (text: string): string =>
  text.includes('\x1b[') ? text.replace(colourSequencePattern, '') : text;

const createRegExp = ({text}: LogPattern, flags: string): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags);

/** Where it is in a text as it is read: first place and the one after the last, of each. */
export const findRanges = (text: string, pattern: LogPattern): readonly (readonly [number, number])[] =>
  Array.from(text.matchAll(createRegExp(pattern, pattern.isCaseSensitive ? 'g' : 'gi')), ({index, 0: found}) => [
    index,
    index + found.length,
  ]);
