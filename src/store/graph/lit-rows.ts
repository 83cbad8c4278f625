import {findReachableRows} from '../../domain/graph/graph.js';
import {memoizeLast} from '../../domain/memoize.js';
import type {RowGraph} from './row-graph.js';

/** What belongs to a row: all that it follows, and all that follows it, by rows of the graph; the row itself is in both. */
export type LitRows = {readonly upstream: ReadonlySet<number>; readonly downstream: ReadonlySet<number>};

/** `undefined` if the selected row has no place in the graph: nothing is lit then. */
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
