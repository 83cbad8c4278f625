import {findMatchingPlaces} from './chunk-search.js';
import type {LogLine} from './line.js';
import {type LogChunk, type LogLines, linesPerChunk} from './lines.js';
import type {LogPattern} from './pattern.js';

/** Which lines are of interest. */
export type LogFilter = {
  /** Python's number for a level: lines below it are left out. */
  readonly leastLevel: number | undefined;
  readonly pattern: LogPattern | undefined;
};

/** Those lines of a log that are of interest, by their place among each other. */
export type LogView = {
  readonly count: number;
  /** The number of a line by its place; `undefined` beyond the last. */
  readonly numberAt: (place: number) => number | undefined;
  /** How many there are before the line of this number: its place, or where it would be. */
  readonly placeOf: (number: number) => number;
};

/** What prints have, and what is assumed of logs that tell no levels. */
const defaultLevel = 20;

const isAtLeastLevel = ({level}: LogLine, least: number): boolean => (level ?? defaultLevel) >= least;

/** Places in a chunk, ascending. */
type Places = Uint16Array;

type KnownMatches = {readonly pattern: LogPattern; readonly places: Places};

const levelPlacesByChunk = new WeakMap<LogChunk, Map<number, Places>>();
const matchesByChunk = new WeakMap<LogChunk, KnownMatches>();

const findLevelPlaces = (chunk: LogChunk, least: number): Places => {
  const byLevel = levelPlacesByChunk.get(chunk) ?? new Map<number, Places>();
  const known = byLevel.get(least);
  if (known !== undefined) {
    return known;
  }

  const wanted: number[] = [];
  for (const [place, line] of chunk.lines.entries()) {
    if (isAtLeastLevel(line, least)) {
      wanted.push(place);
    }
  }

  const places = Uint16Array.from(wanted);
  levelPlacesByChunk.set(chunk, byLevel.set(least, places));
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

const filterByLevel = (places: Places, {lines}: LogChunk, least: number): Places =>
  places.filter(place => {
    const line = lines[place];
    return line !== undefined && isAtLeastLevel(line, least);
  });

/** Whole chunks remember what they hold of interest: a log that grows by a few lines is looked through once. */
export const createLogView = (lines: LogLines, {leastLevel, pattern}: LogFilter): LogView => {
  if (pattern !== undefined) {
    const placesIn = (chunk: LogChunk): Places => {
      const found = findPatternPlaces(chunk, pattern);
      return leastLevel === undefined ? found : filterByLevel(found, chunk, leastLevel);
    };
    return createFilteredView(lines, lines.chunks.map(placesIn));
  }

  if (leastLevel !== undefined) {
    return createFilteredView(
      lines,
      lines.chunks.map(chunk => findLevelPlaces(chunk, leastLevel)),
    );
  }

  const count = lines.end - lines.first;
  return {
    count,
    numberAt: place => (place >= 0 && place < count ? lines.first + place : undefined),
    placeOf: number => Math.min(count, Math.max(0, number - lines.first)),
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
    numberAt: place => {
      if (place < 0 || place >= count) {
        return undefined;
      }

      const chunk = findFirstAbove(before, place) - 1;
      const inChunk = placesByChunk[chunk]?.[place - (before[chunk] ?? 0)];
      return inChunk === undefined ? undefined : first + chunk * linesPerChunk + inChunk;
    },
    placeOf: number => {
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

/** The first place of what is above `value` in an ascending list. */
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
