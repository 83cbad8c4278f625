import {cells, cutEnd} from '../format/cells.js';
import type {Segment} from '../format/line.js';
import type {Meaning} from '../theme/palettes.js';

/** A piece of a screen line: as a segment of `format`, or with one of the two meanings that only frames have. */
export type Piece = Pick<Segment, 'text' | 'style'> & {readonly tone: Meaning};
export type Pieces = readonly Piece[];

export const piece = (text: string, tone: Meaning = 'plain'): Piece => ({text, tone});

export const widthOf = (pieces: Pieces): number => pieces.reduce((sum, {text}) => sum + cells(text), 0);

/** Pieces in at most `max` cells; what is too long ends in an ellipsis. */
export const cutPieces = (pieces: Pieces, max: number): Pieces => {
  if (widthOf(pieces) <= max) {
    return pieces;
  }

  const kept: Piece[] = [];
  let left = max;
  for (const {text, ...look} of pieces) {
    const width = cells(text);
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
export const spread = (left: Pieces, right: Pieces, width: number): Pieces => {
  const rightWidth = widthOf(right);
  if (rightWidth === 0 || rightWidth > width) {
    return cutPieces(left, width);
  }

  const cutLeft = cutPieces(left, Math.max(0, width - rightWidth - gap));
  return [...cutLeft, piece(' '.repeat(width - widthOf(cutLeft) - rightWidth)), ...right];
};

/** The first of some ways to say a thing that fits; the last one if none does. */
export const firstThatFits = (ways: readonly Pieces[], width: number): Pieces =>
  ways.find(way => widthOf(way) <= width) ?? ways.at(-1) ?? [];

/** Groups of pieces with the same gap between each; empty ones leave none. */
export const joined = (groups: readonly Pieces[], between: string): Pieces =>
  groups
    .filter(group => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [piece(between), ...group]));
