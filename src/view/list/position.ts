import {formatCount} from '../../format/number.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedPlace, getRows} from '../../store/selectors.js';

/** Where the cursor is in a list of which not all rows are seen, and how many steps are let through: `9 of 14`; else empty. */
export const formatPosition = (watch: OpenRun, height: number): string => {
  const {rows, hiddenCount} = getRows(watch);
  const place = `${formatCount((findSelectedPlace(watch) ?? 0) + 1)} of ${formatCount(rows.length)}`;
  const words = [rows.length <= height ? '' : place, hiddenCount === 0 ? '' : `${formatCount(hiddenCount)} hidden`];
  return words.filter(word => word !== '').join(', ');
};
