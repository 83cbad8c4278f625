import type {Json} from '../../domain/json.js';
import {countJsonParts, getJsonPart, isScalar} from './json-parts.js';

/** Nobody waits for more than this many values to be looked through each time a key is pressed. */
const maxVisited = 100_000;

/**
 * What is left of a value under a filter: parts whose name holds the text (whatever the case), whole, and the values that
 * hold it, with the way to them. A list becomes a record of its places. `undefined`: nothing is left.
 */
export const filterTree = (value: Json, filter: string): Json | undefined => {
  const wanted = filter.toLowerCase();
  let visited = 0;

  const keep = (part: Json): Json | undefined => {
    visited += 1;
    if (isScalar(part)) {
      return String(part).toLowerCase().includes(wanted) ? part : undefined;
    }

    const kept: [string, Json][] = [];
    for (let place = 0; place < countJsonParts(part) && visited < maxVisited; place++) {
      const [name, inner] = getJsonPart(part, place);
      const left = name.toLowerCase().includes(wanted) ? inner : keep(inner);
      if (left !== undefined) {
        kept.push([name, left]);
      }
    }

    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  };

  return wanted === '' ? value : keep(value);
};
