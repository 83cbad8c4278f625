import {getChildRunTitle} from '../../domain/dag.js';
import {getGroupDigest} from '../../domain/group-digest.js';
import type {Instant} from '../../domain/instant.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStep} from '../../domain/step-table.js';
import {findStepBlocker} from '../../domain/timeline/span-blocker.js';
import {getGroupRowKey, getStepRowKey, parseGroupRowKey, parseStepRowKey, type Row} from '../list/rows.js';
import type {OpenRun} from '../run/open-run.js';
import {getTimelineFacts} from '../timeline/timeline-facts.js';
import type {GraphDirection, GraphState} from './graph-state.js';
import {findChildStepMove} from './move-in-child-run.js';
import type {RowGraph} from './row-graph.js';

/** Where a move leads: the key of the row, and the way back from there. */
export type GraphMove = {readonly key: string; readonly wayBack: GraphState['wayBack']};

/** `undefined` if there is nothing in that direction. `now` is by the server's clock. */
export const findGraphMove = (
  openRun: OpenRun,
  rowGraph: RowGraph,
  to: GraphDirection,
  now: Instant,
): GraphMove | undefined => {
  const {selectedKey} = openRun.list;
  const row = rowGraph.graphRowByKey.get(selectedKey ?? '');
  if (selectedKey === undefined || row === undefined) {
    const childStep = findRow(rowGraph, selectedKey ?? '');
    const next = childStep?.kind === 'child-step' ? findChildStepMove(rowGraph.rows.rows, childStep, to) : undefined;
    return next && {key: next.key, wayBack: []};
  }

  switch (to) {
    case 'upstream':
      return moveUpstream(openRun, rowGraph, row, selectedKey, now);

    case 'downstream':
      return moveDownstream(openRun, rowGraph, row);

    case 'previousSibling':
      return moveAside(openRun, rowGraph, row, -1);

    case 'nextSibling':
      return moveAside(openRun, rowGraph, row, 1);
  }
};

/** How many previous rows are remembered. */
const maxWayBack = 100;

/** Whether a move leads anywhere; unlike where it leads, this is cheap enough for every frame. */
export const canMoveInGraph = (openRun: OpenRun, rowGraph: RowGraph, to: GraphDirection, now: Instant): boolean => {
  const row = rowGraph.graphRowByKey.get(openRun.list.selectedKey ?? '');
  const hasUpstream = row !== undefined && (rowGraph.graph.upstreamByRow[row]?.length ?? 0) > 0;
  return (to === 'upstream' && hasUpstream) || findGraphMove(openRun, rowGraph, to, now) !== undefined;
};

const moveUpstream = (
  openRun: OpenRun,
  rowGraph: RowGraph,
  row: number,
  selected: string,
  now: Instant,
): GraphMove | undefined => {
  const {graph, keys} = rowGraph;
  const sources = (graph.upstreamByRow[row] ?? []).flatMap(source => keys[source] ?? []);
  const getEndedAt = (each: string): number => getRowTimes(openRun, rowGraph, each).endedAt;
  const blocker = findBlockerKey(openRun, rowGraph, selected, now);
  // The critical path has no questions, but the run did not continue until they were answered.
  const questions = sources.filter(each => findRow(rowGraph, each)?.kind === 'question');
  const key = blocker === undefined ? pickLast(sources, getEndedAt) : pickLast([blocker, ...questions], getEndedAt);
  return key === undefined ? undefined : {key, wayBack: [...openRun.graph.wayBack, selected].slice(-maxWayBack)};
};

/**
 * The key of the row that the selected one waited for last, judging by times. There may be no edge between them: with limited
 * parallelism, a step also waits for an unrelated one to end.
 */
