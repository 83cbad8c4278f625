import {stringifyJson} from '../../domain/exact-number.js';
import {isJsonList, isJsonRecord, type Json, type JsonRecord} from '../../domain/json.js';
import {countCells, cutMiddle, padEnd} from '../cells.js';
import {takeUnits} from '../clean-text.js';
import {countJsonParts, getJsonPart, isScalar, isUnset} from '../json-parts.js';
import {formatJsonLine, formatJsonLines} from '../json-text.js';
import {countLineCells, cutLine, type Line, renderDim, renderPlain} from '../line.js';
import {collapsedSign, ellipsis, expandedSign} from '../marks.js';
import {sanitizeLines, sanitizeText} from '../safe-text.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {wrapText} from '../wrap.js';
import type {MarkedLine} from './content.js';
import {type PartRange, splitRange} from './part-range.js';
import {findTable, renderTreeTable} from './tree-table.js';
import {isShort, renderCollapsed, renderValue, renderValueChange} from './tree-value.js';

export type TreeOptions = {
  /** Cells per line. */
  readonly width: number;
  /** Cells before the outermost names. */
  readonly indent: number;
  /** Prefix for the keys of its sections. */
  readonly path: string;
  /** Whether the user changed the initial state of a section. */
  readonly isToggled: (section: string) => boolean;
  /** Number of levels that are open initially. */
  readonly openLevels: number;
  /** Outermost parts that are closed initially, whatever `openLevels` is. */
  readonly closed?: ReadonlySet<string>;
  /** The previous value, to show what changed. */
  readonly before?: Json | undefined;
};

type TreeNode = {
  readonly name: string;
  readonly value: Json;
  readonly before: Json | undefined;
  readonly path: string;
  readonly depth: number;
  /** Width of the name column. */
  readonly nameCells: number;
};

const maxNameCells = 28;
const nameShare = 0.4;
const maxTextLines = 500;
/** Texts that need more lines than this start closed. */
const maxOpenTextLines = 5;
const indentStep = 2;
const gap = 2;
/** With less room, tables would not be readable. */
const minTableCells = 24;

/**
 * A value as a tree with sections:
 *
 *       epochs     20  +10 (+100%)
 *     ▾ optimizer  2 entries
 *         name  adam  was sgd
 *         lr    0.02
 *     ▸ classes    120 items  ["cat", "dog", …
 */
export const renderTree = (value: Json, tree: TreeOptions): readonly MarkedLine[] =>
  isScalar(value)
    ? []
    : renderParts(
        value,
        getFullRange(value),
        {name: '', value, before: tree.before, path: tree.path, depth: -1, nameCells: 0},
        tree,
      );

type TreeParts = JsonRecord | readonly Json[];

const getFullRange = (value: TreeParts): PartRange => ({from: 0, to: countJsonParts(value)});

/** The parts, or sections of them if there are many. */
const renderParts = (
  value: TreeParts,
  range: PartRange,
  parent: TreeNode,
  tree: TreeOptions,
): readonly MarkedLine[] => {
  const chunks = splitRange(range);
  return chunks.length === 0
    ? renderRange(value, range, parent, tree)
    : chunks.flatMap(chunk => renderChunk(value, chunk, parent, tree));
};

const renderChunk = (
  value: TreeParts,
  chunk: PartRange,
  parent: TreeNode,
  tree: TreeOptions,
): readonly MarkedLine[] => {
  const section = `${parent.path}/${chunk.from}-${chunk.to}`;
  const isOpen = tree.isToggled(section);
  const ends = [chunk.from, chunk.to - 1].map(index => sanitizeToWidth(getJsonPart(value, index)[0], maxNameCells));
  const line = cutLine(renderHead(parent.depth + 1, isOpen, [renderDim(ends.join(' – '))], tree), tree.width);
  const inside = isOpen ? renderParts(value, chunk, {...parent, depth: parent.depth + 1}, tree) : [];
  return [{line, mark: {key: section, section: section}}, ...inside];
};

