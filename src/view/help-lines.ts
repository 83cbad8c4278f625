import {padEnd} from '../format/cells.js';
import {wrap} from '../format/wrap.js';
import {type HelpSection, helpSectionsOn} from '../keymap/help.js';
import type {State} from '../store/state.js';
import {type Pieces, piece, widthOf} from './pieces.js';

/** From this width on the sections stand in two columns. */
const twoColumnsFrom = 100;

const gap = 2;

/** All keys, those of the screen first; in one column or in two of about the same height. */
export const helpLines = (width: number, state: Pick<State, 'screen' | 'session'>): readonly Pieces[] => {
  const sections = helpSectionsOn(state);
  const blocksAt = (room: number): readonly Block[] => sections.map(section => sectionLines(section, room));
  if (width < twoColumnsFrom) {
    return stacked(blocksAt(width));
  }

  const whole = inTwo(blocksAt(width));
  const needed = whole.map(block => Math.max(...block.map(widthOf)));
  const isWide = (needed[0] ?? 0) + gap + (needed[1] ?? 0) <= width;
  const half = Math.floor(width / 2);
  const [left, right] = isWide ? whole : inTwo(blocksAt(half - gap));
  return beside(left, right, isWide ? (needed[0] ?? 0) + gap : half);
};

type Block = readonly Pieces[];

const beside = (left: Block, right: Block, rightAt: number): readonly Pieces[] =>
  Array.from({length: Math.max(left.length, right.length)}, (_, place) => {
    const start = left[place] ?? [];
    return [...start, piece(' '.repeat(rightAt - widthOf(start))), ...(right[place] ?? [])];
  });

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

/** In less room beside the keys what they do stands below them. */
const leastTitle = 16;

/** A section in lines of at most `width` cells; what a key does is told whole, if need be in several lines. */
const sectionLines = ({title, entries}: HelpSection, width: number): Block => {
  const keyCells = Math.max(...entries.map(({keys}) => keys.length)) + gap;
  const isBeside = width - keyCells >= leastTitle;
  const indent = isBeside ? keyCells : gap;
  return [
    ...wrap(title, width).map(text => [piece(text, 'strong')]),
    ...entries.flatMap(entry => {
      const [first = '', ...others] = wrap(entry.title, Math.max(1, width - indent));
      const below = (text: string): Pieces => [piece(' '.repeat(indent) + text)];
      return isBeside
        ? [[piece(padEnd(entry.keys, keyCells), 'accent'), piece(first)], ...others.map(below)]
        : [...wrap(entry.keys, width).map(text => [piece(text, 'accent')]), ...[first, ...others].map(below)];
    }),
  ];
};
