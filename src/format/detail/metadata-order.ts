import type {Json, JsonRecord} from '../../domain/json.js';
import {isScalar} from './json-parts.js';

/** Metrics first, then what else is one value, then the rest; by name, for the server has no order of its own. */
export const metadataInOrder = (metadata: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.entries(metadata).toSorted(
      ([oneName, one], [otherName, other]) => rankOf(one) - rankOf(other) || (oneName < otherName ? -1 : 1),
    ),
  );

const rankOf = (value: Json): number => (typeof value === 'number' ? 0 : isScalar(value) ? 1 : 2);
