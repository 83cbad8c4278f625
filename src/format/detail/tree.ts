import type {Json, JsonRecord} from '../../domain/json.js';
import {cells, cutMiddle, padEnd} from '../cells.js';
import {jsonLine, jsonLines} from '../json-text.js';
import {dim, type Line, plain} from '../line.js';
import {cutLine, lineCells} from '../line-cells.js';
import {folded, unfolded} from '../marks.js';
import {safeLines, safeText} from '../safe-text.js';
import {wrap} from '../wrap.js';
import type {MarkedLine} from './content.js';
import {countOfParts, isList, isRecord, isScalar, isUnset, partAt, type Scalar} from './json-parts.js';
import {chunksOf, type Range} from './tree-chunks.js';
import {tableLines, tableOf} from './tree-table.js';
import {changeSegments, foldedWords, isShort, valueSegment} from './tree-value.js';

export type Tree = {
  /** Cells per line. */
  readonly width: number;
  /** Cells before the outermost names. */
  readonly indent: number;
  /** Names the tree among what else can be folded. */
  readonly path: string;
  /** Whether the reader turned over how a section lies at first. */
  readonly isToggled: (section: string) => boolean;
  /** How many levels lie open at first; after a search all do. */
  readonly openLevels: number;
  /** Outermost parts that lie closed all the same. */
  readonly closed?: ReadonlySet<string>;
  /** The value as it was before, to tell what changed. */
  readonly before?: Json | undefined;
};

type Node = {
  readonly name: string;
  readonly value: Json;
  readonly before: Json | undefined;
  readonly path: string;
  readonly depth: number;
  /** Cells that names take beside this one. */
  readonly nameCells: number;
};

const longestName = 28;
const nameShare = 0.4;
const mostTextLines = 500;
const step = 2;
const gap = 2;
/** A table is only one where its columns can be told apart. */
const leastTableCells = 24;

/**
 * A value as a tree that can be folded:
 *
 *       epochs     20                     +10 (+100%)
 *     ▾ optimizer  2 entries
 *         name     adam
 *         lr       0.02                   was 0.01
 *     ▸ classes    [120 items]
 */
export const treeLines = (value: Json, tree: Tree): readonly MarkedLine[] =>
  isScalar(value)
    ? []
    : partLines(
        value,
        allOf(value),
        {name: '', value, before: tree.before, path: tree.path, depth: -1, nameCells: 0},
        tree,
      );

type Parts = JsonRecord | readonly Json[];

const allOf = (value: Parts): Range => ({from: 0, to: countOfParts(value)});

/** The parts themselves, or where they are too many the folds they lie in. */
const partLines = (value: Parts, range: Range, parent: Node, tree: Tree): readonly MarkedLine[] => {
  const chunks = chunksOf(range);
  return chunks.length === 0
    ? rangeLines(value, range, parent, tree)
    : chunks.flatMap(chunk => chunkLines(value, chunk, parent, tree));
};

const chunkLines = (value: Parts, chunk: Range, parent: Node, tree: Tree): readonly MarkedLine[] => {
  const section = `${parent.path}/${chunk.from}-${chunk.to}`;
  const isOpen = tree.isToggled(section);
  const ends = [chunk.from, chunk.to - 1].map(place => safeText(partAt(value, place)[0], {maxCells: longestName}));
  const line = cutLine(headLine(parent.depth + 1, isOpen, [dim(ends.join(' – '))], tree), tree.width);
  const inside = isOpen ? partLines(value, chunk, {...parent, depth: parent.depth + 1}, tree) : [];
  return [{line, mark: {key: section, fold: section}}, ...inside];
};

