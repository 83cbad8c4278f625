/** The non-ASCII signs that `format/` prints. Each takes one cell, and so does its ASCII replacement. */
export const ellipsis = '…';
export const middleDot = '·';
export const timesSign = '×';
export const lineBreakSign = '⏎';
export const blankSign = '␠';
export const enDash = '–';
export const collapsedSign = '▸';
export const expandedSign = '▾';
export const plusMinus = '±';
export const arrow = '→';

/** Shown where there is no value. */
export const noValue = '–';

/** Bars from the lowest to the highest. */
export const levelSigns = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** How a run went, as `theme` draws it in lists. */
export const outcomeSigns = {good: '✓', bad: '✗', busy: '◒', ended: '⊡', waiting: '⋅'} as const;

const asciiByMark: Readonly<Record<string, string>> = {
  [ellipsis]: '~',
  [middleDot]: '-',
  [timesSign]: 'x',
  [lineBreakSign]: '\\',
  [blankSign]: '_',
  [enDash]: '-',
  [collapsedSign]: '+',
  [expandedSign]: '-',
  [plusMinus]: '=',
  [arrow]: '>',
  '“': '"',
  '”': '"',
  ...Object.fromEntries(levelSigns.map((sign, level) => [sign, '_.:-=+*#'[level] ?? '?'])),
  [outcomeSigns.good]: '+',
  [outcomeSigns.bad]: 'x',
  [outcomeSigns.busy]: '*',
  [outcomeSigns.ended]: '#',
  [outcomeSigns.waiting]: '.',
};

/** A text for a terminal that has only ASCII; every character that has no replacement becomes `?`. */
export const convertToAscii = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : [...text].map(convertCharacter).join('');

const convertCharacter = (character: string): string =>
  /[\x20-\x7e]/.test(character) ? character : (asciiByMark[character] ?? '?');
