import type {LogChunk} from './lines.js';
import {type LogPattern, removeColors} from './pattern.js';

/** All lines of a chunk in lower case as one text, and where each line begins in it. */
type LowerCaseText = {readonly text: string; readonly starts: Uint32Array};

const lowerCaseByChunk = new WeakMap<LogChunk, LowerCaseText>();

/**
 * Indexes of the lines that match, ascending. A search that ignores case runs on one long text, which is built when the chunk
 * is first searched, because a search line by line is much slower.
 */
export const findMatchingIndexes = (chunk: LogChunk, pattern: LogPattern): readonly number[] =>
  pattern.isCaseSensitive
    ? findCaseSensitive(chunk, pattern.text)
    : findCaseInsensitive(getLowerCaseText(chunk), pattern.text);

const findCaseSensitive = ({lines}: LogChunk, wanted: string): readonly number[] => {
  const indexes: number[] = [];
  for (const [index, {text}] of lines.entries()) {
    if (removeColors(text).includes(wanted)) {
      indexes.push(index);
    }
  }

  return indexes;
};

const getLowerCaseText = (chunk: LogChunk): LowerCaseText => {
  const known = lowerCaseByChunk.get(chunk);
  if (known !== undefined) {
    return known;
  }

  const lowerCase = buildLowerCaseText(chunk.lines.map(({text}) => text));
  lowerCaseByChunk.set(chunk, lowerCase);
  return lowerCase;
};

/**
 * Converts all lines in one go, or one by one if they contain color sequences or a letter that changes its length in lower case, as
 * `İ` does.
 */
const buildLowerCaseText = (lines: readonly string[]): LowerCaseText => {
  const joined = lines.join('\n');
  const text = joined.toLowerCase();
  if (text.length !== joined.length || joined.includes('\x1b[')) {
    const cleaned = lines.map(line => removeColors(line).toLowerCase());
    return {text: cleaned.join('\n'), starts: getLineStarts(cleaned)};
  }

  return {text, starts: getLineStarts(lines)};
};

const getLineStarts = (lines: readonly string[]): Uint32Array => {
  const starts = new Uint32Array(lines.length + 1);
  let start = 0;
  for (let index = 0; index < lines.length; index += 1) {
    start += (lines[index]?.length ?? 0) + 1;
    starts[index + 1] = start;
  }

  return starts;
};

const findCaseInsensitive = ({text, starts}: LowerCaseText, wanted: string): readonly number[] => {
  const indexes: number[] = [];
  let line = 0;
  for (let found = text.indexOf(wanted); found !== -1; found = text.indexOf(wanted, starts[line])) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= found) {
      line += 1;
    }

    indexes.push(line);
    line += 1;
  }

  return indexes;
};
