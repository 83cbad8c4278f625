import type {Json, JsonRecord} from '../../domain/json.js';
import {isScalar} from '../json-parts.js';

/** Numbers first, then other scalars, then the rest; each sorted by name, as the server has no order. */
export const sortMetadata = (metadata: JsonRecord): JsonRecord =>
  Object.fromEntries(
    Object.entries(metadata).toSorted(
      ([oneName, one], [otherName, other]) => getRank(one) - getRank(other) || (oneName < otherName ? -1 : 1),
    ),
  );

const getRank = (value: Json): number => (typeof value === 'number' ? 0 : isScalar(value) ? 1 : 2);
