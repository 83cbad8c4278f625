import {countCells, splitAt} from './cells.js';
import type {Line, Segment, Tone} from './line.js';

type SplitLine = {readonly head: Line; readonly tail: Line};

const printableAscii = /^[\x20-\x7e]*$/;

/**
 * Splits a line after `max` cells, between whole characters; the head gets at least one character. Measures no more of a long
 * text than the head needs.
 */
export const splitLine = (line: Line, max: number): SplitLine => {
  let free = max;
  for (const [index, segment] of line.entries()) {
    const {text} = segment;
    if (text.length <= free && printableAscii.test(text)) {
      free -= text.length;
      continue;
    }

    const [head, tail] = splitAt(text, free);
    const width = countCells(head);
    if (width > free && index > 0) {
      return {head: line.slice(0, index), tail: line.slice(index)};
    }

    if (tail !== '') {
      const before = line.slice(0, index);
      return {
        head: [...before, {...segment, text: head}],
        tail: [{...segment, text: tail}, ...line.slice(index + 1)],
      };
    }

    free -= width;
  }

  return {head: line, tail: []};
};

/** The rows of a line broken at `width` cells; at least one. */
export const breakLine = (line: Line, width: number): readonly Line[] => {
  const rows: Line[] = [];
  let rest = line;
  do {
    const {head, tail} = splitLine(rest, Math.max(1, width));
    rows.push(head);
    rest = tail.filter(({text}) => text !== '');
  } while (rest.length > 0);

  return rows;
};

/** A line with ranges of its text in another tone. Ranges are sorted, disjoint, and in UTF-16 units of the whole text. */
export const applyTone = (line: Line, ranges: readonly (readonly [number, number])[], tone: Tone): Line => {
  if (ranges.length === 0) {
    return line;
  }

  const segments: Segment[] = [];
  let from = 0;
  let rangeIndex = 0;
  for (const segment of line) {
    const end = from + segment.text.length;
    let start = from;
    while (start < end) {
      const [first, last] = ranges[rangeIndex] ?? [end, end];
      const isInside = start >= first;
      const stop = Math.min(end, isInside ? last : first);
      const text = segment.text.slice(start - from, stop - from);
      segments.push(isInside ? {text, tone} : {...segment, text});
      start = stop;
      rangeIndex += isInside && stop === last ? 1 : 0;
    }

    from = end;
  }

  return segments;
};
