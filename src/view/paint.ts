import {countLineCells, createSegment, cutLine, type Line} from '../format/line.js';
import {convertToAscii} from '../format/marks.js';
import {resetSequence} from '../theme/look.js';
import type {Theme} from '../theme/theme.js';

type Options = {readonly theme: Theme; readonly width: number; readonly isSelected?: boolean};

/**
 * Renders a line as the string that is passed to Ink: cut to `width` cells and colored. The background of a selected line
 * covers the whole width. Coloring the text here costs Ink one node per line instead of one per segment.
 */
export const paint = (line: Line, {theme, width, isSelected = false}: Options): string => {
  const cut = cutLine(line, width);
  const sequences = isSelected ? theme.selectedSequences : theme.sequences;
  const filled = isSelected ? [...cut, createSegment(' '.repeat(Math.max(0, width - countLineCells(cut))))] : cut;
  return filled
    .filter(({text}) => text !== '')
    .map(({text, tone, style}) => {
      const shown = theme.isAscii ? convertToAscii(text) : text;
      const sequence = style === undefined || isSelected ? sequences[tone] : theme.getStyleSequence(style);
      return sequence === '' ? shown : sequence + shown + resetSequence;
    })
    .join('');
};
