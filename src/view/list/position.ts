import {formatCount} from '../../format/number.js';
import {rowsOf, selectedPlace} from '../../store/selectors.js';
import type {Watch} from '../../store/state.js';

/** Where the cursor is in a list of which not all rows are seen: `9 of 14`; else empty. */
export const positionWords = (watch: Watch, height: number): string => {
  const count = rowsOf(watch).rows.length;
  return count <= height ? '' : `${formatCount((selectedPlace(watch) ?? 0) + 1)} of ${formatCount(count)}`;
};
