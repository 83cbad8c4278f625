import type {DagChildRun} from '../../domain/dag.js';
import {isEqual} from '../../domain/equality.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoize, memoizeLast} from '../../domain/memoize.js';
import {findLatestAttempt, isStepFinished, type Step} from '../../domain/step.js';
import {type StepTable, stepsPerChunk} from '../../domain/step-table.js';
import {getClockBehindMs} from '../../domain/timeline/step-span.js';

/** When something started and ended; `endedAt` is `undefined` if it has not ended, or if its end is unknown. */
export type TimeSpan = {readonly startedAt: Instant; readonly endedAt: Instant | undefined};

/** When a child run or a question started and ended, and its ID. */
export type ChildOrQuestion = TimeSpan & {readonly id: string};

/** Where child runs and questions belong in the order of the steps, by ID: after the last step that started no later than they did. */
export type PlaceById = ReadonlyMap<string, number>;

let known: PlaceById = new Map();

/** The same map for as long as the places are the same, whatever else changes. */
export const getChildAndQuestionPlaces = memoizeLast(
  (table: StepTable, childRuns: readonly DagChildRun[], questions: readonly Question[]): PlaceById => {
    const childrenAndQuestions = listChildrenAndQuestions(childRuns, questions);
    const places =
      childrenAndQuestions.length === 0
        ? new Map<string, number>()
        : findPlaces(listStepTimeSpans(table), childrenAndQuestions);
    known = isEqual([...known], [...places]) ? known : places;
    return known;
  },
);

/** The child runs and questions that have started, the earliest first. */
export const listChildrenAndQuestions = (
  childRuns: readonly DagChildRun[],
  questions: readonly Question[],
): readonly ChildOrQuestion[] =>
  [...childRuns.flatMap(getChildTimeSpan), ...questions.flatMap(getQuestionTimeSpan)].sort(
    (one, other) => one.startedAt - other.startedAt,
  );

/** `stepTimeSpansByIndex`: of the steps that have started. */
export const findPlaces = (
  stepTimeSpansByIndex: ReadonlyMap<number, TimeSpan>,
  childrenAndQuestions: readonly ChildOrQuestion[],
): PlaceById =>
  new Map(childrenAndQuestions.map(({id, startedAt}, rank) => [id, findPlace(stepTimeSpansByIndex, startedAt, rank)]));

/** `rank` orders what belongs in the same place. */
const findPlace = (stepTimeSpansByIndex: ReadonlyMap<number, TimeSpan>, at: Instant, rank: number): number => {
  let last = -1;
  for (const [index, {startedAt}] of stepTimeSpansByIndex) {
    last = startedAt <= at ? Math.max(last, index) : last;
  }

  return last + 0.5 + rank / 1e6;
};

/** When the steps that have started were running, by index. */
export const listStepTimeSpans = ({chunks}: StepTable): ReadonlyMap<number, TimeSpan> =>
  new Map(
    chunks.flatMap((chunk, chunkIndex) =>
      listChunkTimeSpans(chunk).map(([index, timeSpan]) => [chunkIndex * stepsPerChunk + index, timeSpan] as const),
    ),
  );

const listChunkTimeSpans = memoize((chunk: readonly Step[]): readonly (readonly [number, TimeSpan])[] =>
  chunk.flatMap((step, index) => {
    const first = step.attempts[0];
    const last = findLatestAttempt(step);
    if (first?.startedAt === undefined || last === undefined) {
      return [];
    }

    const startedAt = first.startedAt + getClockBehindMs(first);
    const endedAt = last.endedAt === undefined ? startedAt : last.endedAt + getClockBehindMs(last);
    return [[index, {startedAt, endedAt: isStepFinished(step) ? Math.max(startedAt, endedAt) : undefined}]];
  }),
);

const getChildTimeSpan = ({id, startedAt, durationMs}: DagChildRun): readonly ChildOrQuestion[] =>
  id === undefined || startedAt === undefined
    ? []
    : [{id, startedAt, endedAt: durationMs === undefined ? undefined : startedAt + durationMs}];

/** From when the question was asked until it was resolved; empty if it is unknown when that began. */
export const getQuestionTimeSpan = ({id, isPending, createdAt, resolvedAt}: Question): readonly ChildOrQuestion[] =>
  createdAt === undefined ? [] : [{id, startedAt: createdAt, endedAt: isPending ? undefined : resolvedAt}];
