import {countCells, cutEnd} from './cells.js';
import type {TextStyle} from './text-style.js';

/**
 * The meaning of a segment; `theme` maps it to a color. `dim` is for explanations, `strong` for values and conclusions,
 * `label` for the name of a line, `accent` for keys, the cursor and what else stands out, `link` for what Enter
 * opens. `brand` is the program's name and `tab` the open tab. The others are the phases of a run, and what needs attention.
 */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'label'
  | 'accent'
  | 'link'
  | 'brand'
  | 'tab'
  | 'good'
  | 'reused'
  | 'bad'
  | 'busy'
  | 'ended'
  | 'waiting'
  | 'warning'
  /** A match of a search, and the match that the cursor is on. */
  | 'match'
  | 'currentMatch';

/** A part of a line. The text is safe to print: no control characters, no newline. */
export type Segment = {
  readonly text: string;
  readonly tone: Tone;
  /** The style that a program's own output sets; only used where the tone is `plain`. */
  readonly style?: TextStyle | undefined;
};

/** One line of the screen, at any width. It contains no line break. */
export type Line = readonly Segment[];

/** Free cells between the left and the right part of a line. */
const spreadGap = 2;

export const createSegment = (text: string, tone: Tone = 'plain'): Segment => ({text, tone});

export const renderPlain = (text: string): Segment => ({text, tone: 'plain'});
export const renderDim = (text: string): Segment => ({text, tone: 'dim'});
export const renderStrong = (text: string): Segment => ({text, tone: 'strong'});
export const blankLine: Line = [];

export const getLineText = (line: Line): string => line.map(({text}) => text).join('');

export const countLineCells = (line: Line): number => line.reduce((sum, {text}) => sum + countCells(text), 0);

/** A line of at most `max` cells; a longer one is cut and ends in an ellipsis. */
export const cutLine = (line: Line, max: number): Line => {
  if (countLineCells(line) <= max) {
    return line;
  }

  const segments: Segment[] = [];
  let free = max;
  for (const segment of line) {
    const width = countCells(segment.text);
    if (width >= free) {
      // The added space makes the text too long even if it would just fit, so that an ellipsis shows that more followed.
      segments.push({...segment, text: cutEnd(`${segment.text} `, free)});
      break;
    }

    segments.push(segment);
    free -= width;
  }

  return segments.filter(({text}) => text !== '');
};

/** A line of `width` cells with one part at its left end and one at its right end; the left one is cut if there is no room. */
export const spreadLine = (left: Line, right: Line, width: number): Line => {
  const rightWidth = countLineCells(right);
  if (rightWidth === 0 || rightWidth > width) {
    return cutLine(left, width);
  }

  const cutLeft = cutLine(left, Math.max(0, width - rightWidth - spreadGap));
  return [...cutLeft, createSegment(' '.repeat(width - countLineCells(cutLeft) - rightWidth)), ...right];
};

/** The first variant that fits, or the last one if none does. */
export const pickFittingLine = (variants: readonly Line[], width: number): Line =>
  variants.find(variant => countLineCells(variant) <= width) ?? variants.at(-1) ?? [];

/** One line of several, with the same separator between them; empty ones are left out. */
export const joinLines = (lines: readonly Line[], separator: string): Line =>
  lines
    .filter(line => line.length > 0)
    .flatMap((line, index) => (index === 0 ? line : [createSegment(separator), ...line]));
