import {decodeInstant} from '../api/decode/time.js';
import {decodeRecord, decodeText, decodeWord, isRecord, type Wire} from '../api/decode/wire.js';

/** The latest attempt of a step, and whether the recording has any attempt of it. */
type FindLatestStep = (name: string) => {readonly isKnown: boolean; readonly row: Wire | undefined};

const getSecondsBetween = (start: unknown, end: unknown): number | undefined => {
  const [startAt, endAt] = [decodeInstant(start), decodeInstant(end)];
  return startAt === undefined || endAt === undefined ? undefined : (endAt - startAt) / 1000;
};

const resetNode = (node: Wire): Wire => {
  const {group} = decodeRecord(node['metadata']);
  return {...node, id: null, metadata: group === undefined ? {} : {group}};
};

const updateNode = (node: Wire, row: Wire): Wire => {
  const {status: _status, start_time: _start, duration: _duration, ...otherMetadata} = decodeRecord(node['metadata']);
  const {status, start_time, end_time} = decodeRecord(row['body']);
  const duration = getSecondsBetween(start_time, end_time);
  return {
    ...node,
    id: row['id'],
    metadata: {
      ...otherMetadata,
      status,
      ...(decodeText(start_time) === undefined ? {} : {start_time}),
      ...(duration === undefined ? {} : {duration}),
    },
  };
};

const isStepNode = (node: Wire): boolean => node['type'] === 'step';

/**
 * Moves a response of `/dag` to another point in time, using the rows of the steps, which are polled more often than the DAG. Nodes
 * of steps for which the recording has no row are not changed.
 */
export const rewindDag = (dag: unknown, findLatest: FindLatestStep): unknown => {
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

      const {isKnown, row} = findLatest(decodeWord(node['name']) ?? '');
      return isKnown ? (row === undefined ? resetNode(node) : updateNode(node, row)) : node;
    }),
  };
};
