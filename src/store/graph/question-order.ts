import type {DagChildRun} from '../../domain/dag.js';
import {isEqual} from '../../domain/equality.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoize, memoizeLast} from '../../domain/memoize.js';
import {findLatestAttempt, isStepFinished, type Step} from '../../domain/step.js';
import {type StepTable, stepsPerChunk} from '../../domain/step-table.js';
import {getClockBehindMs} from '../../domain/timeline/step-span.js';

/** What had ended when a question was asked, and what started once it was answered. Steps by index, the others by id. */
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
  /** Where questions and child runs belong in the order of the steps, by id: after the last step that had started. */
  readonly placeById: ReadonlyMap<string, number>;
};

/** The end of a step and the question after it may be written in any order, within this time in milliseconds. */
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

type Stretch = {readonly startedAt: Instant; readonly endedAt: Instant | undefined};
type Other = Stretch & {readonly id: string};

const findOrder = (
  table: StepTable,
  childRuns: readonly DagChildRun[],
  questions: readonly Question[],
): QuestionOrder => {
  const steps = listStretches(table);
  const others = [...childRuns.flatMap(getChildStretch), ...questions.flatMap(getQuestionStretch)].sort(
    (one, other) => one.startedAt - other.startedAt,
  );
  const placeById = new Map(others.map(({id, startedAt}, rank) => [id, findPlace(steps, startedAt, rank)]));
  const edges = questions.flatMap(question => {
    const [stretch] = getQuestionStretch(question);
    return stretch === undefined ? [] : [findEdges(stretch, steps, others)];
  });
  return {edges, placeById};
};

const findEdges = (asked: Other, steps: ReadonlyMap<number, Stretch>, others: readonly Other[]): QuestionEdges => {
  const isBefore = ({endedAt}: Stretch): boolean => endedAt !== undefined && endedAt <= asked.startedAt + toleranceMs;
  const isAfter = (one: Stretch): boolean =>
    asked.endedAt !== undefined && one.startedAt >= asked.endedAt && !isBefore(one);
  const listSteps = (isWanted: (one: Stretch) => boolean): readonly number[] =>
    [...steps].flatMap(([index, stretch]) => (isWanted(stretch) ? [index] : []));
  const listOthers = (isWanted: (one: Stretch) => boolean): readonly string[] =>
    others.flatMap(other => (other.id !== asked.id && isWanted(other) ? [other.id] : []));
  return {
    id: asked.id,
    stepsBefore: listSteps(isBefore),
    stepsAfter: listSteps(isAfter),
    othersBefore: listOthers(isBefore),
    othersAfter: listOthers(isAfter),
  };
};

/** `rank` orders what belongs in the same place. */
const findPlace = (steps: ReadonlyMap<number, Stretch>, at: Instant, rank: number): number => {
  let last = -1;
  for (const [index, {startedAt}] of steps) {
    last = startedAt <= at ? Math.max(last, index) : last;
  }

  return last + 0.5 + rank / 1e6;
};

/** When the steps that have started were running, by index. */
const listStretches = ({chunks}: StepTable): ReadonlyMap<number, Stretch> =>
  new Map(
    chunks.flatMap((chunk, at) =>
      listChunkStretches(chunk).map(([index, stretch]) => [at * stepsPerChunk + index, stretch] as const),
    ),
  );

const listChunkStretches = memoize((chunk: readonly Step[]): readonly (readonly [number, Stretch])[] =>
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

const getChildStretch = ({id, startedAt, durationMs}: DagChildRun): readonly Other[] =>
  id === undefined || startedAt === undefined
    ? []
    : [{id, startedAt, endedAt: durationMs === undefined ? undefined : startedAt + durationMs}];

const getQuestionStretch = ({id, isPending, createdAt, resolvedAt}: Question): readonly Other[] =>
  createdAt === undefined ? [] : [{id, startedAt: createdAt, endedAt: isPending ? undefined : resolvedAt}];

/** The ids of the questions that have edges, and of the child runs before or after them. */
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
