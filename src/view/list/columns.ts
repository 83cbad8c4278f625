import {type StepColumn, stepColumns} from '../../store/session.js';

/** Widths in cells; 0 if a column is left out. */
export type StepColumns = {
  /** Of the whole row. */
  readonly width: number;
  readonly name: number;
  readonly status: number;
  readonly time: number;
  readonly attempt: number;
  readonly timeline: number;
};

/** Before the name: margin, cursor, space, glyph, space. */
export const stepLeadCells = 5;

/** The longest statuses have twelve letters. */
const statusCells = 12;
/** The longest times look like `12m 04s` or `3d 04h`. */
const timeCells = 7;
/** The number of the attempt, or the progress bar of a group. */
const attemptCells = 5;
const gap = 2;

/** Below these widths, columns are dropped: first the status word (its glyph stays), then the attempts, then the time. */
const minWidthForStatus = 46;
const minWidthForAttempt = 36;
const minWidthForTime = 26;

/**
 * Lays out the `wanted` columns in a row of `width` cells. A row with a status word always has a column of attempts, so that no
 * column moves at the first retry; a row without one only if it is needed, because a step has been retried. `timeline` is the width
 * of the timeline column.
 */
export const layOutStepColumns = (
  width: number,
  isAttemptNeeded: boolean,
  wanted: readonly StepColumn[] = stepColumns,
  timeline = 0,
): StepColumns => {
  const status = wanted.includes('status') && width >= minWidthForStatus ? statusCells : 0;
  const time = wanted.includes('time') && width >= minWidthForTime ? timeCells : 0;
  const hasRoom = status > 0 || (isAttemptNeeded && width >= minWidthForAttempt);
  const attempt = wanted.includes('try') && hasRoom ? attemptCells : 0;
  const taken = [status, time, attempt, timeline]
    .filter(cells => cells > 0)
    .reduce((sum, cells) => sum + cells + gap, 0);
  return {width, name: Math.max(1, width - stepLeadCells - taken - endCells), status, time, attempt, timeline};
};

/** Free cell at the right end, so that text does not touch the edge of the selected row's background. */
const endCells = 1;

/** Cells of the timeline column with the gap before it and the free cell after it; 0 if it is left out. */
export const getTimelineColumnCells = ({timeline}: Pick<StepColumns, 'timeline'>): number =>
  timeline === 0 ? 0 : gap + timeline + endCells;

export const stepColumnGap = ' '.repeat(gap);
