import {createSegment, joinLines, type Line} from '../../format/line.js';
import {middleDot} from '../../format/marks.js';
import {formatCount} from '../../format/number.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {isFiltering} from '../../store/list/arrangement.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getRows} from '../../store/selectors.js';

/** How many of the steps are not hidden: `12 of 5,000`. */
export const renderShownCount = (openRun: OpenRun): Line => {
  const total = openRun.table.structure.length;
  return [createSegment(`${formatCount(total - getRows(openRun).hiddenCount)} of ${formatCount(total)}`, 'dim')];
};

/** A longer filter is cut. */
const maxFilterCells = 24;

/**
 * Filter and order, unless they are the defaults: `/embed · 12 of 5,000 · by duration`. The order is left out if `isSorted` is
 * false, as in the graph.
 */
export const renderArrangement = (openRun: OpenRun, isSorted: boolean): Line => {
  const {arrangement} = openRun.list;
  const {filter, isHidingSuccessful, order, isReversed} = arrangement;
  const isThinned = isFiltering(arrangement) || isHidingSuccessful;
  const text = sanitizeToWidth(filter.trim(), maxFilterCells);
  const by = order === 'pipeline' ? (isReversed ? 'last first' : '') : `by ${order}${isReversed ? ', reversed' : ''}`;
  return joinLines(
    [
      isFiltering(arrangement) ? [createSegment('/', 'accent'), createSegment(text, 'strong')] : [],
      isHidingSuccessful ? [createSegment('successful hidden', 'strong')] : [],
      isThinned ? renderShownCount(openRun) : [],
      by === '' || !isSorted ? [] : [createSegment(by, 'strong')],
    ],
    ` ${middleDot} `,
  );
};