const rangeLines = (value: Parts, {from, to}: Range, parent: Node, tree: Tree): readonly MarkedLine[] => {
  const parts = Array.from({length: to - from}, (_, place) => partAt(value, from + place));
  const most = Math.min(longestName, Math.max(6, Math.floor(tree.width * nameShare)));
  const nameCells = Math.min(most, Math.max(0, ...parts.map(([name]) => cells(safeText(name, {maxCells: most})))));
  return parts.flatMap(([name, part]) =>
    nodeLines(
      {
        name,
        value: part,
        before: partBefore(parent.before, name),
        path: `${parent.path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        depth: parent.depth + 1,
        nameCells,
      },
      tree,
    ),
  );
};

const partBefore = (before: Json | undefined, name: string): Json | undefined => {
  if (isRecord(before)) {
    return Object.hasOwn(before, name) ? before[name] : undefined;
  }

  const place = isList(before) ? /^\[(\d+)\]$/.exec(name)?.[1] : undefined;
  return isList(before) && place !== undefined ? before[Number(place)] : undefined;
};

const nodeLines = (node: Node, tree: Tree): readonly MarkedLine[] => {
  const {value, path, depth} = node;
  const room = Math.max(4, tree.width - indentOf(depth, tree) - node.nameCells - gap);
  if (isShort(value, room)) {
    const line = leafLine(node, [shortSegment(value, room)], tree);
    const change = isScalar(value) ? changeSegments(value, node.before) : [];
    return [{line: withChange(line, change, tree.width), mark: {key: path, copies: copiesOf(node)}}];
  }

  const isClosed = depth >= tree.openLevels || (depth === 0 && tree.closed?.has(node.name) === true);
  const isOpen = isClosed === tree.isToggled(path);
  const mark = {key: path, fold: path, copies: copiesOf(node)};
  const words = isScalar(value) ? [valueSegment(value, room)] : foldedWords(value, isOpen ? 0 : room);
  const head = headLine(depth, isOpen, [...nameSegments(node), ...(isOpen && isScalar(value) ? [] : words)], tree);
  return [{line: cutLine(head, tree.width), mark}, ...(isOpen ? insideLines(value, node, tree) : [])];
};

const insideLines = (value: Json, node: Node, tree: Tree): readonly MarkedLine[] => {
  const indent = indentOf(node.depth + 1, tree);
  const indented = (line: Line): MarkedLine => ({
    line: cutLine([plain(' '.repeat(indent)), ...line], tree.width),
  });
  const room = Math.max(4, tree.width - indent);
  if (isScalar(value)) {
    return textLines(value, room).map(text => indented([plain(text)]));
  }

  const table = isList(value) && room >= leastTableCells ? tableOf(value) : undefined;
  if (table !== undefined) {
    return tableLines(table, room).map(indented);
  }

  // Where indentation has nowhere to go any more the rest is told as text.
  return indent > tree.width / 2 && node.depth > 6
    ? jsonLines(value, room).map(text => indented([plain(text)]))
    : partLines(value, allOf(value), node, tree);
};

const textLines = (value: Scalar, room: number): readonly string[] =>
  safeLines(String(value))
    .flatMap(line => (line === '' ? [''] : wrap(line, room)))
    .slice(0, mostTextLines);

const shortSegment = (value: Json, room: number) =>
  isScalar(value)
    ? valueSegment(value, room)
    : isUnset(value)
      ? dim(jsonLine(value, room))
      : plain(jsonLine(value, room));

const indentOf = (depth: number, {indent, width}: Tree): number =>
  indent + step + Math.min(depth * step, Math.floor(width / 2));

const nameSegments = ({name, nameCells}: Node): Line => [
  {text: padEnd(cutMiddle(safeText(name), nameCells), nameCells + gap), tone: 'label'},
];

const leafLine = (node: Node, value: Line, tree: Tree): Line => [
  plain(' '.repeat(indentOf(node.depth, tree))),
  ...nameSegments(node),
  ...value,
];

/** The sign stands in the two cells before the name. */
const headLine = (depth: number, isOpen: boolean, words: Line, tree: Tree): Line => [
  plain(' '.repeat(indentOf(depth, tree) - step)),
  dim(`${isOpen ? unfolded : folded} `),
  ...words,
];

const withChange = (line: Line, change: Line, width: number): Line => {
  const whole = change.length === 0 ? cutLine(line, width) : [...line, plain(' '.repeat(gap)), ...change];
  return lineCells(whole) <= width ? whole : cutLine(line, width);
};

const copiesOf = ({name, value}: Node) => [
  {
    what: name,
    // Made only when it is copied: it may be large.
    get text() {
      return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
    },
  },
];
