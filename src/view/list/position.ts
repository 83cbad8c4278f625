import {formatCount} from '../../format/number.js';
import {rowsOf, selectedPlace} from '../../store/selectors.js';
import type {Watch} from '../../store/watch.js';

/** Where the cursor is in a list of which not all rows are seen, and how many steps are let through: `9 of 14`; else empty. */
export const positionWords = (watch: Watch, height: number): string => {
  const {rows, hiddenCount} = rowsOf(watch);
  const place = `${formatCount((selectedPlace(watch) ?? 0) + 1)} of ${formatCount(rows.length)}`;
  const words = [rows.length <= height ? '' : place, hiddenCount === 0 ? '' : `${formatCount(hiddenCount)} hidden`];
  return words.filter(word => word !== '').join(', ');
};
