import {buildGraph, type Graph} from '../../domain/graph/graph.js';
import {sortTopologically, type TopologicalOrder, type Upstream} from '../../domain/graph/sort-topologically.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {TableStructure} from '../../domain/step-table.js';
import type {Row, Rows} from '../list/rows.js';
import type {OpenRun} from '../run/open-run.js';
import {getUpstreamIndexes} from './upstream-indexes.js';

/** The rows of the list as a graph: each step, and each closed group as one node. */
export type RowGraph = {
  readonly graph: Graph;
  /** The rows of the list in the order of the graph. */
  readonly rows: Rows;
  /** Of each node, by its row in the graph. */
  readonly keys: readonly string[];
  readonly graphRowByKey: ReadonlyMap<string, number>;
  /** Edges that would close a cycle. They are not drawn. */
  readonly cyclicEdgeCount: number;
};

/** Computed only when rows or edges change, not when a status does. */
export const getRowGraph = ({table, run}: OpenRun, rows: Rows): RowGraph =>
  buildRowGraph(rows, table.structure, getUpstreamIndexes(table), run?.isDynamic === false);

type NodeRow = Extract<Row, {readonly kind: 'step' | 'group'}>;

const buildRowGraph = memoizeLast(
  (listed: Rows, structure: TableStructure, upstreamByIndex: Upstream, isStatic: boolean): RowGraph => {
    const nodes = listed.rows
      .filter((row): row is NodeRow => row.kind === 'step' || (row.kind === 'group' && !row.isOpen))
      .sort((one, other) => getPlace(one, structure) - getPlace(other, structure));
    const sorted = sortTopologically(upstreamByIndex);
    const graph = buildGraph(
      connectNodes(findNodes(nodes, structure), nodes.length, sorted),
      isStatic ? 'branches' : 'given',
    );
    const inOrder = graph.nodes.flatMap(node => nodes[node] ?? []);
    const keys = inOrder.map(({key}) => key);
    const rows = addOtherRows(listed.rows, inOrder, structure);
    return {
      graph,
      keys,
      cyclicEdgeCount: sorted.cyclicEdgeCount + graph.cyclicEdgeCount,
      graphRowByKey: new Map(keys.map((key, row) => [key, row])),
      rows: {...listed, rows, placeByKey: new Map(rows.map((row, place) => [row.key, place]))},
    };
  },
);

const getPlace = (row: NodeRow, {groupsById}: TableStructure): number =>
  row.kind === 'step' ? row.index : (groupsById.get(row.groupId)?.indexes[0] ?? 0);

/** The node of each step of the table; hidden steps have none. */
const findNodes = (nodes: readonly NodeRow[], {groupsById}: TableStructure): ReadonlyMap<number, number> => {
  const nodeByIndex = new Map<number, number>();
  nodes.forEach((row, node) => {
    for (const index of row.kind === 'step' ? [row.index] : (groupsById.get(row.groupId)?.indexes ?? [])) {
      nodeByIndex.set(index, node);
    }
  });
  return nodeByIndex;
};

/** The nodes that each node follows. A hidden step passes on what it follows, so that a filter cuts no path. */
const connectNodes = (
  nodeByIndex: ReadonlyMap<number, number>,
  nodeCount: number,
  {order, upstreamByNode}: TopologicalOrder,
): Upstream => {
  const sourcesByNode = Array.from({length: nodeCount}, () => new Set<number>());
  const sourcesByHidden = new Map<number, ReadonlySet<number>>();
  for (const index of order) {
    const node = nodeByIndex.get(index);
    const sources = node === undefined ? new Set<number>() : (sourcesByNode[node] ?? new Set());
    for (const upstream of upstreamByNode[index] ?? []) {
      const source = nodeByIndex.get(upstream);
      for (const each of source === undefined ? (sourcesByHidden.get(upstream) ?? []) : [source]) {
        sources.add(each);
      }
    }

    if (node === undefined) {
      sourcesByHidden.set(index, sources);
    }
  }

  return sourcesByNode.map((sources, node) => [...sources].filter(source => source !== node));
};

/** The open run stays above its steps, an open group above the first of them, and child runs and questions below all. */
const addOtherRows = (
  listed: readonly Row[],
  nodes: readonly NodeRow[],
  {groupsById}: TableStructure,
): readonly Row[] => {
  const headByIndex = new Map<number, Row>();
  for (const row of listed) {
    if (row.kind === 'group' && row.isOpen) {
      for (const index of groupsById.get(row.groupId)?.indexes ?? []) {
        headByIndex.set(index, row);
      }
    }
  }

  const placed = new Set<Row>();
  const rows: Row[] = listed.filter(({kind}) => kind === 'this-run');
  for (const row of nodes) {
    const head = row.kind === 'step' ? headByIndex.get(row.index) : undefined;
    if (head !== undefined && !placed.has(head)) {
      placed.add(head);
      rows.push(head);
    }

    rows.push(row);
  }

  const empty = listed.filter(row => row.kind === 'group' && row.isOpen && !placed.has(row));
  return [
    ...rows,
    ...empty,
    ...listed.filter(({kind}) => kind === 'run' || kind === 'child-step' || kind === 'question'),
  ];
};
