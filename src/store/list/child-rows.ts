import type {Dag, DagChildRun} from '../../domain/dag.js';
import {createChildRunFilter} from '../../domain/filter/child-run-filter.js';
import type {RunId} from '../../domain/ids.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoizeLast} from '../../domain/memoize.js';
import {getPhase} from '../../domain/status.js';
import {type Arrangement, isFiltering} from './arrangement.js';
import type {Row, Rows} from './rows.js';

/** What is listed below the steps. */
export type Others = {
  readonly childRuns: readonly DagChildRun[];
  /** The graphs of open child runs. */
  readonly childDags: ReadonlyMap<RunId, Dag>;
  readonly openIds: ReadonlySet<string>;
  readonly questions: readonly Question[];
};

/** A child run in a child run in a child run is shown, but not its steps. */
const maxDepth = 3;

const getChildRowKey = ({id, name}: DagChildRun): string => `run:${id ?? name}`;

/**
 * The rows of the steps, followed by those of the child runs, each with its steps if it is open, and by the questions of the run:
 * nothing records where in the pipeline these start. Filters apply to child runs, too, and hide questions.
 */
export const withOtherRows = (
  steps: Rows,
  {childRuns, childDags, openIds, questions}: Others,
  arrangement: Arrangement,
) =>
  childRuns.length + questions.length === 0
    ? steps
    : addOtherRows(steps, childRuns, childDags, openIds, questions, arrangement);

const addOtherRows = memoizeLast(
  (
    steps: Rows,
    childRuns: readonly DagChildRun[],
    childDags: Others['childDags'],
    openIds: Others['openIds'],
    questions: readonly Question[],
    arrangement: Arrangement,
  ): Rows => {
    const isWanted = createChildRunFilter(arrangement.filter);
    const shown = childRuns.filter(child => isWanted(child) && !(arrangement.isHidingDone && isDone(child)));
    const asked = isFiltering(arrangement)
      ? []
      : questions.filter(
          ({createdAt, isPending}) => createdAt !== undefined && (isPending || !arrangement.isHidingDone),
        );
    if (shown.length + asked.length === 0) {
      return steps;
    }

    const rows: readonly Row[] = [
      ...steps.rows,
      ...shown.flatMap(child => buildChildRows(child, childDags, openIds, 0)),
      ...asked.map((question): Row => ({kind: 'question', key: `question:${question.id}`, question})),
    ];
    return {...steps, rows, indexByKey: new Map(rows.map((row, index) => [row.key, index]))};
  },
);

/** A child run and, if it is open, its steps and its own child runs. */
const buildChildRows = (
  child: DagChildRun,
  childDags: Others['childDags'],
  openIds: Others['openIds'],
  depth: number,
): readonly Row[] => {
  const {id} = child;
  const isOpen = id === undefined || depth >= maxDepth ? undefined : openIds.has(id);
  const row: Row = {kind: 'run', key: getChildRowKey(child), child, depth, isOpen};
  const dag = id === undefined || isOpen !== true ? undefined : childDags.get(id);
  return id === undefined || dag === undefined
    ? [row]
    : [
        row,
        ...dag.steps.map(
          (step): Row => ({kind: 'child-step', key: `child:${id}:${step.name}`, runId: id, step, depth: depth + 1}),
        ),
        ...dag.childRuns.flatMap(nested => buildChildRows(nested, childDags, openIds, depth + 1)),
      ];
};

const isDone = ({status}: DagChildRun): boolean => status !== undefined && getPhase(status.status) === 'succeeded';
