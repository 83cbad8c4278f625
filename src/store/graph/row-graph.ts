import type {AdjacencyLists} from '../../domain/graph/adjacency-lists.js';
import {buildGraph, type Graph} from '../../domain/graph/graph.js';
import {sortTopologically, type TopologicalOrder} from '../../domain/graph/sort-topologically.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {TableStructure} from '../../domain/step-table.js';
import type {Row, Rows} from '../list/rows.js';
import type {OpenRun} from '../run/open-run.js';
import {
  addChildRuns,
  addJoinedEdges,
  findChildRunPlaces,
  listChildSteps,
  listJoinedPairs,
  type NodeRow,
} from './join-nodes.js';
import {getJoinedEdges, type JoinedEdges} from './joined-edges.js';
import {addQuestions} from './question-nodes.js';
import {getQuestionOrder, listOrderedIds, type QuestionOrder} from './question-order.js';
import {getUpstreamIndexes} from './upstream-indexes.js';

/** The rows of the list as a graph. Its nodes are steps, closed groups, and the child runs and questions that have edges. */
export type RowGraph = {
  readonly graph: Graph;
  /** The rows of the list in the order of the graph. */
  readonly rows: Rows;
  /** The key of each node, by its row in the graph. */
  readonly keys: readonly string[];
  readonly graphRowByKey: ReadonlyMap<string, number>;
  /** Edges that would close a cycle. They are not drawn. */
  readonly cyclicEdgeCount: number;
  /** Whether all edges to a row of the graph are known only from artifacts or from times: ZenML does not record them. */
  readonly isJoined: (row: number) => boolean;
};

/** Computed only when rows or edges change, not when a status does. */
export const getRowGraph = ({table, run, childRuns, questions}: OpenRun, rows: Rows): RowGraph =>
  buildRowGraph(
    rows,
    table.structure,
    getUpstreamIndexes(table),
    getJoinedEdges(table, childRuns),
    getQuestionOrder(table, childRuns, questions),
    run?.isDynamic === false,
  );

const buildRowGraph = memoizeLast(
  (
    listed: Rows,
    structure: TableStructure,
    upstreamByIndex: AdjacencyLists,
    joined: JoinedEdges,
    order: QuestionOrder,
    isStatic: boolean,
  ): RowGraph => {
    const orderedIds = listOrderedIds(order);
    const placeById = new Map([
      ...[...order.placeById].filter(([id]) => orderedIds.has(id)),
      ...findChildRunPlaces(joined, structure),
    ]);
    const nodes = listNodes(listed.rows, placeById, structure);
    const stepOrder = sortTopologically(addJoinedEdges(upstreamByIndex, joined, structure));
    const nodeByIndex = findNodes(nodes, structure);
    const joinedPairs = listJoinedPairs(joined, nodes, nodeByIndex, structure);
    const sourcesByNode = addChildRuns(connectNodes(nodeByIndex, nodes.length, stepOrder), joinedPairs, nodes);
    const arrangement = isStatic ? 'branches' : 'given';
    const isQuestion = (node: number): boolean => nodes[node]?.kind === 'question';
    const graph =
      (nodes.some(({kind}) => kind === 'question')
        ? buildWithQuestions(addQuestions(sourcesByNode, nodes, order, structure), arrangement, isQuestion)
        : undefined) ?? buildGraph(sourcesByNode, arrangement);
    const isJoinedPair = (node = -1, source = -1): boolean =>
      isQuestion(node) || isQuestion(source) || joinedPairs.has(`${node} ${source}`);
    const orderedNodes = graph.nodes.flatMap(node => nodes[node] ?? []);
    const keys = orderedNodes.map(({key}) => key);
    const rows = insertChildAndQuestionRows(listed.rows, orderedNodes, structure);
    return {
      graph,
      keys,
      isJoined: row =>
        joinedPairs.size + orderedIds.size > 0 &&
        (graph.upstreamByRow[row] ?? []).every(source => isJoinedPair(graph.nodes[row], graph.nodes[source])),
      cyclicEdgeCount: stepOrder.cyclicEdgeCount + graph.cyclicEdgeCount,
      graphRowByKey: new Map(keys.map((key, row) => [key, row])),
      rows: {...listed, rows, indexByKey: new Map(rows.map((row, index) => [row.key, index]))},
    };
  },
);

/** The rows that are nodes of the graph, in the order of their places. */
const listNodes = (
  listed: readonly Row[],
  placeById: ReadonlyMap<string, number>,
  structure: TableStructure,
): readonly NodeRow[] => {
  const getPlace = (row: NodeRow): number => getNodePlace(row, placeById, structure);
  return listed
    .filter(
      (row): row is NodeRow =>
        row.kind === 'step' ||
        (row.kind === 'group' && !row.isOpen) ||
        (row.kind === 'run' && placeById.has(row.child.id ?? '')) ||
        (row.kind === 'question' && placeById.has(row.question.id)),
    )
    .sort((one, other) => getPlace(one) - getPlace(other));
};

/** `undefined` if clocks contradict the edges of ZenML, so that those of questions would close a cycle. */
const buildWithQuestions = (...args: Parameters<typeof buildGraph>): Graph | undefined => {
  const graph = buildGraph(...args);
  return graph.cyclicEdgeCount === 0 ? graph : undefined;
};

const getNodePlace = (row: NodeRow, placeById: ReadonlyMap<string, number>, {groupsById}: TableStructure): number =>
  row.kind === 'step'
    ? row.index
    : row.kind === 'group'
      ? (groupsById.get(row.groupId)?.indexes[0] ?? 0)
      : (placeById.get((row.kind === 'run' ? row.child.id : row.question.id) ?? '') ?? 0);

/** The node of each step of the table; hidden steps have none. */
const findNodes = (nodes: readonly NodeRow[], {groupsById}: TableStructure): ReadonlyMap<number, number> => {
  const nodeByIndex = new Map<number, number>();
  nodes.forEach((row, node) => {
    const indexes =
      row.kind === 'step' ? [row.index] : row.kind === 'group' ? groupsById.get(row.groupId)?.indexes : undefined;
    for (const index of indexes ?? []) {
      nodeByIndex.set(index, node);
    }
  });
  return nodeByIndex;
};

/** The nodes that each node follows. A hidden step passes on what it follows, so that filtering does not break paths. */
const connectNodes = (
  nodeByIndex: ReadonlyMap<number, number>,
  nodeCount: number,
  {order, upstreamByNode}: TopologicalOrder,
): AdjacencyLists => {
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

/**
 * The row of the run stays at the top, an open group above the first of its steps, and child runs and questions without edges at
 * the bottom.
 */
const insertChildAndQuestionRows = (
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

  const placedRows = new Set<Row>();
  const stepsByChild = listChildSteps(listed);
  const rows: Row[] = listed.filter(({kind}) => kind === 'this-run');
  for (const row of nodes) {
    const head = row.kind === 'step' ? headByIndex.get(row.index) : undefined;
    if (head !== undefined && !placedRows.has(head)) {
      placedRows.add(head);
      rows.push(head);
    }

    placedRows.add(row);
    rows.push(row, ...(stepsByChild.get(row) ?? []));
  }

  const empty = listed.filter(row => row.kind === 'group' && row.isOpen && !placedRows.has(row));
  return [
    ...rows,
    ...empty,
    ...listed.flatMap(row =>
      !placedRows.has(row) && (row.kind === 'question' || (row.kind === 'run' && row.depth === 0))
        ? [row, ...(stepsByChild.get(row) ?? [])]
        : [],
    ),
  ];
};
