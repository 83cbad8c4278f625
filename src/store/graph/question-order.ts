import type {DagChildRun} from '../../domain/dag.js';
import {isEqual} from '../../domain/equality.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoize, memoizeLast} from '../../domain/memoize.js';
import type {StepTable} from '../../domain/step-table.js';
import {
  type ChildOrQuestion,
  findPlaces,
  getQuestionTimeSpan,
  listChildrenAndQuestions,
  listStepTimeSpans,
  type PlaceById,
  type TimeSpan,
} from '../list/child-and-question-places.js';

/** What had ended when a question was asked, and what started once it was answered. */
type QuestionEdges = {
  readonly id: string;
  readonly stepIndexesBefore: readonly number[];
  readonly stepIndexesAfter: readonly number[];
  readonly childAndQuestionIdsBefore: readonly string[];
  readonly childAndQuestionIdsAfter: readonly string[];
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
  const stepTimeSpansByIndex = listStepTimeSpans(table);
  const childrenAndQuestions = listChildrenAndQuestions(childRuns, questions);
  const edges = questions.flatMap(question => {
    const [asked] = getQuestionTimeSpan(question);
    return asked === undefined ? [] : [findEdges(asked, stepTimeSpansByIndex, childrenAndQuestions)];
  });
  return {edges, placeById: findPlaces(stepTimeSpansByIndex, childrenAndQuestions)};
};

const findEdges = (
  asked: ChildOrQuestion,
  stepTimeSpansByIndex: ReadonlyMap<number, TimeSpan>,
  childrenAndQuestions: readonly ChildOrQuestion[],
): QuestionEdges => {
  const isBefore = ({endedAt}: TimeSpan): boolean => endedAt !== undefined && endedAt <= asked.startedAt + toleranceMs;
  const isAfter = (one: TimeSpan): boolean =>
    asked.endedAt !== undefined && one.startedAt >= asked.endedAt && !isBefore(one);
  const listStepIndexesIf = (isWanted: (one: TimeSpan) => boolean): readonly number[] =>
    [...stepTimeSpansByIndex].flatMap(([index, timeSpan]) => (isWanted(timeSpan) ? [index] : []));
  const listIdsIf = (isWanted: (one: TimeSpan) => boolean): readonly string[] =>
    childrenAndQuestions.flatMap(each => (each.id !== asked.id && isWanted(each) ? [each.id] : []));
  return {
    id: asked.id,
    stepIndexesBefore: listStepIndexesIf(isBefore),
    stepIndexesAfter: listStepIndexesIf(isAfter),
    childAndQuestionIdsBefore: listIdsIf(isBefore),
    childAndQuestionIdsAfter: listIdsIf(isAfter),
  };
};

/** The IDs of the questions that have edges, and of the child runs before or after them. */
export const listOrderedIds = memoize(({edges}: QuestionOrder): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const {id, stepIndexesBefore, stepIndexesAfter, childAndQuestionIdsBefore, childAndQuestionIdsAfter} of edges) {
    const childAndQuestionIds = [...childAndQuestionIdsBefore, ...childAndQuestionIdsAfter];
    if (stepIndexesBefore.length + stepIndexesAfter.length + childAndQuestionIds.length > 0) {
      for (const each of [id, ...childAndQuestionIds]) {
        ids.add(each);
      }
    }
  }

  return ids;
});
