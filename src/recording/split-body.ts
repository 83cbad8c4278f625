import {parseJson} from '../api/parse-json.js';
import {isEnvironmentKey} from '../domain/environment-variables.js';
import type {Json} from '../domain/json.js';
import {isSecretKey} from '../domain/secret-words.js';
import {type RecordedRange, wholeBody} from './recording-format.js';

type SplitBody = {
  /** The body with empty lists. */
  readonly rest: Json;
  /** The elements of each list, by its name; `undefined` if there are no lists. */
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
 * Takes the top-level lists (the items of a page, the nodes of a DAG, a whole log) out of a JSON text. `getNumber` assigns a
 * number to each element. Returns `undefined` if the text is not JSON.
 */
export const splitBody = (text: string, getNumber: (element: string) => number): SplitBody | undefined => {
  let body: Json;
  try {
    body = parseJson(text) as Json;
  } catch {
    return undefined;
  }

  const getRanges = (list: readonly Json[]): readonly RecordedRange[] =>
    groupIntoRanges(list.map(element => getNumber(JSON.stringify(element))));
  if (Array.isArray(body)) {
    return {rest: [], lists: {[wholeBody]: getRanges(body)}};
  }

  if (typeof body !== 'object' || body === null) {
    return {rest: body, lists: undefined};
  }

  const entries = Object.entries(body);
  // A value that is withheld because of its key must stay with the key.
  const isTakenOut = (name: string, value: Json): value is readonly Json[] =>
    Array.isArray(value) && value.length > 0 && !isSecretKey(name) && !isEnvironmentKey(name);
  const lists = entries.flatMap(([name, value]) =>
    isTakenOut(name, value) ? [[name, getRanges(value)] as const] : [],
  );
  const rest = entries.map(([name, value]) => [name, isTakenOut(name, value) ? [] : value] as const);
  return {rest: Object.fromEntries(rest), lists: lists.length === 0 ? undefined : Object.fromEntries(lists)};
};
