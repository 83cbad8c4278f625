import {getLineText, type Line} from './line.js';
import {wrapLine} from './wrap.js';

const hangCells = 4;

/** A line of code as lines of at most `max` cells; what does not fit goes on below, set in further than the line itself. */
export const wrapCode = (line: Line, max: number): readonly Line[] => {
  const indent = getLineText(line).search(/\S|$/);
  return wrapLine(line, max, Math.min(indent + hangCells, Math.floor(max / 2)));
};

/** The same for a line of a difference: its sign stands before each part. */
export const wrapDiffLine = (line: Line, max: number): readonly Line[] => {
  const [first, ...others] = line;
  if (first === undefined) {
    return [line];
  }

  const {text, tone} = first;
  return wrapCode([{text: text.slice(2), tone}, ...others], Math.max(8, max - 2)).map(part => [
    {text: text.slice(0, 2), tone},
    ...part,
  ]);
};
