import type {Attempt} from '../attempt.js';
import type {Instant} from '../instant.js';
import {isFinished, type Status} from '../status.js';
import {isBetweenAttempts, type Step} from '../step.js';

/** One attempt on the time axis. An attempt without a known start is not on it. */
export type AttemptSpan = {
  readonly number: number;
  readonly status: Status;
  readonly startedAt: Instant;
  /** Of a running attempt: now. Of one that never ended in a run that is over: the end of the run. */
  readonly endedAt: Instant;
  readonly isLive: boolean;
  /** The server has no end for it although the run is over. */
  readonly isEndUnknown: boolean;
};

/** A step that has started, on the time axis. */
export type StepSpan = {
  readonly name: string;
  /** Never empty. */
  readonly attempts: readonly AttemptSpan[];
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly isLive: boolean;
  /** Its last attempt failed, and the next one has not started: it is waiting for that until now, which is its end. */
  readonly isRetryPending: boolean;
  /** Its outputs were reused, or it was skipped, so it took no time. */
  readonly isInstant: boolean;
  readonly upstream: readonly string[];
  readonly isChildRun: boolean;
};

/** When the run started, and up to when it is drawn: its end, or now. By the server's clock. */
export type RunTimes = {readonly startedAt: Instant; readonly until: Instant; readonly isOver: boolean};

/** `undefined` for a step that has not started. */
export const buildStepSpan = (step: Step, run: RunTimes): StepSpan | undefined => {
  const {name, attempts, upstream} = step;
  const spans = attempts.flatMap(attempt => buildAttemptSpan(attempt, run) ?? []);
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }

  const isRetryPending = !run.isOver && isBetweenAttempts(step);
  const startedAt = spans.reduce((least, span) => Math.min(least, span.startedAt), first.startedAt);
  return {
    name,
    attempts: spans,
    startedAt,
    endedAt: spans.reduce((most, {endedAt}) => Math.max(most, endedAt), isRetryPending ? run.until : last.endedAt),
    isLive: last.isLive || isRetryPending,
    isRetryPending,
    isInstant: spans.every(({status}) => isInstantStatus(status)),
    upstream,
    isChildRun: false,
  };
};

const isInstantStatus = (status: Status): boolean => status === 'cached' || status === 'skipped';

const buildAttemptSpan = (attempt: Attempt, {until, isOver}: RunTimes): AttemptSpan | undefined => {
  const {number, status, startedAt} = attempt;
  if (startedAt === undefined) {
    return undefined;
  }

  const isUnfinished = !isFinished(status) && attempt.endedAt === undefined;
  const endedAt = isInstantStatus(status) ? startedAt : (attempt.endedAt ?? (isFinished(status) ? startedAt : until));
  return {
    number,
    status,
    startedAt,
    // Workers have clocks of their own, so an end may be before the start.
    endedAt: Math.max(startedAt, endedAt),
    isLive: isUnfinished && !isOver,
    isEndUnknown: isUnfinished && isOver,
  };
};

/** How long the attempts of a step ran, without the pauses between them, in milliseconds. */
export const getWorkMs = ({attempts}: StepSpan): number =>
  attempts.reduce((sum, {startedAt, endedAt}) => sum + endedAt - startedAt, 0);
