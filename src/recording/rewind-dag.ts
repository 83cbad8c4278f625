import {decodeInstant} from '../api/decode/time.js';
import {decodeRecord, decodeText, decodeWord, isRecord, type Wire} from '../api/decode/wire.js';

/** The latest attempt of a step at the moment, and whether rows of it are known at all. */
export type FindLatestStep = (name: string) => {readonly isKnown: boolean; readonly row: Wire | undefined};

const countSecondsBetween = (start: unknown, end: unknown): number | undefined => {
  const [from, to] = [decodeInstant(start), decodeInstant(end)];
  return from === undefined || to === undefined ? undefined : (to - from) / 1000;
};

const resetNode = (node: Wire): Wire => {
  const {group} = decodeRecord(node['metadata']);
  return {...node, id: null, metadata: group === undefined ? {} : {group}};
};

const updateNode = (node: Wire, row: Wire): Wire => {
  const {status: _status, start_time: _start, duration: _duration, ...others} = decodeRecord(node['metadata']);
  const {status, start_time, end_time} = decodeRecord(row['body']);
  const duration = countSecondsBetween(start_time, end_time);
  return {
    ...node,
    id: row['id'],
    metadata: {
      ...others,
      status,
      ...(decodeText(start_time) === undefined ? {} : {start_time}),
      ...(duration === undefined ? {} : {duration}),
    },
  };
};

const isStepNode = (node: Wire): boolean => node['type'] === 'step';

/**
 * An answer of `/dag` brought to another moment than that of which it tells: it is asked for once a minute, and rows tell
 * more. Nodes whose steps have no rows stay as they are.
 */
export const rewindDag = (dag: unknown, latest: FindLatestStep): unknown => {
  if (!isRecord(dag) || !Array.isArray(dag['nodes'])) {
    return dag;
  }

  const nodes: readonly unknown[] = dag['nodes'];
  return {
    ...dag,
    nodes: nodes.map(node => {
      if (!isRecord(node) || !isStepNode(node)) {
        return node;
      }

      const {isKnown, row} = latest(decodeWord(node['name']) ?? '');
      return isKnown ? (row === undefined ? resetNode(node) : updateNode(node, row)) : node;
    }),
  };
};
