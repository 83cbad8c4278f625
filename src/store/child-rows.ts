import type {DagChildRun} from '../domain/dag.js';
import {childRunFilter} from '../domain/filter/child-run-filter.js';
import {rememberedLast} from '../domain/remembered.js';
import {phaseOf} from '../domain/status.js';
import type {Arrangement} from './list/arrangement.js';
import type {Row, Rows} from './rows.js';

const keyOf = ({id, name}: DagChildRun): string => `run:${id ?? name}`;

/**
 * The rows of the steps and below them those of the runs that this one started: when they do in the pipeline nobody tells.
 * What is let through of steps is let through of them.
 */
export const withChildRows = rememberedLast(
  (steps: Rows, childRuns: readonly DagChildRun[], arrangement: Arrangement): Rows => {
    const isWanted = childRunFilter(arrangement.filter);
    const shown = childRuns.filter(child => isWanted(child) && !(arrangement.isHidingDone && isDone(child)));
    if (shown.length === 0) {
      return steps;
    }

    const rows: readonly Row[] = [
      ...steps.rows,
      ...shown.map((child): Row => ({kind: 'run', key: keyOf(child), child})),
    ];
    return {...steps, rows, placeByKey: new Map(rows.map((row, place) => [row.key, place]))};
  },
);

const isDone = ({status}: DagChildRun): boolean => status !== undefined && phaseOf(status.status) === 'succeeded';
