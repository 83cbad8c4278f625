import {findLogLine, type LogLines} from '../../domain/log/lines.js';
import type {LogPosition} from '../../domain/log/position.js';
import type {LogView} from '../../domain/log/view.js';
import type {Line} from '../line.js';
import {renderLogLine} from './line-rows.js';
import type {RowShape} from './row-shape.js';

/** A log to look at: what is held of it, and which lines are of interest. */
export type LogWindowInput = {readonly lines: LogLines; readonly view: LogView; readonly shape: RowShape};

/** The part of a log that is on the screen. */
export type LogWindow = {
  /** At most as many as the window is high. */
  readonly rows: readonly Line[];
  /** Numbers of the first and last line that are seen, wholly or in part; `undefined` where there is none. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly isAtStart: boolean;
  /** The last row of the last line is seen: what comes next is too. */
  readonly isAtEnd: boolean;
  /** Where the window would be so many rows further down, or up; `undefined`: at the end. */
  readonly movedBy: (rows: number) => LogPosition | undefined;
};

/** A row: the place of its line among those of interest, and which row of it. */
type RowSpot = {readonly place: number; readonly row: number};

/** The window at a position; without one, at the end. Only what is seen is laid out, however long the log is. */
export const layOutLogWindow = (
  sight: LogWindowInput,
  position: LogPosition | undefined,
  height: number,
): LogWindow => {
  const rowsAt = createRowLookup(sight);
  const endTop = moveSpot({place: sight.view.count, row: 0}, -height, rowsAt, sight.view.count);
  const wanted = position && getSpot(sight.view, position, rowsAt);
  const top = wanted === undefined || isBelow(wanted, endTop) ? endTop : wanted;
  const rows: Line[] = [];
  let place = top.place;
  for (let row = top.row; rows.length < height && place < sight.view.count; row = 0, place += 1) {
    rows.push(...rowsAt(place).slice(row, row + height - rows.length));
  }

  return {
    rows,
    first: sight.view.numberAt(top.place),
    last: sight.view.numberAt(place - 1),
    isAtStart: top.place === 0 && top.row === 0,
    isAtEnd: !isBelow(endTop, top),
    movedBy: by => {
      if (!Number.isFinite(by)) {
        return by > 0 ? undefined : {number: sight.lines.first, row: 0, lead: 0};
      }

      const next = moveSpot(top, by, rowsAt, sight.view.count);
      const number = sight.view.numberAt(next.place);
      const isEnd = number === undefined || !isBelow(endTop, next);
      return isEnd ? undefined : {number, row: next.row, lead: 0};
    },
  };
};

type GetRows = (place: number) => readonly Line[];

/** Each line is laid out once for a window. */
const createRowLookup = ({lines, view, shape}: LogWindowInput): GetRows => {
  const known = new Map<number, readonly Line[]>();
  return place => {
    const held = known.get(place);
    if (held !== undefined) {
      return held;
    }

    const number = view.numberAt(place);
    const line = number === undefined ? undefined : findLogLine(lines, number);
    const rows = number === undefined || line === undefined ? [] : renderLogLine(line, number, shape);
    known.set(place, rows);
    return rows;
  };
};

const isBelow = (spot: RowSpot, other: RowSpot): boolean =>
  spot.place > other.place || (spot.place === other.place && spot.row > other.row);

const getSpot = (view: LogView, {number, row, lead}: LogPosition, rowsAt: GetRows): RowSpot => {
  const place = view.placeOf(number);
  const isThere = view.numberAt(place) === number;
  const spot = {place, row: isThere ? Math.min(row, rowsAt(place).length - 1) : 0};
  return moveSpot(spot, -lead, rowsAt, view.count);
};

/** So many rows further; never beyond the first and the last one. */
const moveSpot = ({place, row}: RowSpot, by: number, rowsAt: GetRows, count: number): RowSpot => {
  let at = place;
  let inLine = row + by;
  while (inLine < 0 && at > 0) {
    at -= 1;
    inLine += rowsAt(at).length;
  }

  while (at < count && inLine >= rowsAt(at).length) {
    inLine -= rowsAt(at).length;
    at += 1;
  }

  return inLine < 0 ? {place: 0, row: 0} : {place: at, row: at < count ? inLine : 0};
};
