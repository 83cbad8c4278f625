import {findMatchingPlaces} from './chunk-search.js';
import type {LogLine} from './line.js';
import {type LogChunk, type LogLines, linesPerChunk} from './lines.js';
import type {LogPattern} from './pattern.js';

/** Which lines of a log to show. */
export type LogFilter = {
  /** Lines below this Python log level are hidden. */
  readonly minLevel: number | undefined;
  readonly pattern: LogPattern | undefined;
};

/** The lines of a log that pass a filter. A place is the index of a line among them. */
export type LogView = {
  readonly count: number;
  /** The number of the line at a place; `undefined` after the last one. */
  readonly getNumber: (place: number) => number | undefined;
  /** The place of the line with this number, or where it would be. */
  readonly getPlace: (number: number) => number;
};

/**
 * Which part of a log is on the screen: this wrapped row of the line with this number (or of the next line that is shown)
 * is `lead` rows below the top.
 */
export type LogPosition = {readonly number: number; readonly row: number; readonly lead: number};

/** The level of printed lines, also assumed if a log has no levels. */
const defaultLevel = 20;

const isAtLeastLevel = ({level}: LogLine, minLevel: number): boolean => (level ?? defaultLevel) >= minLevel;

/** Places in a chunk, ascending. */
type Places = Uint16Array;

type KnownMatches = {readonly pattern: LogPattern; readonly places: Places};

const levelPlacesByChunk = new WeakMap<LogChunk, Map<number, Places>>();
const matchesByChunk = new WeakMap<LogChunk, KnownMatches>();

const findLevelPlaces = (chunk: LogChunk, minLevel: number): Places => {
  const byLevel = levelPlacesByChunk.get(chunk) ?? new Map<number, Places>();
  const known = byLevel.get(minLevel);
  if (known !== undefined) {
    return known;
  }

  const wanted: number[] = [];
  for (const [place, line] of chunk.lines.entries()) {
    if (isAtLeastLevel(line, minLevel)) {
      wanted.push(place);
    }
  }

  const places = Uint16Array.from(wanted);
  levelPlacesByChunk.set(chunk, byLevel.set(minLevel, places));
  return places;
};

const findPatternPlaces = (chunk: LogChunk, pattern: LogPattern): Places => {
  const known = matchesByChunk.get(chunk);
  if (known !== undefined && isSamePattern(known.pattern, pattern)) {
    return known.places;
  }

  const places = Uint16Array.from(findMatchingPlaces(chunk, pattern));
  matchesByChunk.set(chunk, {pattern, places});
  return places;
};

const isSamePattern = (a: LogPattern, b: LogPattern): boolean =>
  a.text === b.text && a.isCaseSensitive === b.isCaseSensitive;

const filterByLevel = (places: Places, {lines}: LogChunk, minLevel: number): Places =>
  places.filter(place => {
    const line = lines[place];
    return line !== undefined && isAtLeastLevel(line, minLevel);
  });

/** Results are cached per chunk, so that a log that grows is searched only once. */
export const createLogView = (lines: LogLines, {minLevel, pattern}: LogFilter): LogView => {
  if (pattern !== undefined) {
    const getPlaces = (chunk: LogChunk): Places => {
      const found = findPatternPlaces(chunk, pattern);
      return minLevel === undefined ? found : filterByLevel(found, chunk, minLevel);
    };
    return createFilteredView(lines, lines.chunks.map(getPlaces));
  }

  if (minLevel !== undefined) {
    return createFilteredView(
      lines,
      lines.chunks.map(chunk => findLevelPlaces(chunk, minLevel)),
    );
  }

  const count = lines.end - lines.first;
  return {
    count,
    getNumber: place => (place >= 0 && place < count ? lines.first + place : undefined),
    getPlace: number => Math.min(count, Math.max(0, number - lines.first)),
  };
};

const createFilteredView = ({first}: LogLines, placesByChunk: readonly Places[]): LogView => {
  const before: number[] = [];
  let count = 0;
  for (const places of placesByChunk) {
    before.push(count);
    count += places.length;
  }

  return {
    count,
    getNumber: place => {
      if (place < 0 || place >= count) {
        return undefined;
      }

      const chunk = findFirstAbove(before, place) - 1;
      const inChunk = placesByChunk[chunk]?.[place - (before[chunk] ?? 0)];
      return inChunk === undefined ? undefined : first + chunk * linesPerChunk + inChunk;
    },
    getPlace: number => {
      const chunk = Math.floor((number - first) / linesPerChunk);
      const places = placesByChunk[chunk];
      return places === undefined
        ? chunk < 0
          ? 0
          : count
        : (before[chunk] ?? 0) + findFirstAbove(places, ((number - first) % linesPerChunk) - 1);
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
