import type {LogLine} from '../../domain/log/line.js';
import {findRanges, type LogPattern} from '../../domain/log/pattern.js';
import {countLineCells, getLineText, type Line, renderDim, renderPlain, type Segment} from '../line.js';
import {ellipsis} from '../marks.js';
import {applyTone, breakLine, splitLine} from '../split-line.js';
import {formatClockTime, type UtcOffset} from '../time.js';
import {maxShownUnits, renderLogMessage} from './message-segments.js';

/** How log lines are laid out. */
export type RowShape = {
  /** Cells of a row. */
  readonly width: number;
  /** Wrap long lines; otherwise they are cut and can be scrolled. */
  readonly isWrapped: boolean;
  /** Cells scrolled out of view on the left. */
  readonly left: number;
  readonly hasTimes: boolean;
  readonly getUtcOffset: UtcOffset;
  /** The search pattern, and the number of the line with the current match. */
  readonly pattern: LogPattern | undefined;
  readonly currentMatch: number | undefined;
};

const timeCells = 9;
const levelCells = 2;

/** With less room, only the text is shown. */
const minWidthForTimes = 40;

/**
 *     21:16:59   epoch 7/20 loss 0.213
 *     21:17:04 W the learning rate is high, and a long line continues
 *                in the next row
 *     21:17:09 E Traceback (most recent call last):
 *
 * The rows of a line; more than one only if it is wrapped. A line that continues the message of the previous line has no
 * time, as the whole message was written at once.
 */
export const renderLogLine = (line: LogLine, number: number, shape: RowShape): readonly Line[] => {
  const margin = renderMargin(line, shape);
  const room = Math.max(1, shape.width - countLineCells(margin));
  const segments = highlightMatches(renderLogMessage(line.text, getVisibleUnits(shape, room)), number, shape);
  if (!shape.isWrapped) {
    return [[...margin, ...shiftSegments(segments, shape.left, room)]];
  }

  const indent = [renderPlain(' '.repeat(shape.width - room))];
  return breakLine(segments, room).map((row, index) => [...(index === 0 ? margin : indent), ...row]);
};

/** Several characters can share a cell, but a legitimate text does not have a dozen in each. */
const getVisibleUnits = ({isWrapped, left}: RowShape, room: number): number =>
  isWrapped ? maxShownUnits : 64 + 12 * (left + room);

const renderMargin = (line: LogLine, {width, hasTimes, getUtcOffset}: RowShape): Line => {
  const level = line.isContinued ? renderPlain(' '.repeat(levelCells)) : renderLevel(line.level);
  if (!hasTimes || width < minWidthForTimes) {
    return [level];
  }

  const isKnown = line.at !== undefined && !line.isContinued;
  return [
    isKnown ? renderDim(`${formatClockTime(line.at, getUtcOffset)} `) : renderPlain(' '.repeat(timeCells)),
    level,
  ];
};

/** A letter and its tone; blank for info, and for lines without a level such as printed text. */
const renderLevel = (level: number | undefined): Segment => {
  if (level === undefined || (level >= 20 && level < 30)) {
    return renderPlain('  ');
  }

  if (level < 20) {
    return renderDim('D ');
  }

  return level < 40 ? {text: 'W ', tone: 'warning'} : {text: level < 50 ? 'E ' : 'C ', tone: 'bad'};
};

const highlightMatches = (
  segments: readonly Segment[],
  number: number,
  {pattern, currentMatch}: RowShape,
): readonly Segment[] =>
  pattern === undefined
    ? segments
    : applyTone(
        segments,
        findRanges(getLineText(segments), pattern),
        number === currentMatch ? 'currentMatch' : 'match',
      );

/** The visible part of a line that is not wrapped, with an ellipsis where it is cut. */
const shiftSegments = (segments: readonly Segment[], left: number, room: number): readonly Segment[] => {
  const isCutLeft = left > 0;
  const shifted = isCutLeft ? splitLine(segments, left).tail : segments;
  const start: readonly Segment[] = isCutLeft && room > 2 ? [renderDim(ellipsis)] : [];
  const free = room - start.length;
  const {head, tail} = splitLine(shifted, free);
  if (!tail.some(({text}) => text !== '') || free <= 1) {
    return [...start, ...head];
  }

  const cut = splitLine(shifted, free - 1).head;
  return [...start, ...(countLineCells(cut) < free ? cut : []), renderDim(ellipsis)];
};
