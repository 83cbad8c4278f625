import {getLineText, type Line} from './line.js';
import {wrapLine} from './wrap.js';

const hangCells = 4;

/** Wraps a line of code at `max` cells; continuation lines are indented deeper than the first. */
export const wrapCode = (line: Line, max: number): readonly Line[] => {
  const indent = getLineText(line).search(/\S|$/);
  return wrapLine(line, max, Math.min(indent + hangCells, Math.floor(max / 2)));
};

/** Wraps a line of a diff; its sign is repeated on each line. */
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
