import {findLogLine, type LogLines} from '../../domain/log/lines.js';
import type {LogPosition, LogView} from '../../domain/log/view.js';
import type {Line} from '../line.js';
import {type RowShape, renderLogLine} from './line-rows.js';

/** The stored lines of a log, and which of them are shown. */
export type LogWindowInput = {readonly lines: LogLines; readonly view: LogView; readonly shape: RowShape};

/** The part of a log that is on the screen. */
export type LogWindow = {
  /** At most `height` rows. */
  readonly rows: readonly Line[];
  /** Numbers of the first and last line that are at least partly visible; `undefined` if there is none. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly isAtStart: boolean;
  /** The last row of the last line is visible, so new lines are followed. */
  readonly isAtEnd: boolean;
  /** The position the given number of rows further down, or up if negative; `undefined` means the end. */
  readonly moveBy: (rows: number) => LogPosition | undefined;
};

/** A row: the index of its line among those shown, and the row within that line. */
type RowSpot = {readonly index: number; readonly row: number};

/** The window at a position, by default at the end. Only visible lines are laid out. */
export const layOutLogWindow = (
  input: LogWindowInput,
  position: LogPosition | undefined,
  height: number,
): LogWindow => {
  const getRowsAt = createRowLookup(input);
  const endTop = moveSpot({index: input.view.count, row: 0}, -height, getRowsAt, input.view.count);
  const requestedTop = position && getSpot(input.view, position, getRowsAt);
  const top = requestedTop === undefined || isBelow(requestedTop, endTop) ? endTop : requestedTop;
  const rows: Line[] = [];
  let index = top.index;
  for (let row = top.row; rows.length < height && index < input.view.count; row = 0, index += 1) {
    rows.push(...getRowsAt(index).slice(row, row + height - rows.length));
  }

  return {
    rows,
    first: input.view.getNumber(top.index),
    last: input.view.getNumber(index - 1),
    isAtStart: top.index === 0 && top.row === 0,
    isAtEnd: !isBelow(endTop, top),
    moveBy: by => {
      if (!Number.isFinite(by)) {
        return by > 0 ? undefined : {number: input.lines.first, row: 0, lead: 0};
      }

      const next = moveSpot(top, by, getRowsAt, input.view.count);
      const number = input.view.getNumber(next.index);
      const isEnd = number === undefined || !isBelow(endTop, next);
      return isEnd ? undefined : {number, row: next.row, lead: 0};
    },
  };
};

type GetRows = (index: number) => readonly Line[];

/** Lays out each line once per window. */
const createRowLookup = ({lines, view, shape}: LogWindowInput): GetRows => {
  const rowsByIndex = new Map<number, readonly Line[]>();
  return index => {
    const knownRows = rowsByIndex.get(index);
    if (knownRows !== undefined) {
      return knownRows;
    }

    const number = view.getNumber(index);
    const line = number === undefined ? undefined : findLogLine(lines, number);
    const rows = number === undefined || line === undefined ? [] : renderLogLine(line, number, shape);
    rowsByIndex.set(index, rows);
    return rows;
  };
};

const isBelow = (spot: RowSpot, other: RowSpot): boolean =>
  spot.index > other.index || (spot.index === other.index && spot.row > other.row);

const getSpot = (view: LogView, {number, row, lead}: LogPosition, getRowsAt: GetRows): RowSpot => {
  const index = view.getIndex(number);
  const isThere = view.getNumber(index) === number;
  const spot = {index, row: isThere ? Math.min(row, getRowsAt(index).length - 1) : 0};
  return moveSpot(spot, -lead, getRowsAt, view.count);
};

/** Moves by a number of rows, clamped to the first and last row. */
const moveSpot = ({index, row}: RowSpot, by: number, getRowsAt: GetRows, count: number): RowSpot => {
  let newIndex = index;
  let newRow = row + by;
  while (newRow < 0 && newIndex > 0) {
    newIndex -= 1;
    newRow += getRowsAt(newIndex).length;
  }

  while (newIndex < count && newRow >= getRowsAt(newIndex).length) {
    newRow -= getRowsAt(newIndex).length;
    newIndex += 1;
  }

  return newRow < 0 ? {index: 0, row: 0} : {index: newIndex, row: newIndex < count ? newRow : 0};
};
