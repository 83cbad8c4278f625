import type {LogChunk} from './lines.js';
import {type LogPattern, readText} from './pattern.js';

/** All lines of a chunk in small letters as one text, and where each line begins in it. */
type SmallText = {readonly text: string; readonly starts: Uint32Array};

const smallByChunk = new WeakMap<LogChunk, SmallText>();

/**
 * Places of the lines that hold it, ascending. Small letters are looked for in one long text, which is made when a chunk is
 * first searched: that is some ten times as fast as line by line.
 */
export const placesHolding = (chunk: LogChunk, pattern: LogPattern): readonly number[] =>
  pattern.isCaseSensitive ? sensitivePlaces(chunk, pattern.text) : smallPlaces(smallTextOf(chunk), pattern.text);

const sensitivePlaces = ({lines}: LogChunk, wanted: string): readonly number[] => {
  const places: number[] = [];
  for (const [place, {text}] of lines.entries()) {
    if (readText(text).includes(wanted)) {
      places.push(place);
    }
  }

  return places;
};

const smallTextOf = (chunk: LogChunk): SmallText => {
  const known = smallByChunk.get(chunk);
  if (known !== undefined) {
    return known;
  }

  const small = madeSmall(chunk.lines.map(({text}) => text));
  smallByChunk.set(chunk, small);
  return small;
};

/** At once, unless there are colours to leave out or a small letter is longer than its capital, as of `İ`. */
const madeSmall = (lines: readonly string[]): SmallText => {
  const joined = lines.join('\n');
  const text = joined.toLowerCase();
  if (text.length !== joined.length || joined.includes('\x1b[')) {
    const small = lines.map(line => readText(line).toLowerCase());
    return {text: small.join('\n'), starts: startsOf(small)};
  }

  return {text, starts: startsOf(lines)};
};

const startsOf = (lines: readonly string[]): Uint32Array => {
  const starts = new Uint32Array(lines.length + 1);
  let start = 0;
  for (let place = 0; place < lines.length; place += 1) {
    start += (lines[place]?.length ?? 0) + 1;
    starts[place + 1] = start;
  }

  return starts;
};

const smallPlaces = ({text, starts}: SmallText, wanted: string): readonly number[] => {
  const places: number[] = [];
  let line = 0;
  for (let found = text.indexOf(wanted); found !== -1; found = text.indexOf(wanted, starts[line])) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= found) {
      line += 1;
    }

    places.push(line);
    line += 1;
  }

  return places;
};
