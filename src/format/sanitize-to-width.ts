import {countCells, cutEnd} from './cells.js';
import {takeUnits} from './clean-text.js';
import {showControls} from './log/visible-controls.js';
import {blankSign, ellipsis} from './marks.js';
import {sanitizeText} from './safe-text.js';

/**
 * An untrusted text as one line that is safe to print (see `sanitizeText`), in at most `maxCells` cells. If none of it would be
 * visible, its control characters and blanks are shown as in logs: `<U+202E>`, `^@`, `␠`.
 */
export const sanitizeToWidth = (text: string, maxCells: number): string => {
  // Several characters can share a cell, but a legitimate text does not have a dozen in each.
  const limit = 64 + 12 * Math.max(0, maxCells);
  const start = takeUnits(text, 2 * limit);
  const plain = sanitizeText(start);
  const line = /^[\s\u2800]*$/.test(plain) && text !== '' ? showBlanks(start) : plain;
  const isCut = line.length > limit || start.length < text.length;
  return cutEnd(isCut ? takeUnits(line, limit) + ellipsis : line, maxCells);
};

/** How many cells a text takes once it is sanitized; for a longer text, `maxMeasuredCells`. */
export const measureSanitizedText = (text: string): number => countCells(sanitizeToWidth(text, maxMeasuredCells));

/** More than any column has. */
const maxMeasuredCells = 1000;

/** Every character that `sanitizeText` would remove or show as a blank. */
const showBlanks = (text: string): string =>
  Array.from(text.replace(/\t/g, '^I'), character =>
    /^[\s\u2800]$/u.test(character) && character !== '\n' && character !== '\r'
      ? blankSign
      : sanitizeText(showControls(character)) || formatCodePoint(character),
  ).join('');

const formatCodePoint = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
