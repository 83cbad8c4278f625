import {foldCase} from '../../domain/fold-case.js';
import type {Json} from '../../domain/json.js';
import {countJsonParts, getJsonPart, isScalar} from '../json-parts.js';

/** Limits the work done on each key press. */
const maxVisited = 100_000;

/**
 * The parts of a value that match a filter, ignoring case: everything below a matching name, and matching values with their
 * parents. A list becomes a record of its indexes. `undefined` if nothing matches.
 */
export const filterTree = (value: Json, filter: string): Json | undefined => {
  const foldedFilter = foldCase(filter);
  let visitedCount = 0;

  const keep = (part: Json): Json | undefined => {
    visitedCount += 1;
    if (isScalar(part)) {
      return foldCase(String(part)).includes(foldedFilter) ? part : undefined;
    }

    const matches: [string, Json][] = [];
    for (let index = 0; index < countJsonParts(part) && visitedCount < maxVisited; index++) {
      const [name, inner] = getJsonPart(part, index);
      const match = foldCase(name).includes(foldedFilter) ? inner : keep(inner);
      if (match !== undefined) {
        matches.push([name, match]);
      }
    }

    return matches.length === 0 ? undefined : Object.fromEntries(matches);
  };

  return foldedFilter === '' ? value : keep(value);
};