const renderRange = (
  value: TreeParts,
  {from, to}: PartRange,
  parent: TreeNode,
  tree: TreeOptions,
): readonly MarkedLine[] => {
  const parts = Array.from({length: to - from}, (_, index) => getJsonPart(value, from + index));
  const most = Math.min(maxNameCells, Math.max(6, Math.floor(tree.width * nameShare)));
  const nameCells = Math.min(most, Math.max(0, ...parts.map(([name]) => countCells(sanitizeToWidth(name, most)))));
  return parts.flatMap(([name, part]) =>
    renderNode(
      {
        name,
        value: part,
        before: findPreviousPart(parent.before, name),
        path: `${parent.path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        depth: parent.depth + 1,
        nameCells,
      },
      tree,
    ),
  );
};

const findPreviousPart = (before: Json | undefined, name: string): Json | undefined => {
  if (isJsonRecord(before)) {
    return Object.hasOwn(before, name) ? before[name] : undefined;
  }

  const index = isJsonList(before) ? /^\[(\d+)\]$/.exec(name)?.[1] : undefined;
  return isJsonList(before) && index !== undefined ? before[Number(index)] : undefined;
};

const renderNode = (node: TreeNode, tree: TreeOptions): readonly MarkedLine[] => {
  const {value, path, depth} = node;
  const room = Math.max(4, tree.width - getIndent(depth, tree) - node.nameCells - gap);
  if (isShort(value, room)) {
    const line = renderLeaf(node, [renderShortValue(value, room)], tree);
    const change = isScalar(value) ? renderValueChange(value, node.before) : [];
    return [{line: withChange(line, change, tree.width), mark: {key: path, copyTexts: createCopies(node)}}];
  }

  const isLongText = isScalar(value) && hasMoreLines(String(value), room, maxOpenTextLines);
  const isClosed = isLongText || depth >= tree.openLevels || (depth === 0 && tree.closed?.has(node.name) === true);
  const isOpen = isClosed === tree.isToggled(path);
  const mark = {key: path, section: path, copyTexts: createCopies(node)};
  const words = isScalar(value) ? [renderValue(value, room)] : renderCollapsed(value, isOpen ? 0 : room);
  const head = renderHead(depth, isOpen, [...renderNodeName(node), ...(isOpen && isScalar(value) ? [] : words)], tree);
  return [{line: cutLine(head, tree.width), mark}, ...(isOpen ? renderChildren(value, node, tree) : [])];
};

const renderChildren = (value: Json, node: TreeNode, tree: TreeOptions): readonly MarkedLine[] => {
  const indent = getIndent(node.depth + 1, tree);
  const indentLine = (line: Line): MarkedLine => ({
    line: cutLine([renderPlain(' '.repeat(indent)), ...line], tree.width),
  });
  const room = Math.max(4, tree.width - indent);
  if (isScalar(value)) {
    const lines = wrapLongText(String(value), room);
    const shownLines = lines.length > maxTextLines ? [...lines.slice(0, maxTextLines - 1), ellipsis] : lines;
    return shownLines.map(text => indentLine([renderPlain(text)]));
  }

  const table = isJsonList(value) && room >= minTableCells ? findTable(value) : undefined;
  if (table !== undefined) {
    return renderTreeTable(table, room).map(indentLine);
  }

  // With no room left for indentation, the rest is shown as text.
  return indent > tree.width / 2 && node.depth > 6
    ? formatJsonLines(value, room).map(text => indentLine([renderPlain(text)]))
    : renderParts(value, getFullRange(value), node, tree);
};

const wrapLongText = (text: string, room: number): readonly string[] =>
  sanitizeLines(text).flatMap(line => (line === '' ? [''] : wrapText(line, room)));

/**
 * Whether a text needs more than `maxLines` lines. Measures no more of it than can fill them: no legitimate text has a dozen
 * characters in a cell.
 */
const hasMoreLines = (text: string, room: number, maxLines: number): boolean => {
  const start = takeUnits(text, 12 * maxLines * room);
  return start.length < text.length || wrapLongText(start, room).length > maxLines;
};

const renderShortValue = (value: Json, room: number) =>
  isScalar(value)
    ? renderValue(value, room)
    : isUnset(value)
      ? renderDim(formatJsonLine(value, room))
      : renderPlain(formatJsonLine(value, room));

const getIndent = (depth: number, {indent, width}: TreeOptions): number =>
  indent + indentStep + Math.min(depth * indentStep, Math.floor(width / 2));

const renderNodeName = ({name, nameCells}: TreeNode): Line => [
  {text: padEnd(cutMiddle(sanitizeText(name), nameCells), nameCells + gap), tone: 'label'},
];

const renderLeaf = (node: TreeNode, value: Line, tree: TreeOptions): Line => [
  renderPlain(' '.repeat(getIndent(node.depth, tree))),
  ...renderNodeName(node),
  ...value,
];

/** The sign of a section is in the two cells before the name. */
const renderHead = (depth: number, isOpen: boolean, words: Line, tree: TreeOptions): Line => [
  renderPlain(' '.repeat(getIndent(depth, tree) - indentStep)),
  renderDim(`${isOpen ? expandedSign : collapsedSign} `),
  ...words,
];

const withChange = (line: Line, change: Line, width: number): Line => {
  const whole = change.length === 0 ? cutLine(line, width) : [...line, renderPlain(' '.repeat(gap)), ...change];
  return countLineCells(whole) <= width ? whole : cutLine(line, width);
};

const createCopies = ({name, value}: TreeNode) => [
  {
    what: name,
    // Created only when it is copied, as it can be large.
    get text() {
      return typeof value === 'string' ? value : stringifyJson(value, 2);
    },
  },
];
