import {countCells, splitAt} from '../cells.js';
import type {Segment} from '../line.js';

type SegmentSplit = {readonly head: readonly Segment[]; readonly tail: readonly Segment[]};

const printableAscii = /^[\x20-\x7e]*$/;

/**
 * Segments cut in two after so many cells, by whole characters; at least one character goes to the head. Looks at no more of
 * a text than it takes.
 */
export const splitSegments = (segments: readonly Segment[], max: number): SegmentSplit => {
  let left = max;
  for (const [place, segment] of segments.entries()) {
    const {text} = segment;
    if (text.length <= left && printableAscii.test(text)) {
      left -= text.length;
      continue;
    }

    const [head, tail] = splitAt(text, left);
    const width = countCells(head);
    if (width > left && place > 0) {
      return {head: segments.slice(0, place), tail: segments.slice(place)};
    }

    if (tail !== '') {
      const before = segments.slice(0, place);
      return {
        head: [...before, {...segment, text: head}],
        tail: [{...segment, text: tail}, ...segments.slice(place + 1)],
      };
    }

    left -= width;
  }

  return {head: segments, tail: []};
};

/** Rows of at most `width` cells, at least one. */
export const breakSegments = (segments: readonly Segment[], width: number): readonly (readonly Segment[])[] => {
  const rows: (readonly Segment[])[] = [];
  let rest = segments;
  do {
    const {head, tail} = splitSegments(rest, Math.max(1, width));
    rows.push(head);
    rest = tail.filter(({text}) => text !== '');
  } while (rest.length > 0);

  return rows;
};

/** With these parts of the text, counted in UTF-16 units over all segments, in another tone. */
export const applyTone = (
  segments: readonly Segment[],
  ranges: readonly (readonly [number, number])[],
  tone: Segment['tone'],
): readonly Segment[] => {
  if (ranges.length === 0) {
    return segments;
  }

  const toned: Segment[] = [];
  let from = 0;
  let at = 0;
  for (const segment of segments) {
    const end = from + segment.text.length;
    let start = from;
    while (start < end) {
      const [first, last] = ranges[at] ?? [end, end];
      const isInside = start >= first;
      const stop = Math.min(end, isInside ? last : first);
      const text = segment.text.slice(start - from, stop - from);
      toned.push(isInside ? {text, tone} : {...segment, text});
      start = stop;
      at += isInside && stop === last ? 1 : 0;
    }

    from = end;
  }

  return toned;
};
