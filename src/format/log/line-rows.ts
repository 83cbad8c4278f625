import type {LogLine} from '../../domain/log/line.js';
import {rangesOf} from '../../domain/log/pattern.js';
import {dim, type Line, plain, type Segment} from '../line.js';
import {lineCells, lineText} from '../line-cells.js';
import {ellipsis} from '../marks.js';
import {clockTime} from '../time.js';
import {longestShown, messageSegments} from './message-segments.js';
import type {RowShape} from './row-shape.js';
import {brokenSegments, splitSegments, tonedRanges} from './segment-cells.js';

const timeCells = 9;
const levelCells = 2;

/** Below this there is no room for more than the text. */
const leastForTimes = 40;

/**
 *     21:16:59   epoch 7/20 loss 0.213
 *     21:17:04 W the learning rate is high, and a long line goes on
 *                in the next row
 *     21:17:09 E Traceback (most recent call last):
 *
 * The rows of a line, one unless it is wrapped. The time is that of writing, so a line that goes on with the message of the
 * line above has none.
 */
export const lineRows = (line: LogLine, number: number, shape: RowShape): readonly Line[] => {
  const margin = marginOf(line, shape);
  const room = Math.max(1, shape.width - lineCells(margin));
  const segments = markedSegments(messageSegments(line.text, unitsSeen(shape, room)), number, shape);
  if (!shape.isWrapped) {
    return [[...margin, ...shifted(segments, shape.left, room)]];
  }

  const indent = [plain(' '.repeat(shape.width - room))];
  return brokenSegments(segments, room).map((row, place) => [...(place === 0 ? margin : indent), ...row]);
};

/** Many characters may share a cell, but no honest text has a dozen in each. */
const unitsSeen = ({isWrapped, left}: RowShape, room: number): number =>
  isWrapped ? longestShown : 64 + 12 * (left + room);

const marginOf = (line: LogLine, {width, hasTimes, utcOffset}: RowShape): Line => {
  const level = line.isContinued ? plain(' '.repeat(levelCells)) : levelMark(line.level);
  if (!hasTimes || width < leastForTimes) {
    return [level];
  }

  const isKnown = line.at !== undefined && !line.isContinued;
  return [isKnown ? dim(`${clockTime(line.at, utcOffset)} `) : plain(' '.repeat(timeCells)), level];
};

/** Said by a letter and its colour; what is printed, and everything in a log without levels, has none. */
const levelMark = (level: number | undefined): Segment => {
  if (level === undefined || (level >= 20 && level < 30)) {
    return plain('  ');
  }

  if (level < 20) {
    return dim('D ');
  }

  return level < 40 ? {text: 'W ', tone: 'warning'} : {text: level < 50 ? 'E ' : 'C ', tone: 'bad'};
};

const markedSegments = (segments: readonly Segment[], number: number, {pattern, hit}: RowShape): readonly Segment[] =>
  pattern === undefined
    ? segments
    : tonedRanges(segments, rangesOf(lineText(segments), pattern), number === hit ? 'foundHere' : 'found');

/** What is seen of a line that is not wrapped; an ellipsis stands where it goes on. */
const shifted = (segments: readonly Segment[], left: number, room: number): readonly Segment[] => {
  const isCutLeft = left > 0;
  const rest = isCutLeft ? splitSegments(segments, left).tail : segments;
  const start: readonly Segment[] = isCutLeft && room > 2 ? [dim(ellipsis)] : [];
  const free = room - start.length;
  const {head, tail} = splitSegments(rest, free);
  if (!tail.some(({text}) => text !== '') || free <= 1) {
    return [...start, ...head];
  }

  const cut = splitSegments(rest, free - 1).head;
  return [...start, ...(lineCells(cut) < free ? cut : []), dim(ellipsis)];
};
