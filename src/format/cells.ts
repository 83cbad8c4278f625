import stringWidth from 'string-width';
import {splitCharacters} from '../domain/characters.js';
import {ellipsis} from './marks.js';

const printableAscii = /^[\x20-\x7e]*$/;

const isAscii = (text: string): boolean => printableAscii.test(text);

/** The width of a sanitized text in terminal cells. */
export const countCells = (text: string): number => (isAscii(text) ? text.length : getStringWidth(text));

/** The widths of texts measured before: every frame needs the same few hundred, and measuring is slow. */
const widthByText = new Map<string, number>();
const maxRememberedWidths = 1000;

const getStringWidth = (text: string): number => {
  let width = widthByText.get(text);
  if (width === undefined) {
    if (widthByText.size >= maxRememberedWidths) {
      widthByText.clear();
    }

    width = stringWidth(text);
    widthByText.set(text, width);
  }

  return width;
};

/** The longest prefix of whole characters that fits. */
const takeStart = (text: string, max: number): string => {
  if (isAscii(text)) {
    return text.slice(0, Math.max(0, max));
  }

  let width = 0;
  let head = '';
  for (const {segment} of splitCharacters(text)) {
    width += countCells(segment);
    if (width > max) {
      break;
    }

    head += segment;
  }

  return head;
};

/** The longest suffix of whole characters that fits. */
export const takeEnd = (text: string, max: number): string => {
  if (max <= 0) {
    return '';
  }

  if (isAscii(text)) {
    return text.slice(-max);
  }

  const segments = Array.from(splitCharacters(text), ({segment}) => segment);
  let width = 0;
  let start = segments.length;
  while (start > 0) {
    width += countCells(segments[start - 1] ?? '');
    if (width > max) {
      break;
    }

    start -= 1;
  }

  return segments.slice(start).join('');
};

/** A text of at most `max` cells; a longer one ends in an ellipsis. */
export const cutEnd = (text: string, max: number): string =>
  canFit(text, max) ? text : max <= 0 ? '' : takeStart(text, max - 1) + ellipsis;

/** A text of at most `max` cells; a longer one loses its middle, because names tend to differ at their ends. */
export const cutMiddle = (text: string, max: number): string => {
  if (canFit(text, max)) {
    return text;
  }

  if (max <= 0) {
    return '';
  }

  const tail = takeEnd(text, Math.floor((max - 1) / 2));
  return takeStart(text, max - 1 - countCells(tail)) + ellipsis + tail;
};

const canFit = (text: string, max: number): boolean => countCells(text) <= max;

/** A text padded with spaces on the right; a longer one is unchanged. */
export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - countCells(text)));

/** A text padded with spaces on the left; a longer one is unchanged. */
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - countCells(text))) + text;

/** Splits a text after `max` cells. The first part has at least one character, so that loops over the rest end. */
export const splitAt = (text: string, max: number): readonly [string, string] => {
  const head = takeStart(text, max);
  if (head !== '') {
    return [head, text.slice(head.length)];
  }

  const [first] = splitCharacters(text);
  const character = first?.segment ?? '';
  return [character, text.slice(character.length)];
};

/** Splits a text into parts of at most `max` cells, or of one character that is wider; an empty text has no parts. */
export const splitEvery = (text: string, max: number): readonly string[] => {
  const parts: string[] = [];
  let part = '';
  let width = 0;
  for (const character of isAscii(text) ? text : iterateCharacters(text)) {
    const added = countCells(character);
    if (width + added > max && part !== '') {
      parts.push(part);
      part = '';
      width = 0;
    }

    part += character;
    width += added;
  }

  return part === '' ? parts : [...parts, part];
};

function* iterateCharacters(text: string): Generator<string> {
  for (const {segment} of splitCharacters(text)) {
    yield segment;
  }
}
