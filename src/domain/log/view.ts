import {findMatchingIndexes} from './chunk-search.js';
import type {LogLine} from './line.js';
import {type LogChunk, type LogLines, linesPerChunk} from './lines.js';
import type {LogPattern} from './pattern.js';

/** Which lines of a log to show. */
export type LogFilter = {
  /** Lines below this Python log level are hidden. */
  readonly minLevel: number | undefined;
  readonly pattern: LogPattern | undefined;
};

/** The lines of a log that pass a filter. An index counts only these lines. */
export type LogView = {
  readonly count: number;
  /** The number of the line at an index; `undefined` after the last one. */
  readonly getNumber: (index: number) => number | undefined;
  /** The index of the line with this number, or the one that it would have. */
  readonly getIndex: (number: number) => number;
};

/**
 * Which part of a log is on the screen: the wrapped row `row` of the line `number` (or of the next line that is shown) is
 * `lead` rows below the top.
 */
export type LogPosition = {readonly number: number; readonly row: number; readonly lead: number};

/** The level of printed lines, also assumed if a log has no levels. */
const defaultLevel = 20;

const isAtLeastLevel = ({level}: LogLine, minLevel: number): boolean => (level ?? defaultLevel) >= minLevel;

/** Indexes in a chunk, ascending. */
type Indexes = Uint16Array;

type KnownMatches = {readonly pattern: LogPattern; readonly indexes: Indexes};

const levelIndexesByChunk = new WeakMap<LogChunk, Map<number, Indexes>>();
const matchesByChunk = new WeakMap<LogChunk, KnownMatches>();

const findLevelIndexes = (chunk: LogChunk, minLevel: number): Indexes => {
  const byLevel = levelIndexesByChunk.get(chunk) ?? new Map<number, Indexes>();
  const known = byLevel.get(minLevel);
  if (known !== undefined) {
    return known;
  }

  const wanted: number[] = [];
  for (const [index, line] of chunk.lines.entries()) {
    if (isAtLeastLevel(line, minLevel)) {
      wanted.push(index);
    }
  }

  const indexes = Uint16Array.from(wanted);
  levelIndexesByChunk.set(chunk, byLevel.set(minLevel, indexes));
  return indexes;
};

const findPatternIndexes = (chunk: LogChunk, pattern: LogPattern): Indexes => {
  const known = matchesByChunk.get(chunk);
  if (known !== undefined && isSamePattern(known.pattern, pattern)) {
    return known.indexes;
  }

  const indexes = Uint16Array.from(findMatchingIndexes(chunk, pattern));
  matchesByChunk.set(chunk, {pattern, indexes});
  return indexes;
};

const isSamePattern = (a: LogPattern, b: LogPattern): boolean =>
  a.text === b.text && a.isCaseSensitive === b.isCaseSensitive;

const filterByLevel = (indexes: Indexes, {lines}: LogChunk, minLevel: number): Indexes =>
  indexes.filter(index => {
    const line = lines[index];
    return line !== undefined && isAtLeastLevel(line, minLevel);
  });

/** The lines that pass the filter. Results are cached per chunk, so that only what a log gains is searched. */
export const createLogView = (lines: LogLines, {minLevel, pattern}: LogFilter): LogView => {
  if (pattern !== undefined) {
    const getIndexes = (chunk: LogChunk): Indexes => {
      const found = findPatternIndexes(chunk, pattern);
      return minLevel === undefined ? found : filterByLevel(found, chunk, minLevel);
    };
    return createFilteredView(lines, lines.chunks.map(getIndexes));
  }

  if (minLevel !== undefined) {
    return createFilteredView(
      lines,
      lines.chunks.map(chunk => findLevelIndexes(chunk, minLevel)),
    );
  }

  const count = lines.end - lines.first;
  return {
    count,
    getNumber: index => (index >= 0 && index < count ? lines.first + index : undefined),
    getIndex: number => Math.min(count, Math.max(0, number - lines.first)),
  };
};

const createFilteredView = ({first}: LogLines, indexesByChunk: readonly Indexes[]): LogView => {
  const countsBefore: number[] = [];
  let count = 0;
  for (const indexes of indexesByChunk) {
    countsBefore.push(count);
    count += indexes.length;
  }

  return {
    count,
    getNumber: index => {
      if (index < 0 || index >= count) {
        return undefined;
      }

      const chunk = findFirstAbove(countsBefore, index) - 1;
      const inChunk = indexesByChunk[chunk]?.[index - (countsBefore[chunk] ?? 0)];
      return inChunk === undefined ? undefined : first + chunk * linesPerChunk + inChunk;
    },
    getIndex: number => {
      const chunk = Math.floor((number - first) / linesPerChunk);
      const indexes = indexesByChunk[chunk];
      if (indexes === undefined) {
        return chunk < 0 ? 0 : count;
      }

      return (countsBefore[chunk] ?? 0) + findFirstAbove(indexes, ((number - first) % linesPerChunk) - 1);
    },
  };
};

/** The index of the first element above `value` in an ascending list. */
const findFirstAbove = (ascending: ArrayLike<number>, value: number): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > value) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }

  return low;
};
