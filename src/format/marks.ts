/** The signs outside ASCII that this module writes by itself. Each takes one cell, and so does its twin. */
export const ellipsis = '…';
export const dot = '·';
export const times = '×';
export const lineBreak = '⏎';
export const nothing = '–';
export const folded = '▸';
export const unfolded = '▾';
export const plusMinus = '±';
export const arrow = '→';

const twins: Readonly<Record<string, string>> = {
  [ellipsis]: '~',
  [dot]: '-',
  [times]: 'x',
  [lineBreak]: '\\',
  [nothing]: '-',
  [folded]: '+',
  [unfolded]: '-',
  [plusMinus]: '=',
  [arrow]: '>',
};

/** A text for a terminal that has only ASCII: our signs by their twins, every other character by `?`, cell by cell alike. */
export const asciiText = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : [...text].map(asciiCharacter).join('');

const asciiCharacter = (character: string): string =>
  /[\x20-\x7e]/.test(character) ? character : (twins[character] ?? '?');
