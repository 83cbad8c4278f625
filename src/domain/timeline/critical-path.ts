import type {Instant} from '../instant.js';
import {findBlocker, findLastToEnd, indexSpans} from './span-blocker.js';
import type {RunTimes, StepSpan} from './step-span.js';

/**
 * What a stretch of the critical path was spent on: `startup` is before the first step, `failed` is an attempt that another one
 * follows, `pause` is between two attempts (or until now if the next one has not started), `wait` is between the end of what a step
 * waited for and its start, or while a question was open, and `tail` is after the last step.
 */
export type PathSegmentKind = 'startup' | 'work' | 'failed' | 'pause' | 'wait' | 'tail';

type PathSegment = {
  readonly kind: PathSegmentKind;
  /** The step, child run or question that worked or waited; `undefined` for the tail. */
  readonly step: string | undefined;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
};

/** What made the run take as long as it did. */
export type CriticalPath = {
  /** The names of the steps, child runs and questions on the path, from the first to the last. */
  readonly steps: readonly string[];
  /** Steps that have not started, in which the path of a live run is expected to continue. */
  readonly expectedSteps: readonly string[];
  /** In order, without gaps: their durations add up to the elapsed time of the run. */
  readonly segments: readonly PathSegment[];
  readonly elapsedMs: number;
  /** Steps that waited for another step to free a slot, not for its outputs. */
  readonly slotSteps: ReadonlySet<string>;
};

/**
 * Walks back to the start of the run, from each step to what it waited for: the upstream step that ended last or, if the step
 * started much later than that, the step that freed a slot by ending just before. Starts at the first of the steps that are
 * expected to determine the end of the run (`expected`, see `findExpectedPath`), or else at the step that ended last.
 * `undefined` if no step has started. Groups must have been merged (`mergeGroups`).
 */
export const findCriticalPath = (
  spans: readonly StepSpan[],
  run: RunTimes,
  expected: readonly string[] = [],
): CriticalPath | undefined => {
  const firstExpected = spans.find(({name}) => name === expected[0]);
  const last = firstExpected ?? findLastToEnd(spans);
  if (last === undefined) {
    return undefined;
  }

  const walk = createWalk(run);
  const index = indexSpans(spans, run);
  const slotSteps = new Set<string>();
  const visited = new Set<string>();
  walk.addGap('tail', undefined, last.endedAt);
  let span: StepSpan | undefined = last;
  while (span !== undefined) {
    visited.add(span.name);
    walk.addWork(span);
    const blocker = findBlocker(span, index);
    if (blocker === undefined || visited.has(blocker.span.name)) {
      walk.addGap('startup', span.name, run.startedAt);
      break;
    }

    if (blocker.isSlot) {
      slotSteps.add(span.name);
    }

    walk.addGap('wait', span.name, blocker.span.endedAt);
    span = blocker.span;
  }

  return {
    steps: [...visited].reverse(),
    expectedSteps: firstExpected === undefined ? [] : expected.slice(1),
    segments: walk.getSegments(),
    elapsedMs: run.until - run.startedAt,
    slotSteps,
  };
};

/** Collects segments from the end to the start. Each one ends where the next one starts, whatever the clocks say. */
const createWalk = ({startedAt, until}: RunTimes) => {
  const segments: PathSegment[] = [];
  let reached = until;
  const addGap = (kind: PathSegmentKind, step: string | undefined, from: Instant): void => {
    const start = Math.max(startedAt, Math.min(reached, from));
    if (start < reached) {
      segments.push({kind, step, startedAt: start, endedAt: reached});
      reached = start;
    }
  };

  return {
    addGap,
    addWork: ({name, kind, attempts, isRetryPending, startedAt: askedAt}: StepSpan): void => {
      if (kind === 'question') {
        addGap('wait', name, askedAt);
        return;
      }

      for (const [index, attempt] of [...attempts.entries()].reverse()) {
        const isLast = index === attempts.length - 1;
        addGap(isLast && !isRetryPending ? 'wait' : 'pause', name, attempt.endedAt);
        addGap(isLast && !isRetryPending ? 'work' : 'failed', name, attempt.startedAt);
      }
    },
    getSegments: (): readonly PathSegment[] => segments.reverse(),
  };
};

/** How long the path spent on these kinds of segments, in milliseconds. */
export const sumSegments = ({segments}: CriticalPath, ...kinds: readonly PathSegmentKind[]): number =>
  segments.reduce((sum, {kind, startedAt, endedAt}) => sum + (kinds.includes(kind) ? endedAt - startedAt : 0), 0);
