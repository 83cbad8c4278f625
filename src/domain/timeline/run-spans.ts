import type {Instant} from '../instant.js';
import {memoize} from '../memoize.js';
import type {Run} from '../run.js';
import {getRunEndAt} from '../run-end.js';
import {isFinished} from '../status.js';
import {isBetweenAttempts, type Step} from '../step.js';
import {findStep, type StepTable} from '../step-table.js';
import {buildStepSpan, getClockBehindMs, type RunTimes, type StepSpan} from './step-span.js';

/** When the run started, and up to when it is drawn; `undefined` until something has started. `now` is the server's time. */
export const getRunTimes = (run: Run, table: StepTable, isOver: boolean, now: Instant): RunTimes | undefined => {
  const startedAt = getRunStart(run, findFirstStart(table));
  if (startedAt === undefined) {
    return undefined;
  }

  const until = isOver ? (getRunEndAt(run, table) ?? now) : now;
  return {startedAt, until: Math.max(startedAt, until), isOver};
};

type FirstStart = {readonly at: Instant | undefined; readonly hasSkew: boolean};

/**
 * The start of a run is recorded by the clock of the client that submitted it. If the clock of a worker is wrong, the client's may be,
 * too: the start is then kept between the creation of the run and the first start of a step.
 */
const getRunStart = ({startedAt, createdAt}: Run, first: FirstStart): Instant | undefined => {
  if (startedAt === undefined || !first.hasSkew) {
    return startedAt ?? first.at;
  }

  return Math.min(Math.max(startedAt, createdAt ?? startedAt), first.at ?? startedAt);
};

/** The first start of a step by the server's clock, and whether the clock of a worker disagrees with that. */
const findFirstStart = ({chunks}: StepTable): FirstStart => {
  let at = Number.POSITIVE_INFINITY;
  let hasSkew = false;
  for (const chunk of chunks) {
    const first = findFirstInChunk(chunk);
    at = Math.min(at, first.at ?? at);
    hasSkew ||= first.hasSkew;
  }

  return {at: Number.isFinite(at) ? at : undefined, hasSkew};
};

const findFirstInChunk = memoize((chunk: readonly Step[]): FirstStart => {
  const attempts = chunk.flatMap(step => step.attempts[0] ?? []);
  const starts = attempts.flatMap(each =>
    each.startedAt === undefined ? [] : each.startedAt + getClockBehindMs(each),
  );
  return {
    at: starts.length === 0 ? undefined : Math.min(...starts),
    hasSkew: attempts.some(each => getClockBehindMs(each) !== 0),
  };
});

/** The spans of all steps that have started, in the order of the pipeline. */
export const buildRunSpans = (table: StepTable, run: RunTimes): readonly StepSpan[] => {
  const spans: StepSpan[] = [];
  for (const chunk of table.chunks) {
    for (const span of findFinalSpans(chunk) ?? buildChunkSpans(chunk, run)) {
      spans.push(span);
    }
  }

  return spans;
};

const buildChunkSpans = (chunk: readonly Step[], run: RunTimes): readonly StepSpan[] =>
  chunk.flatMap(step => findStepSpan(step, run) ?? []);

/** The span of one step; `undefined` if it has not started. */
export const findStepSpan = (step: Step, run: RunTimes): StepSpan | undefined =>
  hasFinalSpan(step) ? buildFinalSpan(step) : buildStepSpan(step, run);

/** Whether the span of a step no longer depends on the current time. */
const hasFinalSpan = (step: Step): boolean =>
  step.attempts.every(({status, endedAt}) => endedAt !== undefined || isFinished(status)) && !isBetweenAttempts(step);

/** Final spans do not depend on the times of the run. */
const anyTimes: RunTimes = {startedAt: 0, until: 0, isOver: true};

const buildFinalSpan = memoize((step: Step): StepSpan | undefined => buildStepSpan(step, anyTimes));

/** The spans of all steps of a chunk that have started; `undefined` if one of them may still change. */
const findFinalSpans = memoize((chunk: readonly Step[]): readonly StepSpan[] | undefined =>
  chunk.every(hasFinalSpan) ? chunk.flatMap(step => buildFinalSpan(step) ?? []) : undefined,
);

/**
 * When everything that a step waited for had ended: the latest end of its upstream steps, or the start of the run.
 * `undefined` while one of them is unfinished or unknown. `spans` may contain child runs and questions: ZenML does not record which
 * steps waited for them, so a step is taken to have waited for all that ended before it started.
 */
export const findReadyAt = (
  {upstream, startedAt = Number.POSITIVE_INFINITY}: Pick<StepSpan, 'upstream'> & Partial<Pick<StepSpan, 'startedAt'>>,
  table: StepTable,
  run: RunTimes,
  spans: readonly StepSpan[] = [],
): Instant | undefined => {
  let readyAt = run.startedAt;
  for (const {kind, endedAt} of spans) {
    readyAt = kind !== 'step' && endedAt <= startedAt ? Math.max(readyAt, endedAt) : readyAt;
  }

  for (const name of upstream) {
    const step = findStep(table, name);
    const span = step && findStepSpan(step, run);
    if (span === undefined || span.isLive) {
      return undefined;
    }

    readyAt = Math.max(readyAt, span.endedAt);
  }

  return readyAt;
};
