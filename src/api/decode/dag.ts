import type {Dag, DagChildRun, DagStep, DagWaitCondition} from '../../domain/dag.js';
import {toRunId, toStepId} from '../../domain/ids.js';
import {decodeStatus} from './status.js';
import {decodeGroup} from './step-config.js';
import {decodeInstant, decodeSecondsAsMs} from './time.js';
import {
  decodeEach,
  decodeList,
  decodeRecord,
  decodeText,
  decodeWord,
  isRecord,
  removeDuplicates,
  type Wire,
} from './wire.js';

type Node = {readonly key: string; readonly type: string; readonly name: string; readonly whole: Wire};

const decodeNode = (whole: Wire): Node | undefined => {
  const key = decodeWord(whole['node_id']) ?? decodeWord(whole['id']);
  const type = decodeWord(whole['type']);
  return key === undefined || type === undefined
    ? undefined
    : {key, type, name: decodeWord(whole['name']) ?? key, whole};
};

/** A node without a status has not started; that is not the same as an unknown status. */
const decodeNodeStatus = (metadata: Wire) =>
  decodeWord(metadata['status']) === undefined ? undefined : decodeStatus(metadata['status']);

const decodeDagStep = (node: Node, upstream: readonly string[]): DagStep => {
  const metadata = decodeRecord(node.whole['metadata']);
  const id = decodeWord(node.whole['id']);
  return {
    name: node.name,
    id: id === undefined ? undefined : toStepId(id),
    status: decodeNodeStatus(metadata),
    startedAt: decodeInstant(metadata['start_time']),
    durationMs: decodeSecondsAsMs(metadata['duration']),
    group: decodeGroup(metadata['group']),
    upstream,
  };
};

const decodeDagChildRun = (node: Node): DagChildRun => {
  const metadata = decodeRecord(node.whole['metadata']);
  const id = decodeWord(node.whole['id']);
  return {
    id: id === undefined ? undefined : toRunId(id),
    name: node.name,
    status: decodeNodeStatus(metadata),
    startedAt: decodeInstant(metadata['start_time']),
    durationMs: decodeSecondsAsMs(metadata['duration']),
  };
};

const decodeDagWaitCondition = (node: Node): DagWaitCondition => {
  const metadata = decodeRecord(node.whole['metadata']);
  return {
    id: decodeWord(node.whole['id']),
    name: node.name,
    status: decodeWord(metadata['status']),
    question: decodeText(metadata['question']),
  };
};

/**
 * Names of the steps upstream of each step, by node ID and in the order of the edges: an edge comes from such a step, or from an
 * artifact that such a step writes.
 */
const collectUpstreamByKey = (
  nodes: readonly Node[],
  edges: readonly unknown[],
): ReadonlyMap<string, readonly string[]> => {
  const stepNameByKey = new Map(nodes.filter(node => node.type === 'step').map(node => [node.key, node.name]));
  const pairs = decodeEach(edges, edge => {
    const source = decodeWord(edge['source']);
    const target = decodeWord(edge['target']);
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

  const upstreamByKey = new Map<string, Set<string>>();
  for (const {source, target} of pairs) {
    const name = stepNameByKey.get(target);
    if (name === undefined) {
      continue;
    }

    const sourceStep = stepNameByKey.get(source);
    const upstream = upstreamByKey.get(target) ?? new Set();
    upstreamByKey.set(target, upstream);
    for (const producer of sourceStep === undefined ? (producersByArtifact.get(source) ?? []) : [sourceStep]) {
      if (producer !== name) {
        upstream.add(producer);
      }
    }
  }

  return new Map([...upstreamByKey].map(([key, names]) => [key, [...names]]));
};

/** The response of `/dag`; `undefined` if it has no list of nodes. Nodes keep their order, which is topological. */
export const decodeDag = (whole: unknown): Dag | undefined => {
  if (!isRecord(whole) || !Array.isArray(whole['nodes'])) {
    return undefined;
  }

  const nodes = removeDuplicates(decodeEach(decodeList(whole['nodes']), decodeNode), node => node.key);
  const upstreamByKey = collectUpstreamByKey(nodes, decodeList(whole['edges']));
  const pickNodes = (type: string): readonly Node[] => nodes.filter(node => node.type === type);
  return {
    steps: removeDuplicates(pickNodes('step'), node => node.name).map(node =>
      decodeDagStep(node, upstreamByKey.get(node.key) ?? []),
    ),
    childRuns: pickNodes('triggered_run').map(decodeDagChildRun),
    waitConditions: pickNodes('wait_condition').map(decodeDagWaitCondition),
  };
};
