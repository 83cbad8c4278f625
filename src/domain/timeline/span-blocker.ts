import type {Instant} from '../instant.js';
import {memoizeLast} from '../memoize.js';
import type {RunTimes, StepSpan} from './step-span.js';

/** A wait shorter than this, or than this share of the run, is only the orchestrator's usual delay. */
const usualWaitMs = 2000;
const usualWaitShare = 0.01;

/** A step that takes the slot of another one starts at most this long before or after the end of that one, in milliseconds. */
const slotBeforeMs = 2000;
const slotAfterMs = 500;

/** What the step with this name waited for last; `undefined` if that is nothing, or if it has not started. */
export const findStepBlocker = (spans: readonly StepSpan[], run: RunTimes, name: string): string | undefined => {
  const index = indexSpans(spans, run);
  const span = index.spanByName.get(name);
  return span && findBlocker(span, index)?.span.name;
};

/** What a step waited for; `isSlot` if it needed that step's slot, not its outputs. */
export type Blocker = {readonly span: StepSpan; readonly isSlot: boolean};

/** What a step, child run or question waited for last; `undefined` if that is nothing. */
export const findBlocker = (
  step: StepSpan,
  {spanByName, spansInEndOrder, childAndQuestionSpansInEndOrder, run}: SpanIndex,
): Blocker | undefined => {
  if (step.kind !== 'step') {
    // ZenML records no edges for child runs and questions, so they are taken to follow whatever ended last before them.
    const previous = findEndedBefore(spansInEndOrder, step.startedAt + slotAfterMs, ({name}) => name !== step.name);
    return previous && {span: previous, isSlot: false};
  }

  if (step.upstream.length === 0) {
    const previous = findEndedBefore(childAndQuestionSpansInEndOrder, step.startedAt + slotAfterMs, () => true);
    if (previous !== undefined) {
      return {span: previous, isSlot: false};
    }
  }

  const ready = findLastToEnd(step.upstream.flatMap(name => spanByName.get(name) ?? []));
  const readyAt = ready?.endedAt ?? run.startedAt;
  const usualMs = Math.max(usualWaitMs, usualWaitShare * (run.until - run.startedAt));
  if (step.startedAt - readyAt > usualMs) {
    const slot = findEndedBefore(
      spansInEndOrder,
      step.startedAt + slotAfterMs,
      // A step that took no time has not freed a slot.
      ({name, isInstant}) => !isInstant && name !== step.name && !step.upstream.includes(name),
      Math.max(step.startedAt - slotBeforeMs, readyAt + 1),
    );
    // The code of the pipeline starts the steps, and waits for child runs and answers. The next step may start long after these.
    const before =
      slot ?? findEndedBefore(childAndQuestionSpansInEndOrder, step.startedAt + slotAfterMs, () => true, readyAt + 1);
    if (before !== undefined) {
      return {span: before, isSlot: before.kind === 'step'};
    }
  }

  return ready && {span: ready, isSlot: false};
};

/** Spans by name, and those that have ended sorted by their ends, because a path may have thousands of steps. */
export type SpanIndex = {
  readonly spanByName: ReadonlyMap<string, StepSpan>;
  readonly spansInEndOrder: readonly StepSpan[];
  /** Child runs and questions. */
  readonly childAndQuestionSpansInEndOrder: readonly StepSpan[];
  readonly run: RunTimes;
};

export const indexSpans = memoizeLast((spans: readonly StepSpan[], run: RunTimes): SpanIndex => {
  const spansInEndOrder = spans.filter(({isLive}) => !isLive).sort((one, other) => one.endedAt - other.endedAt);
  return {
    spanByName: new Map(spans.map(span => [span.name, span])),
    spansInEndOrder,
    childAndQuestionSpansInEndOrder: spansInEndOrder.filter(({kind}) => kind !== 'step'),
    run,
  };
});

/** The wanted span that ended last, between `earliest` and `latest`. */
const findEndedBefore = (
  spansInEndOrder: readonly StepSpan[],
  latest: Instant,
  isWanted: (span: StepSpan) => boolean,
  earliest = Number.NEGATIVE_INFINITY,
): StepSpan | undefined => {
  for (let index = countEndedBy(spansInEndOrder, latest) - 1; index >= 0; index -= 1) {
    const span = spansInEndOrder[index];
    if (span === undefined || span.endedAt < earliest) {
      return undefined;
    }

    if (isWanted(span)) {
      return span;
    }
  }

  return undefined;
};

const countEndedBy = (spansInEndOrder: readonly StepSpan[], at: Instant): number => {
  let low = 0;
  let high = spansInEndOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spansInEndOrder[middle]?.endedAt ?? 0) <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  return low;
};

/** The span that ended last; of several, the last in the list. */
export const findLastToEnd = (spans: readonly StepSpan[]): StepSpan | undefined =>
  spans.reduce<StepSpan | undefined>(
    (last, span) => (last === undefined || span.endedAt >= last.endedAt ? span : last),
    undefined,
  );
