import type {DagChildRun} from '../../domain/dag.js';
import {isEqual} from '../../domain/equality.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoize, memoizeLast} from '../../domain/memoize.js';
import type {StepTable} from '../../domain/step-table.js';
import {
  findPlaces,
  getQuestionStretch,
  listOthers,
  listStretches,
  type OpenStretch,
  type Other,
  type PlaceById,
} from '../list/other-places.js';

/** What had ended when a question was asked, and what started once it was answered. Steps by index, the others by ID. */
type QuestionEdges = {
  readonly id: string;
  readonly stepsBefore: readonly number[];
  readonly stepsAfter: readonly number[];
  readonly othersBefore: readonly string[];
  readonly othersAfter: readonly string[];
};

/** The order of questions among steps and child runs by time: ZenML records no edges for wait conditions. */
export type QuestionOrder = {
  readonly edges: readonly QuestionEdges[];
  readonly placeById: PlaceById;
};

/** The end of a step and the question after it may be recorded in either order, within this time in milliseconds. */
const toleranceMs = 500;

const none: QuestionOrder = {edges: [], placeById: new Map()};

let known = none;

/** The same object for as long as the order is the same, whatever else changes. */
export const getQuestionOrder = memoizeLast(
  (table: StepTable, childRuns: readonly DagChildRun[], questions: readonly Question[]): QuestionOrder => {
    const order = questions.length === 0 ? none : findOrder(table, childRuns, questions);
    const isSame = isEqual(known.edges, order.edges) && isEqual([...known.placeById], [...order.placeById]);
    known = isSame ? known : order;
    return known;
  },
);

const findOrder = (
  table: StepTable,
  childRuns: readonly DagChildRun[],
  questions: readonly Question[],
): QuestionOrder => {
  const steps = listStretches(table);
  const others = listOthers(childRuns, questions);
  const edges = questions.flatMap(question => {
    const [stretch] = getQuestionStretch(question);
    return stretch === undefined ? [] : [findEdges(stretch, steps, others)];
  });
  return {edges, placeById: findPlaces(steps, others)};
};

const findEdges = (asked: Other, steps: ReadonlyMap<number, OpenStretch>, others: readonly Other[]): QuestionEdges => {
  const isBefore = ({endedAt}: OpenStretch): boolean =>
    endedAt !== undefined && endedAt <= asked.startedAt + toleranceMs;
  const isAfter = (one: OpenStretch): boolean =>
    asked.endedAt !== undefined && one.startedAt >= asked.endedAt && !isBefore(one);
  const listStepsIf = (isWanted: (one: OpenStretch) => boolean): readonly number[] =>
    [...steps].flatMap(([index, stretch]) => (isWanted(stretch) ? [index] : []));
  const listOthersIf = (isWanted: (one: OpenStretch) => boolean): readonly string[] =>
    others.flatMap(other => (other.id !== asked.id && isWanted(other) ? [other.id] : []));
  return {
    id: asked.id,
    stepsBefore: listStepsIf(isBefore),
    stepsAfter: listStepsIf(isAfter),
    othersBefore: listOthersIf(isBefore),
    othersAfter: listOthersIf(isAfter),
  };
};

/** The IDs of the questions that have edges, and of the child runs before or after them. */
export const listOrderedIds = memoize(({edges}: QuestionOrder): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const {id, stepsBefore, stepsAfter, othersBefore, othersAfter} of edges) {
    const others = [...othersBefore, ...othersAfter];
    if (stepsBefore.length + stepsAfter.length + others.length > 0) {
      for (const each of [id, ...others]) {
        ids.add(each);
      }
    }
  }

  return ids;
});
