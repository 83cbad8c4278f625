import stringWidth from 'string-width';
import {ellipsis} from './marks.js';

const printableAscii = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

const isAscii = (text: string): boolean => printableAscii.test(text);

/** How many terminal cells a safe text takes. */
export const countCells = (text: string): number => (isAscii(text) ? text.length : stringWidth(text));

/** The longest beginning of a text that fits, by whole characters. */
const takeStart = (text: string, max: number): string => {
  if (isAscii(text)) {
    return text.slice(0, Math.max(0, max));
  }

  let width = 0;
  let head = '';
  for (const {segment} of segmenter.segment(text)) {
    width += countCells(segment);
    if (width > max) {
      break;
    }

    head += segment;
  }

  return head;
};

/** The longest end of a text that fits, by whole characters. */
export const takeEnd = (text: string, max: number): string => {
  if (max <= 0) {
    return '';
  }

  if (isAscii(text)) {
    return text.slice(-max);
  }

  const segments = Array.from(segmenter.segment(text), ({segment}) => segment);
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

/** A text in at most `max` cells; what is too long ends in an ellipsis. */
export const cutEnd = (text: string, max: number): string =>
  canFit(text, max) ? text : max <= 0 ? '' : takeStart(text, max - 1) + ellipsis;

/** A text in at most `max` cells; of what is too long both ends stay: names differ at their ends. */
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

/** A text filled up with spaces behind it; one that is too long stays as it is. */
export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - countCells(text)));

/** A text filled up with spaces before it; one that is too long stays as it is. */
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - countCells(text))) + text;

/** A text cut off after so many cells, and the rest. At least one character is taken, so that a loop ends. */
export const splitAt = (text: string, max: number): readonly [string, string] => {
  const head = takeStart(text, max);
  if (head !== '') {
    return [head, text.slice(head.length)];
  }

  const [first] = segmenter.segment(text);
  const taken = first?.segment ?? '';
  return [taken, text.slice(taken.length)];
};

/** A text in pieces of at most `max` cells, by whole characters; one that is wider by itself is a piece. None for no text. */
export const splitEvery = (text: string, max: number): readonly string[] => {
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const character of isAscii(text) ? text : iterateCharacters(text)) {
    const added = countCells(character);
    if (width + added > max && piece !== '') {
      pieces.push(piece);
      piece = '';
      width = 0;
    }

    piece += character;
    width += added;
  }

  return piece === '' ? pieces : [...pieces, piece];
};

function* iterateCharacters(text: string): Generator<string> {
  for (const {segment} of segmenter.segment(text)) {
    yield segment;
  }
}
