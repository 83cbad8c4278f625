import type {Json} from '../../domain/json.js';
import {cells} from '../cells.js';
import {changeWords} from '../change-words.js';
import {jsonLine} from '../json-text.js';
import {dim, type Line, plain, type Segment, strong} from '../line.js';
import {ellipsis} from '../marks.js';
import {plural} from '../plural.js';
import {safeText} from '../safe-text.js';
import {countOfParts, isList, isScalar, isUnset, type Scalar} from './json-parts.js';

/** A value as one line: numbers and yes or no stand out, what nobody set steps back. */
export const valueSegment = (value: Scalar, maxCells: number): Segment => {
  if (isUnset(value)) {
    return dim(value === '' ? '""' : 'null');
  }

  const text = jsonLine(value, maxCells);
  return typeof value === 'string' ? plain(text) : strong(text);
};

/** How a value differs from what it was before; nothing where it is the same and no number, or where nothing is known. */
export const changeSegments = (value: Scalar, before: Json | undefined): Line => {
  if (before === undefined) {
    return [];
  }

  if (typeof value === 'number' && typeof before === 'number') {
    const words = changeWords(value, before);
    return [value === before ? dim(words) : {text: words, tone: 'accent'}];
  }

  return value === before ? [] : [dim(`was ${jsonLine(before, longestBefore)}`)];
};

const longestBefore = 40;

/** Less of it says nothing. */
const leastPreview = 8;

/** What a folded value holds, in few words; in no room how much it is. */
export const foldedWords = (value: Exclude<Json, Scalar>, maxCells: number): Line => {
  const count = countOfParts(value);
  const size = isList(value) ? plural(count, 'item') : plural(count, 'entry', 'entries');
  const preview = jsonLine(value, Math.max(0, maxCells - size.length - 2));
  const saysLittle = preview.endsWith(ellipsis) && preview.length < leastPreview;
  return maxCells === 0 || saysLittle ? [dim(size)] : [dim(`${size}  `), dim(preview)];
};

const lineBreak = /[\n\r\v\f\u0085\u2028\u2029]/;

/** A value that is told whole on a line: a scalar, or a short list or record of such. */
export const isShort = (value: Json, maxCells: number): boolean => {
  if (isScalar(value)) {
    return (
      typeof value !== 'string' ||
      (cells(safeText(value, {maxCells: maxCells + 1})) <= maxCells && !lineBreak.test(value))
    );
  }

  if (countOfParts(value) === 0) {
    return true;
  }

  return (
    isList(value) &&
    value.length <= maxCells &&
    value.every(isScalar) &&
    jsonLine(value, maxCells + 1).length <= maxCells
  );
};
