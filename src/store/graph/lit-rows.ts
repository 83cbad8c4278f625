import {findReachableRows} from '../../domain/graph/graph.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {RowGraph} from './row-graph.js';

/** The rows that a row of the graph follows, and those that follow it, directly or not; the row itself is in both. */
export type LitRows = {readonly upstream: ReadonlySet<number>; readonly downstream: ReadonlySet<number>};

/** `undefined` if the selected row is not in the graph: then nothing is highlighted. */
export const findLitRows = memoizeLast(
  ({graph, graphRowByKey}: RowGraph, selected: string | undefined): LitRows | undefined => {
    const row = graphRowByKey.get(selected ?? '');
    return row === undefined || row >= graph.connectedCount
      ? undefined
      : {
          upstream: new Set([row, ...findReachableRows(graph.upstreamByRow, row)]),
          downstream: new Set([row, ...findReachableRows(graph.downstreamByRow, row)]),
        };
  },
);
