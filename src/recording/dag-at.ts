import {instant} from '../api/decode/time.js';
import {isRecord, record, text, type Wire, word} from '../api/decode/wire.js';

/** The latest attempt of a step at the moment, and whether rows of it are known at all. */
export type LatestStep = (name: string) => {readonly isKnown: boolean; readonly row: Wire | undefined};

const secondsBetween = (start: unknown, end: unknown): number | undefined => {
  const [from, to] = [instant(start), instant(end)];
  return from === undefined || to === undefined ? undefined : (to - from) / 1000;
};

const planned = (node: Wire): Wire => {
  const {group} = record(node['metadata']);
  return {...node, id: null, metadata: group === undefined ? {} : {group}};
};

const asRow = (node: Wire, row: Wire): Wire => {
  const {status: _status, start_time: _start, duration: _duration, ...others} = record(node['metadata']);
  const {status, start_time, end_time} = record(row['body']);
  const duration = secondsBetween(start_time, end_time);
  return {
    ...node,
    id: row['id'],
    metadata: {
      ...others,
      status,
      ...(text(start_time) === undefined ? {} : {start_time}),
      ...(duration === undefined ? {} : {duration}),
    },
  };
};

const isStep = (node: Wire): boolean => node['type'] === 'step';

/**
 * An answer of `/dag` brought to another moment than that of which it tells: it is asked for once a minute, and rows tell
 * more. Nodes whose steps have no rows stay as they are.
 */
export const dagAt = (dag: unknown, latest: LatestStep): unknown => {
  if (!isRecord(dag) || !Array.isArray(dag['nodes'])) {
    return dag;
  }

  const nodes: readonly unknown[] = dag['nodes'];
  return {
    ...dag,
    nodes: nodes.map(node => {
      if (!isRecord(node) || !isStep(node)) {
        return node;
      }

      const {isKnown, row} = latest(word(node['name']) ?? '');
      return isKnown ? (row === undefined ? planned(node) : asRow(node, row)) : node;
    }),
  };
};
