import {placesHolding} from './chunk-search.js';
import type {LogLine} from './line.js';
import {chunkSize, type LogChunk, type LogLines} from './lines.js';
import type {LogPattern} from './pattern.js';

/** Which lines are of interest. */
export type LogChoice = {
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
const usualLevel = 20;

const isLoud = ({level}: LogLine, least: number): boolean => (level ?? usualLevel) >= least;

/** Places in a chunk, ascending. */
type Places = Uint16Array;

type Known = {readonly pattern: LogPattern; readonly places: Places};

const loudByChunk = new WeakMap<LogChunk, Map<number, Places>>();
const foundByChunk = new WeakMap<LogChunk, Known>();

const loudIn = (chunk: LogChunk, least: number): Places => {
  const byLevel = loudByChunk.get(chunk) ?? new Map<number, Places>();
  const known = byLevel.get(least);
  if (known !== undefined) {
    return known;
  }

  const wanted: number[] = [];
  for (const [place, line] of chunk.lines.entries()) {
    if (isLoud(line, least)) {
      wanted.push(place);
    }
  }

  const places = Uint16Array.from(wanted);
  loudByChunk.set(chunk, byLevel.set(least, places));
  return places;
};

const foundIn = (chunk: LogChunk, pattern: LogPattern): Places => {
  const known = foundByChunk.get(chunk);
  if (known !== undefined && isSame(known.pattern, pattern)) {
    return known.places;
  }

  const places = Uint16Array.from(placesHolding(chunk, pattern));
  foundByChunk.set(chunk, {pattern, places});
  return places;
};

const isSame = (a: LogPattern, b: LogPattern): boolean => a.text === b.text && a.isCaseSensitive === b.isCaseSensitive;

const loudAmong = (places: Places, {lines}: LogChunk, least: number): Places =>
  places.filter(place => {
    const line = lines[place];
    return line !== undefined && isLoud(line, least);
  });

/** Whole chunks remember what they hold of interest: a log that grows by a few lines is looked through once. */
export const viewOf = (lines: LogLines, {leastLevel, pattern}: LogChoice): LogView => {
  if (pattern !== undefined) {
    const placesIn = (chunk: LogChunk): Places => {
      const found = foundIn(chunk, pattern);
      return leastLevel === undefined ? found : loudAmong(found, chunk, leastLevel);
    };
    return viewOn(lines, lines.chunks.map(placesIn));
  }

  if (leastLevel !== undefined) {
    return viewOn(
      lines,
      lines.chunks.map(chunk => loudIn(chunk, leastLevel)),
    );
  }

  const count = lines.end - lines.first;
  return {
    count,
    numberAt: place => (place >= 0 && place < count ? lines.first + place : undefined),
    placeOf: number => Math.min(count, Math.max(0, number - lines.first)),
  };
};

const viewOn = ({first}: LogLines, placesByChunk: readonly Places[]): LogView => {
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

      const chunk = firstAbove(before, place) - 1;
      const inChunk = placesByChunk[chunk]?.[place - (before[chunk] ?? 0)];
      return inChunk === undefined ? undefined : first + chunk * chunkSize + inChunk;
    },
    placeOf: number => {
      const chunk = Math.floor((number - first) / chunkSize);
      const places = placesByChunk[chunk];
      return places === undefined
        ? chunk < 0
          ? 0
          : count
        : (before[chunk] ?? 0) + firstAbove(places, ((number - first) % chunkSize) - 1);
    },
  };
};

/** The first place of what is above `value` in an ascending list. */
const firstAbove = (ascending: ArrayLike<number>, value: number): number => {
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
