import {convertToAscii} from '../format/marks.js';
import {resetSequence} from '../theme/look.js';
import type {Theme} from '../theme/theme.js';
import {createPiece, cutPieces, getPiecesWidth, type Pieces} from './pieces.js';

type Options = {readonly theme: Theme; readonly width: number; readonly isSelected?: boolean};

/**
 * A screen line as the string that is handed to Ink: cut to `width` cells and coloured. The background of a selected line
 * reaches over its whole width. Text coloured beforehand costs Ink one node a line, not one a piece.
 */
export const paint = (pieces: Pieces, {theme, width, isSelected = false}: Options): string => {
  const cut = cutPieces(pieces, width);
  const sequences = isSelected ? theme.selectedSequences : theme.sequences;
  const filled = isSelected ? [...cut, createPiece(' '.repeat(Math.max(0, width - getPiecesWidth(cut))))] : cut;
  return filled
    .filter(({text}) => text !== '')
    .map(({text, tone, style}) => {
      const shown = theme.isAscii ? convertToAscii(text) : text;
      const sequence = style === undefined || isSelected ? sequences[tone] : theme.styleSequence(style);
      return sequence === '' ? shown : sequence + shown + resetSequence;
    })
    .join('');
};
