import {countCells, cutEnd} from '../format/cells.js';
import type {Segment} from '../format/line.js';
import type {Meaning} from '../theme/palettes.js';

/** A piece of a screen line: as a segment of `format`, or with one of the two meanings that only frames have. */
export type Piece = Pick<Segment, 'text' | 'style'> & {readonly tone: Meaning};
export type Pieces = readonly Piece[];

export const createPiece = (text: string, tone: Meaning = 'plain'): Piece => ({text, tone});

export const getPiecesWidth = (pieces: Pieces): number => pieces.reduce((sum, {text}) => sum + countCells(text), 0);

/** Pieces in at most `max` cells; what is too long ends in an ellipsis. */
export const cutPieces = (pieces: Pieces, max: number): Pieces => {
  if (getPiecesWidth(pieces) <= max) {
    return pieces;
  }

  const kept: Piece[] = [];
  let left = max;
  for (const {text, ...look} of pieces) {
    const width = countCells(text);
    if (width >= left) {
      // Longer by one than what is left, so that the ellipsis says that more followed.
      kept.push({text: cutEnd(`${text} `, left), ...look});
      return kept;
    }

    kept.push({text, ...look});
    left -= width;
  }

  return kept;
};

/** Cells that stay free between what stands left and what stands right. */
const gap = 2;

/** One line with pieces at its left and at its right end; the left ones give way. */
export const spreadPieces = (left: Pieces, right: Pieces, width: number): Pieces => {
  const rightWidth = getPiecesWidth(right);
  if (rightWidth === 0 || rightWidth > width) {
    return cutPieces(left, width);
  }

  const cutLeft = cutPieces(left, Math.max(0, width - rightWidth - gap));
  return [...cutLeft, createPiece(' '.repeat(width - getPiecesWidth(cutLeft) - rightWidth)), ...right];
};

/** The first of some ways to say a thing that fits; the last one if none does. */
export const pickFitting = (ways: readonly Pieces[], width: number): Pieces =>
  ways.find(way => getPiecesWidth(way) <= width) ?? ways.at(-1) ?? [];

/** Groups of pieces with the same gap between each; empty ones leave none. */
export const joinPieces = (groups: readonly Pieces[], between: string): Pieces =>
  groups
    .filter(group => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [createPiece(between), ...group]));
