/** Cells of the columns of a timeline. `time` is 0 if there is no room for it. */
export type TimelineColumns = {readonly name: number; readonly chart: number; readonly time: number};

/** Margin, cursor, space, glyph, space. */
export const timelineLeadCells = 5;

const timeCells = 8;
const minWidthForTime = 60;

/** Lays out a row of `width` cells: name, chart and duration. Wide terminals leave more room for names. */
export const layOutTimelineColumns = (width: number, nameCells: number): TimelineColumns => {
  const maxName = width >= 100 ? 28 : width >= minWidthForTime ? 18 : 13;
  const name = Math.max(8, Math.min(nameCells, maxName));
  const time = width >= minWidthForTime ? timeCells : 0;
  // One cell after the name, one before the time, one at the right edge.
  const chart = Math.max(1, width - timelineLeadCells - name - 2 - (time === 0 ? 0 : time + 1));
  return {name, chart, time};
};
