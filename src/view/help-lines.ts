import {countCells, padEnd} from '../format/cells.js';
import {countLineCells, createSegment, type Line} from '../format/line.js';
import {wrapText} from '../format/wrap.js';
import {type HelpSection, type HelpState, selectHelpSections} from '../keymap/help.js';

/** At this width or more the sections are in two columns. */
const minWidthForTwoColumns = 100;

const gap = 2;

/** All keys, those of the current screen first, in one column or in two of about the same height. */
export const renderHelp = (width: number, state: HelpState): readonly Line[] => {
  const sections = selectHelpSections(state);
  const renderBlocks = (room: number): readonly HelpBlock[] =>
    sections.map(section => renderHelpSection(section, room));
  if (width < minWidthForTwoColumns) {
    return stackBlocks(renderBlocks(width));
  }

  const whole = splitIntoColumns(renderBlocks(width));
  const needed = whole.map(block => Math.max(...block.map(countLineCells)));
  const isWide = (needed[0] ?? 0) + gap + (needed[1] ?? 0) <= width;
  const half = Math.floor(width / 2);
  const [left, right] = isWide ? whole : splitIntoColumns(renderBlocks(half - gap));
  return joinSideBySide(left, right, isWide ? (needed[0] ?? 0) + gap : half);
};

type HelpBlock = readonly Line[];

const joinSideBySide = (left: HelpBlock, right: HelpBlock, rightAt: number): readonly Line[] =>
  Array.from({length: Math.max(left.length, right.length)}, (_, index) => {
    const start = left[index] ?? [];
    return [...start, createSegment(' '.repeat(rightAt - countLineCells(start))), ...(right[index] ?? [])];
  });

/** Splits the sections in order so that the longer column is as short as possible. */
const splitIntoColumns = (blocks: readonly HelpBlock[]): readonly [HelpBlock, HelpBlock] => {
  const splits = blocks.map((_, index): [HelpBlock, HelpBlock] => [
    stackBlocks(blocks.slice(0, index + 1)),
    stackBlocks(blocks.slice(index + 1)),
  ]);
  const getHeight = ([left, right]: readonly [HelpBlock, HelpBlock]): number => Math.max(left.length, right.length);
  return splits.reduce((best, split) => (getHeight(split) < getHeight(best) ? split : best), splits[0] ?? [[], []]);
};

const stackBlocks = (blocks: readonly (readonly Line[])[]): readonly Line[] =>
  blocks.flatMap((block, index) => (index === 0 ? block : [[], ...block]));

/** With less room beside the keys, descriptions go below them. */
const minTitleCells = 16;

/** A section in lines of at most `width` cells; descriptions wrap rather than being cut. */
const renderHelpSection = ({title, entries}: HelpSection, width: number): HelpBlock => {
  const keyCells = Math.max(...entries.map(({keys}) => countCells(keys))) + gap;
  const isBeside = width - keyCells >= minTitleCells;
  const indent = isBeside ? keyCells : gap;
  return [
    ...wrapText(title, width).map(text => [createSegment(text, 'strong')]),
    ...entries.flatMap(entry => {
      const [first = '', ...continuation] = wrapText(entry.title, Math.max(1, width - indent));
      const indentText = (text: string): Line => [createSegment(' '.repeat(indent) + text)];
      return isBeside
        ? [
            [createSegment(padEnd(entry.keys, keyCells), 'accent'), createSegment(first)],
            ...continuation.map(indentText),
          ]
        : [
            ...wrapText(entry.keys, width).map(text => [createSegment(text, 'accent')]),
            ...[first, ...continuation].map(indentText),
          ];
    }),
  ];
};
