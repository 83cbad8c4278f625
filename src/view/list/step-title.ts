import {countCells, cutEnd, padEnd, padStart} from '../../format/cells.js';
import {createSegment, type Line} from '../../format/line.js';
import type {Arrangement} from '../../store/list/arrangement.js';
import type {Theme} from '../../theme/theme.js';
import {type StepColumns, stepLeadCells} from './columns.js';
import {renderStepColumn} from './row-text.js';

/**
 * The line of column titles. The column that the list is sorted by is marked; `words` give the cursor position and what is
 * hidden, as far as there is room: the other titles never move.
 */
export const renderStepColumnTitles = (
  columns: StepColumns,
  words: string,
  arrangement: Arrangement,
  theme: Theme,
): Line => {
  const {order, isReversed} = arrangement;
  const mark = isReversed ? theme.glyph.rising : theme.glyph.falling;
  const isWithoutColumn = order === 'start' || order === 'name' || (order === 'pipeline' && isReversed);
  const title = isWithoutColumn ? `STEP ${mark} ${order}` : 'STEP';
  const whole = `${title} ${words}`;
  const hasStatus = columns.status > 0;
  const room = columns.name;
  // The footer also counts what is hidden, so that part is dropped; numbers are never cut.
  const position = words.replace(/,\s.*/, '');
  const step =
    [whole, `${title} ${position}`, isWithoutColumn ? title : position, title].find(
      variant => countCells(variant) <= room,
    ) ?? 'STEP';
  return [
    createSegment(' '.repeat(stepLeadCells), 'label'),
    createSegment(padEnd(cutEnd(step, room), room), 'label'),
    ...(hasStatus
      ? renderStepColumn(
          padEnd(order === 'status' ? `STATUS ${mark}` : 'STATUS', columns.status),
          columns.status,
          'label',
        )
      : []),
    ...renderStepColumn(padStart(order === 'duration' ? `${mark} TIME` : 'TIME', columns.time), columns.time, 'label'),
    ...renderStepColumn(padStart('TRY', columns.attempt), columns.attempt, 'label'),
    ...renderStepColumn(padEnd('TIMELINE', columns.timeline), columns.timeline, 'label'),
  ];
};
