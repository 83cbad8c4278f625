import {padEnd} from '../format/cells.js';
import {type HelpSection, helpSectionsOn} from '../keymap/help.js';
import type {State} from '../store/state.js';
import {cutPieces, type Pieces, piece, widthOf} from './pieces.js';

/** From this width on the sections stand in two columns. */
const twoColumnsFrom = 100;

const gap = 2;

/** All keys, those of the screen first; in one column or in two of about the same height. */
export const helpLines = (width: number, state: Pick<State, 'screen' | 'session'>): readonly Pieces[] => {
  const sections = helpSectionsOn(state);
  const keyCells = Math.max(...sections.flatMap(({entries}) => entries.map(({keys}) => keys.length))) + gap;
  const blocks = sections.map(section => sectionLines(section, keyCells));
  if (width < twoColumnsFrom) {
    return stacked(blocks);
  }

  const [left, right] = inTwo(blocks);
  const half = leftWidth(left, right, width);
  return Array.from({length: Math.max(left.length, right.length)}, (_, place) => {
    const start = cutPieces(left[place] ?? [], half - gap);
    return [...start, piece(' '.repeat(half - widthOf(start))), ...(right[place] ?? [])];
  });
};

/** As much as the left column needs where that leaves enough for the right one; else half. */
const leftWidth = (left: Block, right: Block, width: number): number => {
  const needed = Math.max(...left.map(widthOf)) + gap;
  return needed + Math.max(...right.map(widthOf)) <= width ? needed : Math.floor(width / 2);
};

type Block = readonly Pieces[];

/** In their order, divided where the longer column is shortest. */
const inTwo = (blocks: readonly Block[]): readonly [Block, Block] => {
  const ways = blocks.map((_, place): [Block, Block] => [
    stacked(blocks.slice(0, place + 1)),
    stacked(blocks.slice(place + 1)),
  ]);
  const heightOf = ([left, right]: readonly [Block, Block]): number => Math.max(left.length, right.length);
  return ways.reduce((best, way) => (heightOf(way) < heightOf(best) ? way : best), ways[0] ?? [[], []]);
};

const stacked = (blocks: readonly (readonly Pieces[])[]): readonly Pieces[] =>
  blocks.flatMap((block, place) => (place === 0 ? block : [[], ...block]));

const sectionLines = ({title, entries}: HelpSection, keyCells: number): readonly Pieces[] => [
  [piece(title, 'strong')],
  ...entries.map(({keys, title}): Pieces => [piece(padEnd(keys, keyCells), 'accent'), piece(title)]),
];
