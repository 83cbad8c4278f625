import {countCells, cutEnd} from './cells.js';
import type {Line, Segment} from './line.js';

export const getLineText = (line: Line): string => line.map(({text}) => text).join('');

export const countLineCells = (line: Line): number => line.reduce((sum, {text}) => sum + countCells(text), 0);

/** A line in at most `max` cells, its tones kept; what is too long ends in an ellipsis. */
export const cutLine = (line: Line, max: number): Line => {
  if (countLineCells(line) <= max) {
    return line;
  }

  const kept: Segment[] = [];
  let left = max;
  for (const [index, {text, tone}] of line.entries()) {
    const width = countCells(text);
    // What fits to the last cell still has to make room for the ellipsis when more follows.
    const isLast = width > left || (width === left && index < line.length - 1);
    kept.push({text: isLast ? cutEnd(width === left ? `${text} ` : text, left) : text, tone});
    left -= width;
    if (isLast) {
      break;
    }
  }

  return kept.filter(({text}) => text !== '');
};
