import type {Dag, DagChildRun} from '../../domain/dag.js';
import {createChildRunFilter} from '../../domain/filter/child-run-filter.js';
import type {RunId} from '../../domain/ids.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoizeLast} from '../../domain/memoize.js';
import {getPhase} from '../../domain/status.js';
import type {TableStructure} from '../../domain/step-table.js';
import {type Arrangement, isFiltering} from './arrangement.js';
import {findPlaces, listChildrenAndQuestions, type PlaceById} from './child-and-question-places.js';
import {getChildRunRowKey, type Row, type Rows} from './rows.js';

/** What is listed besides the steps. */
export type ChildRunsAndQuestions = {
  readonly childRuns: readonly DagChildRun[];
  /** The graphs of open child runs. */
  readonly childDagsById: ReadonlyMap<RunId, Dag>;
  readonly openIds: ReadonlySet<string>;
  readonly questions: readonly Question[];
  /** Where they belong among the steps; those without a place are listed below. */
  readonly placeById: PlaceById;
};

/** Child runs at this depth are shown, but not their steps. */
const maxDepth = 3;

export const getChildRowKey = ({id, name}: DagChildRun): string => getChildRunRowKey(id ?? name);

/**
 * The rows of the steps with those of child runs, each with its steps if it is open, and of the questions of the run. Filters apply
 * to child runs, too, and hide questions.
 */
export const withChildAndQuestionRows = (
  steps: Rows,
  {childRuns, childDagsById, openIds, questions, placeById}: ChildRunsAndQuestions,
  structure: TableStructure,
  arrangement: Arrangement,
) =>
  childRuns.length + questions.length === 0
    ? steps
    : addChildAndQuestionRows(steps, childRuns, childDagsById, openIds, questions, placeById, structure, arrangement);

const addChildAndQuestionRows = memoizeLast(
  (
    steps: Rows,
    childRuns: readonly DagChildRun[],
    childDagsById: ChildRunsAndQuestions['childDagsById'],
    openIds: ChildRunsAndQuestions['openIds'],
    questions: readonly Question[],
    placeById: PlaceById,
    structure: TableStructure,
    arrangement: Arrangement,
  ): Rows => {
    const isWanted = createChildRunFilter(arrangement.filter);
    const shownRuns = childRuns.filter(
      child => isWanted(child) && !(arrangement.isHidingSuccessful && isSuccessful(child)),
    );
    const shownQuestions = isFiltering(arrangement)
      ? []
      : questions.filter(
          ({createdAt, isPending}) => createdAt !== undefined && (isPending || !arrangement.isHidingSuccessful),
        );
    if (shownRuns.length + shownQuestions.length === 0) {
      return steps;
    }

    const blocks: readonly Block[] = [
      ...shownRuns.map(child => ({id: child.id, rows: buildChildRows(child, childDagsById, openIds, 0)})),
      ...shownQuestions.map(question => ({
        id: question.id,
        rows: [{kind: 'question', key: `question:${question.id}`, question} as const],
      })),
    ];
    const isInPipelineOrder = arrangement.order === 'pipeline' && !arrangement.isReversed;
    const rows = insertBlocks(steps.rows, blocks, isInPipelineOrder ? placeById : new Map(), structure);
    return {...steps, rows, indexByKey: new Map(rows.map((row, index) => [row.key, index]))};
  },
);

/** Rows that belong together: a child run with its steps, or a question. */
type Block = {readonly id: string | undefined; readonly rows: readonly Row[]};

/** Inserts each block before the first step or group that belongs after it. Blocks without a place follow at the end. */
const insertBlocks = (
  steps: readonly Row[],
  blocks: readonly Block[],
  placeById: PlaceById,
  {groupsById}: TableStructure,
): readonly Row[] => {
  const getPlace = ({id}: Block): number => placeById.get(id ?? '') ?? Number.POSITIVE_INFINITY;
  const orderedBlocks = blocks.toSorted((one, other) => comparePlaces(getPlace(one), getPlace(other)));
  const rows: Row[] = [];
  let next = 0;
  for (const row of steps) {
    const place =
      row.kind === 'group' ? groupsById.get(row.groupId)?.indexes[0] : isSingleStep(row) ? row.index : undefined;
    for (
      let block = orderedBlocks[next];
      place !== undefined && block && getPlace(block) < place;
      block = orderedBlocks[next]
    ) {
      rows.push(...block.rows);
      next += 1;
    }

    rows.push(row);
  }

  return [...rows, ...orderedBlocks.slice(next).flatMap(block => block.rows)];
};

/** Infinite places are equal. */
const comparePlaces = (one: number, other: number): number => (one === other ? 0 : one - other);

/** The steps of an open group stay together below it. */
const isSingleStep = (row: Row): row is Extract<Row, {readonly kind: 'step'}> => row.kind === 'step' && !row.isInGroup;

/** A child run and, if it is open, its steps and its own child runs. */
const buildChildRows = (
  child: DagChildRun,
  childDagsById: ChildRunsAndQuestions['childDagsById'],
  openIds: ChildRunsAndQuestions['openIds'],
  depth: number,
): readonly Row[] => {
  const {id} = child;
  const isOpen = id === undefined || depth >= maxDepth ? undefined : openIds.has(id);
  const row: Row = {kind: 'run', key: getChildRowKey(child), child, depth, isOpen};
  const dag = id === undefined || isOpen !== true ? undefined : childDagsById.get(id);
  return id === undefined || dag === undefined
    ? [row]
    : [row, ...buildRowsBelow(dag, id, childDagsById, openIds, depth + 1)];
};

/** The steps and child runs of a child run. */
const buildRowsBelow = (
  {steps, childRuns}: Dag,
  runId: RunId,
  childDagsById: ChildRunsAndQuestions['childDagsById'],
  openIds: ChildRunsAndQuestions['openIds'],
  depth: number,
): readonly Row[] => {
  const timeSpans = steps.flatMap(({startedAt}, index) =>
    startedAt === undefined ? [] : [[index, {startedAt, endedAt: undefined}] as const],
  );
  const placeById = findPlaces(new Map(timeSpans), listChildrenAndQuestions(childRuns, []));
  const blocks: readonly {readonly place: number; readonly rows: readonly Row[]}[] = [
    ...steps.map((step, index) => ({
      place: index,
      rows: [{kind: 'child-step', key: `child:${runId}:${step.name}`, runId, step, depth} as const],
    })),
    ...childRuns.map(child => ({
      place: placeById.get(child.id ?? '') ?? Number.POSITIVE_INFINITY,
      rows: buildChildRows(child, childDagsById, openIds, depth),
    })),
  ];
  return blocks.toSorted((one, other) => comparePlaces(one.place, other.place)).flatMap(({rows}) => rows);
};

const isSuccessful = ({status}: DagChildRun): boolean =>
  status !== undefined && getPhase(status.status) === 'succeeded';
