/** The signs outside ASCII that this module writes by itself. Each takes one cell, and so does its twin. */
export const ellipsis = '…';
export const middleDot = '·';
export const timesSign = '×';
export const lineBreakSign = '⏎';
export const noValue = '–';
export const foldedSign = '▸';
export const unfoldedSign = '▾';
export const plusMinus = '±';
export const arrow = '→';

const asciiByMark: Readonly<Record<string, string>> = {
  [ellipsis]: '~',
  [middleDot]: '-',
  [timesSign]: 'x',
  [lineBreakSign]: '\\',
  [noValue]: '-',
  [foldedSign]: '+',
  [unfoldedSign]: '-',
  [plusMinus]: '=',
  [arrow]: '>',
};

/** A text for a terminal that has only ASCII: our signs by their twins, every other character by `?`, cell by cell alike. */
export const convertToAscii = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : [...text].map(convertCharacter).join('');

const convertCharacter = (character: string): string =>
  /[\x20-\x7e]/.test(character) ? character : (asciiByMark[character] ?? '?');
