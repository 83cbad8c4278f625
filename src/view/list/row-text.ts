import {cells, cutEnd, cutMiddle, padEnd, padStart} from '../../format/cells.js';
import type {Tone} from '../../format/line.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {type Pieces, piece, widthOf} from '../pieces.js';
import {type Columns, columnGap} from './columns.js';

/** What a row says, in words that are safe to print. */
export type RowFacts = {
  readonly glyph: string;
  readonly tone: Tone;
  readonly name: string;
  /** Set off between glyph and name: the depth of a member of a group, the mark of a fold. */
  readonly lead: string;
  /** Behind the name, the first way to say it for which there is room; of a long name something is left out for it. */
  readonly counts: readonly Pieces[];
  /** A picture of how far it is, in so many cells: behind the count, or where the number of tries would be. */
  readonly bar: ((width: number) => Pieces) | undefined;
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
  const {glyph, tone, counts, bar} = facts;
  const nameTone: Tone = isSelected ? 'strong' : tone === 'waiting' ? 'waiting' : 'plain';
  const width = columns.name - cells(facts.lead);
  const least = Math.min(widthOf(counts.at(-1) ?? []), Math.floor(width / 2));
  const name = cutMiddle(facts.name, Math.max(1, width - least));
  const count = counts.find(way => widthOf(way) <= width - cells(name)) ?? [];
  const left = width - cells(name) - widthOf(count);
  const barWidth = bar === undefined ? 0 : Math.min(longestBar, left - 1);
  const hasBar = barWidth >= shortestBar;
  return [
    piece(` ${cursor} `, 'accent'),
    piece(glyph, tone),
    piece(` ${facts.lead}`, 'dim'),
    piece(name, nameTone),
    ...count,
    ...(hasBar ? [piece(' '), ...(bar?.(barWidth) ?? [])] : []),
    piece(' '.repeat(Math.max(0, left - (hasBar ? barWidth + 1 : 0)))),
    ...columnPieces(padEnd(cutEnd(facts.status, columns.status), columns.status), columns.status, tone),
    ...columnPieces(padStart(facts.time, columns.time), columns.time, tone === 'waiting' ? 'waiting' : 'plain'),
    ...(bar !== undefined && !hasBar && columns.tries > 0
      ? [piece(columnGap), ...bar(columns.tries)]
      : columnPieces(padStart(facts.tries, columns.tries), columns.tries, 'dim')),
  ];
};

/** Cells of a bar in a row; below the least it tells nothing. */
const longestBar = 10;
const shortestBar = 4;

export const columnPieces = (text: string, width: number, tone: Tone): Pieces =>
  width === 0 ? [] : [piece(columnGap + text, tone)];
