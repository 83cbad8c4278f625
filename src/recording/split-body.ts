import type {Json} from '../domain/json.js';
import {isSecretKey} from '../domain/secret-words.js';
import {type RecordedRange, wholeBody} from './recording-format.js';

export type SplitBody = {
  /** The body with its lists empty. */
  readonly rest: Json;
  /** What the lists held, by name; none where there was no list. */
  readonly lists: Readonly<Record<string, readonly RecordedRange[]>> | undefined;
};

const groupIntoRanges = (numbers: readonly number[]): readonly RecordedRange[] => {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[0] + last[1] === number) {
      last[1] += 1;
    } else {
      ranges.push([number, 1]);
    }
  }

  return ranges;
};

/**
 * A JSON text with the lists at its top (the items of a page, the nodes of a DAG, a whole log) taken out, element by
 * element: `numberOf` gives each its number. `undefined` for a text that is no JSON.
 */
export const splitBody = (text: string, numberOf: (element: string) => number): SplitBody | undefined => {
  let whole: Json;
  try {
    whole = JSON.parse(text);
  } catch {
    return undefined;
  }

  const ranges = (list: readonly Json[]): readonly RecordedRange[] =>
    groupIntoRanges(list.map(element => numberOf(JSON.stringify(element))));
  if (Array.isArray(whole)) {
    return {rest: [], lists: {[wholeBody]: ranges(whole)}};
  }

  if (typeof whole !== 'object' || whole === null) {
    return {rest: whole, lists: undefined};
  }

  const entries = Object.entries(whole);
  // What is removed with its key must not get away as elements without one.
  const isTaken = (name: string, value: Json): value is readonly Json[] =>
    Array.isArray(value) && value.length > 0 && !isSecretKey(name);
  const lists = entries.flatMap(([name, value]) => (isTaken(name, value) ? [[name, ranges(value)] as const] : []));
  const rest = entries.map(([name, value]) => [name, isTaken(name, value) ? [] : value] as const);
  return {rest: Object.fromEntries(rest), lists: lists.length === 0 ? undefined : Object.fromEntries(lists)};
};
