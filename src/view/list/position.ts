import {formatCount} from '../../format/number.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedPlace, getRows} from '../../store/selectors.js';

/** Cursor position and number of hidden steps: `9 of 14, 3 hidden`; empty if all rows are visible. */
export const formatPosition = (openRun: OpenRun, height: number): string => {
  const {rows, hiddenCount} = getRows(openRun);
  const place = `${formatCount((findSelectedPlace(openRun) ?? 0) + 1)} of ${formatCount(rows.length)}`;
  const words = [rows.length <= height ? '' : place, hiddenCount === 0 ? '' : `${formatCount(hiddenCount)} hidden`];
  return words.filter(word => word !== '').join(', ');
};
