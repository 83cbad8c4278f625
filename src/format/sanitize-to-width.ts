import {cutEnd} from './cells.js';
import {takeUnits} from './clean-text.js';
import {ellipsis} from './marks.js';
import {sanitizeText} from './safe-text.js';

/** An untrusted text as one line that is safe to print (see `sanitizeText`), in at most `maxCells` cells. */
export const sanitizeToWidth = (text: string, maxCells: number): string => {
  // Several characters can share a cell, but a legitimate text does not have a dozen in each.
  const limit = 64 + 12 * Math.max(0, maxCells);
  const line = sanitizeText(takeUnits(text, 2 * limit));
  return cutEnd(line.length > limit ? takeUnits(line, limit) + ellipsis : line, maxCells);
};
