import {isEqual} from '../../domain/equality.js';
import {findNumber, isJsonList, type Json} from '../../domain/json.js';
import {countCells} from '../cells.js';
import {formatChange} from '../change-words.js';
import {countJsonParts, isScalar, isUnset, type Scalar} from '../json-parts.js';
import {formatJsonLine} from '../json-text.js';
import {type Line, renderDim, renderPlain, renderStrong, type Segment} from '../line.js';
import {ellipsis} from '../marks.js';
import {pluralize} from '../plural.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';

/** A value on one line: numbers and booleans in strong tone, empty values dimmed. */
export const renderValue = (value: Scalar, maxCells: number): Segment => {
  if (isUnset(value)) {
    return renderDim(value === '' ? '""' : 'null');
  }

  const text = formatJsonLine(value, maxCells);
  return typeof value === 'string' ? renderPlain(text) : renderStrong(text);
};

/** How a value changed; empty for an unchanged value that is not a number, or if the previous value is unknown. */
export const renderValueChange = (value: Scalar, before: Json | undefined): Line => {
  if (before === undefined) {
    return [];
  }

  const [number, numberBefore] = [findNumber(value), findNumber(before)];
  if (number !== undefined && numberBefore !== undefined) {
    // Two exact numbers may differ although they are the same when rounded.
    if (number !== numberBefore || isEqual(value, before)) {
      const words = formatChange(number, numberBefore);
      return [number === numberBefore ? renderDim(words) : {text: words, tone: 'accent'}];
    }
  }

  return isEqual(value, before) ? [] : [renderDim(`was ${formatJsonLine(before, maxBeforeCells)}`)];
};

const maxBeforeCells = 40;

/** Shorter previews are useless. */
const minPreviewCells = 8;

/** A preview of a collapsed value; with no room, only its size. */
export const renderCollapsed = (value: Exclude<Json, Scalar>, maxCells: number): Line => {
  const count = countJsonParts(value);
  const size = isJsonList(value) ? pluralize(count, 'item') : pluralize(count, 'entry', 'entries');
  const preview = formatJsonLine(value, Math.max(0, maxCells - size.length - 2));
  const isUninformative = preview.endsWith(ellipsis) && countCells(preview) < minPreviewCells;
  return maxCells === 0 || isUninformative ? [renderDim(size)] : [renderDim(`${size}  `), renderDim(preview)];
};

const lineBreakPattern = /[\n\r\v\f\u0085\u2028\u2029]/;

/** A text that is cut at the width of a line plus this is wider than the line, even if it is cut before a wide character. */
const extraCells = 2;

/** Whether a value is shown on one line: a short scalar, an empty value, or a short list of scalars. */
export const isShort = (value: Json, maxCells: number): boolean => {
  if (isScalar(value)) {
    return (
      typeof value !== 'string' ||
      (countCells(sanitizeToWidth(value, maxCells + extraCells)) <= maxCells && !lineBreakPattern.test(value))
    );
  }

  if (countJsonParts(value) === 0) {
    return true;
  }

  return (
    isJsonList(value) &&
    value.length <= maxCells &&
    value.every(isScalar) &&
    countCells(formatJsonLine(value, maxCells + extraCells)) <= maxCells
  );
};
