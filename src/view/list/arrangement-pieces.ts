import {middleDot} from '../../format/marks.js';
import {formatCount} from '../../format/number.js';
import {sanitizeText} from '../../format/safe-text.js';
import {isFiltering} from '../../store/list/arrangement.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {getRows} from '../../store/selectors.js';
import {createPiece, joinPieces, type Pieces} from '../pieces.js';

/** How many steps are let through: `12 of 5,000`. */
export const renderShownCount = (watch: OpenRun): Pieces => {
  const total = watch.table.structure.length;
  return [createPiece(`${formatCount(total - getRows(watch).hiddenCount)} of ${formatCount(total)}`, 'dim')];
};

/** Of a long filter the start says enough. */
const maxFilterCells = 24;

/** What of the list is shown and in what order, where that is not simply all: `/embed · 12 of 5,000 · by duration`. */
export const renderArrangement = (watch: OpenRun): Pieces => {
  const {arrangement} = watch.list;
  const {filter, isHidingDone, order, isReversed} = arrangement;
  const isThinned = isFiltering(arrangement) || isHidingDone;
  const text = sanitizeText(filter.trim(), {maxCells: maxFilterCells});
  const by = order === 'pipeline' ? (isReversed ? 'last first' : '') : `by ${order}${isReversed ? ', reversed' : ''}`;
  return joinPieces(
    [
      isFiltering(arrangement) ? [createPiece('/', 'accent'), createPiece(text, 'strong')] : [],
      isHidingDone ? [createPiece('done hidden', 'strong')] : [],
      isThinned ? renderShownCount(watch) : [],
      by === '' ? [] : [createPiece(by, 'strong')],
    ],
    ` ${middleDot} `,
  );
};
