import {type StepColumn, stepColumns} from '../../store/session.js';

/** Widths in cells; 0 if a column is left out. */
export type StepColumns = {
  /** Of the whole row. */
  readonly width: number;
  readonly name: number;
  readonly status: number;
  readonly time: number;
  readonly tries: number;
  readonly timeline: number;
};

/** Before the name: margin, cursor, space, glyph, space. */
export const stepLeadCells = 5;

/** The longest statuses have twelve letters. */
const statusCells = 12;
/** `12m 04s`, `3d 04h` */
const timeCells = 7;
/** The number of the attempt, or the progress bar of a group */
const triesCells = 5;
const gap = 2;

/** Below these widths columns are dropped: first the status word (its glyph stays), then the attempts, then the time. */
const minWidthForTries = 36;
const minWidthForStatus = 46;
const minWidthForTime = 26;

/**
 * Lays out the `wanted` columns in a row of `width` cells; `hasRetries`: some step has several attempts. Beside the status word, room
 * for attempts is always reserved, so that no column moves at the first retry. `timeline`: cells that the screen has for that column.
 */
export const layOutStepColumns = (
  width: number,
  hasRetries: boolean,
  wanted: readonly StepColumn[] = stepColumns,
  timeline = 0,
): StepColumns => {
  const status = wanted.includes('status') && width >= minWidthForStatus ? statusCells : 0;
  const time = wanted.includes('time') && width >= minWidthForTime ? timeCells : 0;
  const hasRoom = status > 0 || (hasRetries && width >= minWidthForTries);
  const tries = wanted.includes('try') && hasRoom ? triesCells : 0;
  const taken = [status, time, tries, timeline].filter(cells => cells > 0).reduce((sum, cells) => sum + cells + gap, 0);
  return {width, name: Math.max(1, width - stepLeadCells - taken - endCells), status, time, tries, timeline};
};

/** Free cell at the right end, so that text does not touch the edge of the selected row's background. */
const endCells = 1;

/** Cells of the timeline column with the gap before it and the free cell after it; 0 if it is left out. */
export const getTimelineColumnCells = ({timeline}: Pick<StepColumns, 'timeline'>): number =>
  timeline === 0 ? 0 : gap + timeline + endCells;

export const stepColumnGap = ' '.repeat(gap);
