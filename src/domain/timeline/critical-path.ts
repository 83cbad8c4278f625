import type {Instant} from '../instant.js';
import {memoizeLast} from '../memoize.js';
import type {RunTimes, StepSpan} from './step-span.js';

/**
 * What a stretch of the critical path was spent on: `startup` is before the first step, `failed` is an attempt that was retried,
 * `pause` is between two attempts (or until now if the next one has not started), `wait` is between the end of what a step waited
 * for and its start, or while a question was open, and `tail` is after the last step.
 */
export type PathSegmentKind = 'startup' | 'work' | 'failed' | 'pause' | 'wait' | 'tail';

type PathSegment = {
  readonly kind: PathSegmentKind;
  /** The step that worked, or that was waited for; `undefined` for the tail. */
  readonly step: string | undefined;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
};

/** What made the run take as long as it did. */
export type CriticalPath = {
  /** From the first to the last. */
  readonly steps: readonly string[];
  /** Steps that have not started, in which the path of a live run is expected to continue. */
  readonly expectedSteps: readonly string[];
  /** In order, without gaps: their durations add up to the elapsed time of the run. */
  readonly segments: readonly PathSegment[];
  readonly elapsedMs: number;
  /** Steps that waited for another step to free a slot, not for its outputs. */
  readonly slotSteps: ReadonlySet<string>;
};

/** A wait shorter than this, or than this share of the run, is only the orchestrator's usual delay. */
const usualWaitMs = 2000;
const usualWaitShare = 0.01;

/** A step that takes the slot of another one starts within this time around its end, in milliseconds. */
const slotBeforeMs = 2000;
const slotAfterMs = 500;

/**
 * Walks back to the start of the run, from each step to what it waited for: the upstream step that ended last or, if the step
 * started much later than that, the step that ended just before it and freed a slot. Starts at the first of the steps that are
 * expected to determine the end of the run (`expected`, see `findExpectedPath`), or else at the step that ended last.
 * `undefined` if no step has started. Groups must have been merged (`mergeGroups`).
 */
export const findCriticalPath = (
  spans: readonly StepSpan[],
  run: RunTimes,
  expected: readonly string[] = [],
): CriticalPath | undefined => {
  const pacing = spans.find(({name}) => name === expected[0]);
  const last = pacing ?? findLast(spans);
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
    expectedSteps: pacing === undefined ? [] : expected.slice(1),
    segments: walk.getSegments(),
    elapsedMs: run.until - run.startedAt,
    slotSteps,
  };
};

const findLast = (spans: readonly StepSpan[]): StepSpan | undefined =>
  spans.reduce<StepSpan | undefined>(
    (last, span) => (last === undefined || span.endedAt >= last.endedAt ? span : last),
    undefined,
  );

/** What the step with this name waited for last; `undefined` if that is nothing, or if it has not started. */
export const findStepBlocker = (spans: readonly StepSpan[], run: RunTimes, name: string): string | undefined => {
  const index = indexSpans(spans, run);
  const span = index.spanByName.get(name);
  return span && findBlocker(span, index)?.span.name;
};

type Blocker = {readonly span: StepSpan; readonly isSlot: boolean};

const findBlocker = (step: StepSpan, {spanByName, byEnd, othersByEnd, run}: SpanIndex): Blocker | undefined => {
  if (step.kind !== 'step') {
    // ZenML records no edges for child runs and questions, so they are taken to follow whatever ended last before them.
    const previous = findEndedBefore(byEnd, step.startedAt + slotAfterMs, ({name}) => name !== step.name);
    return previous && {span: previous, isSlot: false};
  }

  if (step.upstream.length === 0) {
    const other = findEndedBefore(othersByEnd, step.startedAt + slotAfterMs, () => true);
    if (other !== undefined) {
      return {span: other, isSlot: false};
    }
  }

  const ready = findLast(step.upstream.flatMap(name => spanByName.get(name) ?? []));
  const readyAt = ready?.endedAt ?? run.startedAt;
  const usualMs = Math.max(usualWaitMs, usualWaitShare * (run.until - run.startedAt));
  if (step.startedAt - readyAt > usualMs) {
    const slot = findEndedBefore(
      byEnd,
      step.startedAt + slotAfterMs,
      // A step that took no time has not freed a slot.
      ({name, isInstant}) => !isInstant && name !== step.name && !step.upstream.includes(name),
      Math.max(step.startedAt - slotBeforeMs, readyAt + 1),
    );
    // The code of the pipeline, which starts the steps, waits for child runs and answers, however long the next step then takes to start.
    const before = slot ?? findEndedBefore(othersByEnd, step.startedAt + slotAfterMs, () => true, readyAt + 1);
    if (before !== undefined) {
      return {span: before, isSlot: before.kind === 'step'};
    }
  }

  return ready && {span: ready, isSlot: false};
};

/** Spans by name, and those that have ended in the order of their ends: a path may have thousands of steps. */
type SpanIndex = {
  readonly spanByName: ReadonlyMap<string, StepSpan>;
  readonly byEnd: readonly StepSpan[];
  /** Child runs and questions. */
  readonly othersByEnd: readonly StepSpan[];
  readonly run: RunTimes;
};

const indexSpans = memoizeLast((spans: readonly StepSpan[], run: RunTimes): SpanIndex => {
  const byEnd = spans.filter(({isLive}) => !isLive).sort((one, other) => one.endedAt - other.endedAt);
  return {
    spanByName: new Map(spans.map(span => [span.name, span])),
    byEnd,
    othersByEnd: byEnd.filter(({kind}) => kind !== 'step'),
    run,
  };
});

/** The wanted span that ended last, between `earliest` and `latest`. */
const findEndedBefore = (
  byEnd: readonly StepSpan[],
  latest: Instant,
  isWanted: (span: StepSpan) => boolean,
  earliest = Number.NEGATIVE_INFINITY,
): StepSpan | undefined => {
  for (let index = countEndedBy(byEnd, latest) - 1; index >= 0; index -= 1) {
    const span = byEnd[index];
    if (span === undefined || span.endedAt < earliest) {
      return undefined;
    }

    if (isWanted(span)) {
      return span;
    }
  }

  return undefined;
};

const countEndedBy = (byEnd: readonly StepSpan[], at: Instant): number => {
  let low = 0;
  let high = byEnd.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((byEnd[middle]?.endedAt ?? 0) <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
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
