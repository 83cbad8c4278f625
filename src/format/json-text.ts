import type {Json} from '../domain/json.js';
import {cutEnd} from './cells.js';
import {ellipsis} from './marks.js';
import {safeText} from './safe-text.js';
import {wrap} from './wrap.js';

/** A value of the user's may be megabytes and hundreds deep: beyond these an ellipsis stands for the rest. */
const deepest = 20;
const longestString = 400;

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const scalarText = (value: string | number | boolean | null): string =>
  typeof value === 'string' ? JSON.stringify(safeText(value, {maxCells: longestString})) : String(value);

/** A value as one line of at most `maxCells` cells. A text stands for itself, without quotes. */
export const jsonLine = (value: Json, maxCells: number): string =>
  typeof value === 'string' ? safeText(value, {maxCells}) : cutEnd(shortText(value, maxCells, 0), maxCells);

/** Text of at least `budget` characters if the value has as many: enough to be cut, without reading the rest. */
const shortText = (value: Json, budget: number, depth: number): string => {
  if (value === null || typeof value !== 'object') {
    return scalarText(value);
  }

  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (depth >= deepest) {
    return open + ellipsis + close;
  }

  let text = open;
  for (const [key, part] of partsOf(value)) {
    text += text.length > 1 ? ', ' : '';
    text += key === undefined ? '' : `${safeText(key, {maxCells: 80})}: `;
    text += shortText(part, budget - text.length, depth + 1);
    if (text.length > budget) {
      return text;
    }
  }

  return text + close;
};

/** Without copying a list of a million into pairs. */
function* partsOf(
  value: readonly Json[] | {readonly [key: string]: Json},
): Generator<readonly [string | undefined, Json]> {
  if (isList(value)) {
    for (const part of value) {
      yield [undefined, part];
    }

    return;
  }

  for (const key in value) {
    if (Object.hasOwn(value, key)) {
      yield [key, value[key] ?? null];
    }
  }
}

/**
 * A value as indented lines of at most `max` cells, one per entry; what fits on a line by itself stays on one. Ends in an
 * ellipsis after `maxLines`.
 */
export const jsonLines = (value: Json, max: number, maxLines = 200): readonly string[] => {
  const lines: string[] = [];
  for (const line of typeof value === 'string' ? wrap(safeText(value), max) : indentedLines(value, '', 0, max)) {
    if (lines.length === maxLines) {
      return [...lines.slice(0, -1), ellipsis];
    }

    lines.push(line);
  }

  return lines;
};

function* indentedLines(value: Json, label: string, depth: number, max: number): Generator<string> {
  const indent = '  '.repeat(Math.min(depth, Math.floor(max / 6)));
  const room = Math.max(1, max - indent.length);
  const short = shortText(value, room, depth);
  if (value === null || typeof value !== 'object' || depth >= deepest || (label + short).length <= room) {
    for (const line of wrap(label + short, room)) {
      yield indent + line;
    }

    return;
  }

  if (label !== '') {
    yield indent + cutEnd(label.trimEnd(), room);
  }

  for (const [key, part] of partsOf(value)) {
    yield* indentedLines(part, key === undefined ? '- ' : `${safeText(key)}: `, label === '' ? depth : depth + 1, max);
  }
}
