import type {DagChildRun} from '../../domain/dag.js';
import {isEqual} from '../../domain/equality.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import {memoize, memoizeLast} from '../../domain/memoize.js';
import {findLatestAttempt, isStepFinished, type Step} from '../../domain/step.js';
import {type StepTable, stepsPerChunk} from '../../domain/step-table.js';
import {getClockBehindMs} from '../../domain/timeline/step-span.js';

/** When something started and ended; `endedAt` is `undefined` if it has not ended, or if its end is unknown. */
export type OpenStretch = {readonly startedAt: Instant; readonly endedAt: Instant | undefined};

/** A child run or a question. */
export type Other = OpenStretch & {readonly id: string};

/** Where child runs and questions belong in the order of the steps, by ID: after the last step that started no later than they did. */
export type PlaceById = ReadonlyMap<string, number>;

let known: PlaceById = new Map();

/** The same map for as long as the places are the same, whatever else changes. */
export const getOtherPlaces = memoizeLast(
  (table: StepTable, childRuns: readonly DagChildRun[], questions: readonly Question[]): PlaceById => {
    const others = listOthers(childRuns, questions);
    const places = others.length === 0 ? new Map<string, number>() : findPlaces(listStretches(table), others);
    known = isEqual([...known], [...places]) ? known : places;
    return known;
  },
);

/** The child runs and questions that have started, the earliest first. */
export const listOthers = (childRuns: readonly DagChildRun[], questions: readonly Question[]): readonly Other[] =>
  [...childRuns.flatMap(getChildStretch), ...questions.flatMap(getQuestionStretch)].sort(
    (one, other) => one.startedAt - other.startedAt,
  );

/** `steps`: when the steps that have started were running, by index. */
export const findPlaces = (steps: ReadonlyMap<number, OpenStretch>, others: readonly Other[]): PlaceById =>
  new Map(others.map(({id, startedAt}, rank) => [id, findPlace(steps, startedAt, rank)]));

/** `rank` orders what belongs in the same place. */
const findPlace = (steps: ReadonlyMap<number, OpenStretch>, at: Instant, rank: number): number => {
  let last = -1;
  for (const [index, {startedAt}] of steps) {
    last = startedAt <= at ? Math.max(last, index) : last;
  }

  return last + 0.5 + rank / 1e6;
};

/** When the steps that have started were running, by index. */
export const listStretches = ({chunks}: StepTable): ReadonlyMap<number, OpenStretch> =>
  new Map(
    chunks.flatMap((chunk, chunkIndex) =>
      listChunkStretches(chunk).map(([index, stretch]) => [chunkIndex * stepsPerChunk + index, stretch] as const),
    ),
  );

const listChunkStretches = memoize((chunk: readonly Step[]): readonly (readonly [number, OpenStretch])[] =>
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

/** From when the question was asked until it was resolved; empty if it is unknown when that began. */
export const getQuestionStretch = ({id, isPending, createdAt, resolvedAt}: Question): readonly Other[] =>
  createdAt === undefined ? [] : [{id, startedAt: createdAt, endedAt: isPending ? undefined : resolvedAt}];
