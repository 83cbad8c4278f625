import type {Dag, DagChildRun, DagStep, DagWaitCondition} from '../../domain/dag.js';
import {runId, stepId} from '../../domain/ids.js';
import {statused} from './status.js';
import {groupOf} from './step-config.js';
import {instant, millisecondsOfSeconds} from './time.js';
import {eachOf, isRecord, list, record, text, uniqueBy, type Wire, word} from './wire.js';

type Node = {readonly key: string; readonly type: string; readonly name: string; readonly whole: Wire};

const nodeOf = (whole: Wire): Node | undefined => {
  const key = word(whole['node_id']) ?? word(whole['id']);
  const type = word(whole['type']);
  return key === undefined || type === undefined ? undefined : {key, type, name: word(whole['name']) ?? key, whole};
};

/** A node without a status has not started; that is not the same as an unknown status. */
const statusIn = (metadata: Wire) =>
  word(metadata['status']) === undefined ? undefined : statused(metadata['status']);

const stepOf = (node: Node, upstream: readonly string[]): DagStep => {
  const metadata = record(node.whole['metadata']);
  const id = word(node.whole['id']);
  return {
    name: node.name,
    id: id === undefined ? undefined : stepId(id),
    status: statusIn(metadata),
    startedAt: instant(metadata['start_time']),
    durationMs: millisecondsOfSeconds(metadata['duration']),
    group: groupOf(metadata['group']),
    upstream,
  };
};

const childRunOf = (node: Node): DagChildRun => {
  const metadata = record(node.whole['metadata']);
  const id = word(node.whole['id']);
  return {
    id: id === undefined ? undefined : runId(id),
    name: node.name,
    status: statusIn(metadata),
    startedAt: instant(metadata['start_time']),
    durationMs: millisecondsOfSeconds(metadata['duration']),
  };
};

const waitConditionOf = (node: Node): DagWaitCondition => {
  const metadata = record(node.whole['metadata']);
  return {
    id: word(node.whole['id']),
    name: node.name,
    status: word(metadata['status']),
    question: text(metadata['question']),
  };
};

/**
 * Names of the steps before each step, by node id and in the order of the edges: those that a direct edge comes from,
 * and those that write an artifact an edge comes from.
 */
const upstreamByKey = (nodes: readonly Node[], edges: readonly unknown[]): ReadonlyMap<string, readonly string[]> => {
  const stepNameByKey = new Map(nodes.filter(node => node.type === 'step').map(node => [node.key, node.name]));
  const pairs = eachOf(edges, edge => {
    const source = word(edge['source']);
    const target = word(edge['target']);
    return source === undefined || target === undefined ? undefined : {source, target};
  });

  const producersByArtifact = new Map<string, Set<string>>();
  for (const {source, target} of pairs) {
    const producer = stepNameByKey.get(source);
    if (producer !== undefined && !stepNameByKey.has(target)) {
      const producers = producersByArtifact.get(target) ?? new Set();
      producersByArtifact.set(target, producers.add(producer));
    }
  }

  const upstream = new Map<string, Set<string>>();
  for (const {source, target} of pairs) {
    const name = stepNameByKey.get(target);
    if (name === undefined) {
      continue;
    }

    const direct = stepNameByKey.get(source);
    const found = upstream.get(target) ?? new Set();
    upstream.set(target, found);
    for (const before of direct === undefined ? (producersByArtifact.get(source) ?? []) : [direct]) {
      if (before !== name) {
        found.add(before);
      }
    }
  }

  return new Map([...upstream].map(([key, names]) => [key, [...names]]));
};

/** The answer of `/dag`; `undefined` where it has no list of nodes. Nodes keep their order: it is topological. */
export const dagOf = (whole: unknown): Dag | undefined => {
  if (!isRecord(whole) || !Array.isArray(whole['nodes'])) {
    return undefined;
  }

  const nodes = uniqueBy(eachOf(list(whole['nodes']), nodeOf), node => node.key);
  const upstream = upstreamByKey(nodes, list(whole['edges']));
  const ofType = (type: string): readonly Node[] => nodes.filter(node => node.type === type);
  return {
    steps: uniqueBy(ofType('step'), node => node.name).map(node => stepOf(node, upstream.get(node.key) ?? [])),
    childRuns: ofType('triggered_run').map(childRunOf),
    waitConditions: ofType('wait_condition').map(waitConditionOf),
  };
};
