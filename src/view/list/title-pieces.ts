import {cells, cutEnd, padEnd, padStart} from '../../format/cells.js';
import type {Arrangement} from '../../store/list/arrangement.js';
import type {Theme} from '../../theme/theme.js';
import {type Pieces, piece} from '../pieces.js';
import {type Columns, columnGap, leadCells} from './columns.js';
import {columnPieces} from './row-text.js';

/**
 * The line of column titles. The one that the list is sorted by is marked, and `words` say where the cursor is and what is
 * hidden; they may take the place of the title beside them.
 */
export const titlePieces = (columns: Columns, words: string, arrangement: Arrangement, theme: Theme): Pieces => {
  const {order, isReversed} = arrangement;
  const mark = isReversed ? theme.glyph.rising : theme.glyph.falling;
  const isOdd = order === 'start' || (order === 'pipeline' && isReversed);
  const sorted = isOdd ? `STEP ${mark} ${order}` : 'STEP';
  const whole = `${sorted} ${words}`;
  const hasStatus = columns.status > 0 && (order === 'status' || cells(whole) <= columns.name);
  const room = hasStatus ? columns.name : columns.name + (columns.status === 0 ? 0 : columnGap.length + columns.status);
  // What is hidden is counted in the footer, too; and a number is not cut.
  const place = words.replace(/,\s.*/, '');
  const step = [whole, `${sorted} ${place}`].find(way => cells(way) <= room) ?? (isOdd ? sorted : place);
  return [
    piece(' '.repeat(leadCells), 'label'),
    piece(padEnd(cutEnd(step, room), room), 'label'),
    ...(hasStatus
      ? columnPieces(padEnd(order === 'status' ? `STATUS ${mark}` : 'STATUS', columns.status), columns.status, 'label')
      : []),
    ...columnPieces(padStart(order === 'duration' ? `${mark} TIME` : 'TIME', columns.time), columns.time, 'label'),
    ...columnPieces(padStart('TRY', columns.tries), columns.tries, 'label'),
  ];
};
