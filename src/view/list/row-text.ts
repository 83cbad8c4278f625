import {cells, cutEnd, cutMiddle, padEnd, padStart} from '../../format/cells.js';
import type {Tone} from '../../format/line.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {type Piece, type Pieces, piece} from '../pieces.js';
import {type Columns, columnGap} from './columns.js';

/** What a row says, in words that are safe to print. */
export type RowFacts = {
  readonly glyph: string;
  readonly tone: Tone;
  readonly name: string;
  /** Set off between glyph and name: the depth of a member of a group, the mark of a fold. */
  readonly lead: string;
  /** Behind the name as far as there is room; it has its own colours. */
  readonly behindName: Pieces;
  readonly status: string;
  readonly time: string;
  readonly tries: string;
};

/** A row as the string that is handed to Ink. */
export const rowText = (facts: RowFacts, columns: Columns, theme: Theme, isSelected: boolean): string =>
  paint(rowPieces(facts, columns, isSelected ? theme.glyph.cursor : ' ', isSelected), {
    theme,
    width: columns.width,
    isSelected,
  });

const rowPieces = (facts: RowFacts, columns: Columns, cursor: string, isSelected: boolean): Pieces => {
  const {glyph, tone} = facts;
  const nameTone: Tone = isSelected ? 'strong' : tone === 'waiting' ? 'waiting' : 'plain';
  return [
    piece(` ${cursor} `, 'accent'),
    piece(glyph, tone),
    piece(` ${facts.lead}`, 'dim'),
    ...namePieces(facts, columns.name - cells(facts.lead), nameTone),
    ...columnPieces(padEnd(cutEnd(facts.status, columns.status), columns.status), columns.status, tone),
    ...columnPieces(padStart(facts.time, columns.time), columns.time, tone === 'waiting' ? 'waiting' : 'plain'),
    ...columnPieces(padStart(facts.tries, columns.tries), columns.tries, 'dim'),
  ];
};

export const columnPieces = (text: string, width: number, tone: Tone): Pieces =>
  width === 0 ? [] : [piece(columnGap + text, tone)];

const namePieces = ({name, behindName}: RowFacts, width: number, tone: Tone): Pieces => {
  const nameWidth = Math.max(1, width);
  const cut = cutMiddle(name, nameWidth);
  const behindWidth = behindName.reduce((sum, {text}) => sum + cells(text), 0);
  const hasRoom = behindWidth > 0 && cells(cut) + behindWidth <= nameWidth;
  const behind: readonly Piece[] = hasRoom ? behindName : [];
  const fill = nameWidth - cells(cut) - (hasRoom ? behindWidth : 0);
  return [piece(cut, tone), ...behind, piece(' '.repeat(Math.max(0, fill)))];
};