const findBlockerKey = (
  openRun: OpenRun,
  {graphRowByKey, rows}: RowGraph,
  selected: string,
  now: Instant,
): string | undefined => {
  const facts = getTimelineFacts(openRun, now);
  const {groupsById} = openRun.table.structure;
  const name = parseStepRowKey(selected) ?? groupsById.get(parseGroupRowKey(selected) ?? '')?.name;
  if (facts === undefined || name === undefined) {
    return undefined;
  }

  const {spans, stepSpans, times} = facts;
  const isMerged = spans.some(span => span.name === name);
  const blocker = findStepBlocker(isMerged ? spans : stepSpans, times, name);
  const group = [...groupsById.values()].find(each => each.name === blocker);
  const other = rows.rows.find(row => findOtherName(row) === blocker);
  const keys =
    blocker === undefined
      ? []
      : [getStepRowKey(blocker), ...(group ? [getGroupRowKey(group.id)] : []), ...(other ? [other.key] : [])];
  return keys.find(key => graphRowByKey.has(key));
};

const moveDownstream = (openRun: OpenRun, rowGraph: RowGraph, row: number): GraphMove | undefined => {
  const {graph, keys} = rowGraph;
  const targets = (graph.downstreamByRow[row] ?? []).flatMap(target => keys[target] ?? []);
  const {wayBack} = openRun.graph;
  const origin = wayBack.at(-1);
  if (origin !== undefined && targets.includes(origin)) {
    return {key: origin, wayBack: wayBack.slice(0, -1)};
  }

  // The negative time is largest for the first to start.
  const key = pickLast(targets, each => -getRowTimes(openRun, rowGraph, each).startedAt);
  return key === undefined ? undefined : {key, wayBack: []};
};

/** Siblings are the rows that follow the same rows; if there are none, those that lead to the same row. */
const moveAside = (openRun: OpenRun, {graph, keys}: RowGraph, row: number, by: 1 | -1): GraphMove | undefined => {
  const upstream = graph.upstreamByRow[row] ?? [];
  const byUpstream = (graph.downstreamByRow[upstream[0] ?? -1] ?? []).filter(
    other => graph.upstreamByRow[other]?.join() === upstream.join(),
  );
  const [target] = graph.downstreamByRow[row] ?? [];
  const siblings = byUpstream.length > 1 ? byUpstream : (graph.upstreamByRow[target ?? -1] ?? []);
  const next = siblings[siblings.indexOf(row) + by];
  const key = next === undefined ? undefined : keys[next];
  return key === undefined ? undefined : {key, wayBack: openRun.graph.wayBack};
};

/** The key with the largest measure; the first one if there are several. */
const pickLast = (keys: readonly string[], measure: (key: string) => number): string | undefined =>
  keys.reduce<string | undefined>(
    (last, key) => (last === undefined || measure(key) > measure(last) ? key : last),
    undefined,
  );

/** The name of a child run or a question; `undefined` for other rows. */
const findOtherName = (row: Row): string | undefined =>
  row.kind === 'question' ? row.question.name : row.kind === 'run' ? getChildRunTitle(row.child) : undefined;

const findRow = ({rows: {rows, indexByKey}}: RowGraph, key: string): Row | undefined => rows[indexByKey.get(key) ?? -1];

type RowTimes = {readonly startedAt: Instant; readonly endedAt: Instant};

/** A row that has not started, or not ended, counts as doing so after everything else. */
const getRowTimes = ({table}: OpenRun, rowGraph: RowGraph, key: string): RowTimes => {
  const row = findRow(rowGraph, key);
  if (row?.kind === 'question') {
    const {createdAt = Infinity, resolvedAt = Infinity} = row.question;
    return {startedAt: createdAt, endedAt: resolvedAt};
  }

  if (row?.kind === 'run') {
    const {startedAt = Infinity, durationMs = Infinity} = row.child;
    return {startedAt, endedAt: startedAt + durationMs};
  }

  const groupId = parseGroupRowKey(key);
  if (groupId !== undefined) {
    const {startedAt = Infinity, endedAt = Infinity, active} = getGroupDigest(table, groupId);
    return {startedAt, endedAt: active.length > 0 ? Infinity : endedAt};
  }

  const step = findStep(table, parseStepRowKey(key) ?? '');
  const endedAt = step && findLatestAttempt(step)?.endedAt;
  return {startedAt: step?.attempts[0]?.startedAt ?? Infinity, endedAt: endedAt ?? Infinity};
};
