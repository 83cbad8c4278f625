import {isJsonList, type Json} from '../domain/json.js';
import {countCells, cutEnd} from './cells.js';
import {countJsonParts, isScalar, type Scalar} from './json-parts.js';
import {ellipsis} from './marks.js';
import {sanitizeText} from './safe-text.js';
import {sanitizeToWidth} from './sanitize-to-width.js';
import {wrapText} from './wrap.js';

/** Values can be megabytes large and dozens of levels deep; beyond these limits an ellipsis replaces the rest. */
const maxDepth = 20;
const maxStringCells = 400;

const formatScalar = (value: Scalar): string =>
  typeof value === 'string' ? JSON.stringify(sanitizeToWidth(value, maxStringCells)) : String(value);

/** A value on one line of at most `maxCells` cells. A string is shown without quotes. */
export const formatJsonLine = (value: Json, maxCells: number): string =>
  typeof value === 'string' ? sanitizeToWidth(value, maxCells) : cutEnd(formatJson(value, maxCells, 0), maxCells);

/** A value on one line. Stops as soon as the text has more than `budget` cells, which shows the caller that it must be cut. */
const formatJson = (value: Json, budget: number, depth: number): string => {
  if (isScalar(value)) {
    return formatScalar(value);
  }

  const [open, close] = isJsonList(value) ? ['[', ']'] : ['{', '}'];
  if (depth >= maxDepth) {
    return open + ellipsis + close;
  }

  let text = open;
  for (const [key, part] of iterateParts(value)) {
    text += text.length > 1 ? ', ' : '';
    text += key === undefined ? '' : `${sanitizeToWidth(key, 80)}: `;
    text += formatJson(part, budget - countCells(text), depth + 1);
    if (countCells(text) > budget) {
      return text;
    }
  }

  return text + close;
};

/** Avoids copying a list of a million entries. */
function* iterateParts(
  value: readonly Json[] | {readonly [key: string]: Json},
): Generator<readonly [string | undefined, Json]> {
  if (isJsonList(value)) {
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

const maxLines = 200;

/**
 * A value as indented lines of at most `max` cells, one per entry; what fits on one line stays on it. If there are more than
 * `maxLines`, the last one returned is an ellipsis.
 */
export const formatJsonLines = (value: Json, max: number): readonly string[] => {
  const lines: string[] = [];
  const allLines =
    typeof value === 'string' ? wrapText(sanitizeText(value), max) : iterateIndentedLines(value, '', 0, max);
  for (const line of allLines) {
    if (lines.length === maxLines) {
      return [...lines.slice(0, -1), ellipsis];
    }

    lines.push(line);
  }

  return lines;
};

function* iterateIndentedLines(value: Json, label: string, depth: number, max: number): Generator<string> {
  const indent = '  '.repeat(Math.min(depth, Math.floor(max / 6)));
  const room = Math.max(1, max - indent.length);
  const short = formatJson(value, room, depth);
  const isOneLine = isScalar(value) || depth >= maxDepth || countJsonParts(value) === 0;
  if (isOneLine || countCells(label + short) <= room) {
    for (const line of wrapText(label + short, room)) {
      yield indent + line;
    }

    return;
  }

  if (label !== '') {
    yield indent + cutEnd(label.trimEnd(), room);
  }

  for (const [key, part] of iterateParts(value)) {
    yield* iterateIndentedLines(
      part,
      key === undefined ? '- ' : `${sanitizeText(key)}: `,
      label === '' ? depth : depth + 1,
      max,
    );
  }
}
