import type {DagChildRun} from '../../domain/dag.js';
import {createChildRunFilter} from '../../domain/filter/child-run-filter.js';
import {memoizeLast} from '../../domain/memoize.js';
import {getPhase} from '../../domain/status.js';
import type {Arrangement} from './arrangement.js';
import type {Row, Rows} from './rows.js';

const getChildRowKey = ({id, name}: DagChildRun): string => `run:${id ?? name}`;

/**
 * The rows of the steps, followed by those of the child runs: nothing says where in the pipeline those start.
 * Filters apply to both.
 */
export const withChildRows = memoizeLast(
  (steps: Rows, childRuns: readonly DagChildRun[], arrangement: Arrangement): Rows => {
    const isWanted = createChildRunFilter(arrangement.filter);
    const shown = childRuns.filter(child => isWanted(child) && !(arrangement.isHidingDone && isDone(child)));
    if (shown.length === 0) {
      return steps;
    }

    const rows: readonly Row[] = [
      ...steps.rows,
      ...shown.map((child): Row => ({kind: 'run', key: getChildRowKey(child), child})),
    ];
    return {...steps, rows, placeByKey: new Map(rows.map((row, place) => [row.key, place]))};
  },
);

const isDone = ({status}: DagChildRun): boolean => status !== undefined && getPhase(status.status) === 'succeeded';
