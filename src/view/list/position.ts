import {formatCount} from '../../format/number.js';
import {runRowKey} from '../../store/list/run-row.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedIndex, getRows} from '../../store/selectors.js';

/**
 * The position of the cursor, unless all rows fit, and the number of hidden steps, if any: `9 of 14, 3 hidden`. The row of the run
 * itself is not counted.
 */
export const formatPosition = (openRun: OpenRun, height: number): string => {
  const {rows, hiddenCount, indexByKey} = getRows(openRun);
  const above = indexByKey.has(runRowKey) ? 1 : 0;
  const position = (findSelectedIndex(openRun) ?? above) + 1 - above;
  const where = position === 0 ? '' : `${formatCount(position)} of ${formatCount(rows.length - above)}`;
  const words = [rows.length <= height ? '' : where, hiddenCount === 0 ? '' : `${formatCount(hiddenCount)} hidden`];
  return words.filter(word => word !== '').join(', ');
};
