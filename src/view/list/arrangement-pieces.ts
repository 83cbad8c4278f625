import {dot} from '../../format/marks.js';
import {formatCount} from '../../format/number.js';
import {safeText} from '../../format/safe-text.js';
import {isFiltering} from '../../store/list/arrangement.js';
import {rowsOf} from '../../store/selectors.js';
import type {Watch} from '../../store/watch.js';
import {joined, type Pieces, piece} from '../pieces.js';

/** How many steps are let through: `12 of 5,000`. */
export const shownPieces = (watch: Watch): Pieces => {
  const total = watch.table.structure.length;
  return [piece(`${formatCount(total - rowsOf(watch).hiddenCount)} of ${formatCount(total)}`, 'dim')];
};

/** Of a long filter the start says enough. */
const longestFilter = 24;

/** What of the list is shown and in what order, where that is not simply all: `/embed · 12 of 5,000 · by duration`. */
export const arrangementPieces = (watch: Watch): Pieces => {
  const {arrangement} = watch.list;
  const {filter, isHidingDone, order, isReversed} = arrangement;
  const isThinned = isFiltering(arrangement) || isHidingDone;
  const text = safeText(filter.trim(), {maxCells: longestFilter});
  const by = order === 'pipeline' ? (isReversed ? 'last first' : '') : `by ${order}${isReversed ? ', reversed' : ''}`;
  return joined(
    [
      isFiltering(arrangement) ? [piece('/', 'accent'), piece(text, 'strong')] : [],
      isHidingDone ? [piece('done hidden', 'strong')] : [],
      isThinned ? shownPieces(watch) : [],
      by === '' ? [] : [piece(by, 'strong')],
    ],
    ` ${dot} `,
  );
};
