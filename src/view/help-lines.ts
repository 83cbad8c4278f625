import {padEnd} from '../format/cells.js';
import type {Place} from '../keymap/command.js';
import {type HelpSection, helpSections} from '../keymap/help.js';
import {cutPieces, type Pieces, piece, widthOf} from './pieces.js';

/** From this width on the sections stand side by side. */
const twoColumnsFrom = 100;

/** All keys, `from` is where help was called. */
export const helpLines = (from: Place, width: number): readonly Pieces[] => {
  const [first, ...others] = helpSections(from).map(sectionLines);
  if (first === undefined) {
    return [];
  }

  const rest = others.flatMap(lines => [[], ...lines]).slice(1);
  if (width < twoColumnsFrom) {
    return [...first, [], ...rest];
  }

  const half = Math.floor(width / 2);
  return Array.from({length: Math.max(first.length, rest.length)}, (_, place) => {
    const left = cutPieces(first[place] ?? [], half - 2);
    return [...left, piece(' '.repeat(half - widthOf(left))), ...(rest[place] ?? [])];
  });
};

const sectionLines = ({title, entries}: HelpSection): readonly Pieces[] => {
  const keyCells = Math.max(...entries.map(({keys}) => keys.length)) + 2;
  return [
    [piece(title, 'strong')],
    ...entries.map(({keys, title}): Pieces => [piece(padEnd(keys, keyCells), 'accent'), piece(title)]),
  ];
};
