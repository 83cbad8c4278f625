import type {Attempt} from '../attempt.js';
import type {Instant} from '../instant.js';
import {isFinished, isReused, type Status} from '../status.js';
import {isBetweenAttempts, type Step} from '../step.js';

/** One attempt on the time axis. An attempt without a known start has no span. */
export type AttemptSpan = {
  readonly number: number;
  readonly status: Status;
  readonly startedAt: Instant;
  /** Of a running attempt: now. Of one that never ended in a run that is over: the end of the run. */
  readonly endedAt: Instant;
  readonly isLive: boolean;
  /** The server has no end for it although the run is over. */
  readonly isEndUnknown: boolean;
  /**
   * How far its worker's clock is behind the server's, in milliseconds (see `getClockBehindMs`). The times of the span are by the
   * server's clock.
   */
  readonly clockBehindMs: number;
};

/** A step that has started, a child run, or a question, on the time axis. ZenML records edges only for steps. */
export type StepSpan = {
  readonly name: string;
  /** Never empty. */
  readonly attempts: readonly AttemptSpan[];
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly isLive: boolean;
  /** Its last attempt failed, and the next one has not started: it is waiting for that, so its span ends now. */
  readonly isRetryPending: boolean;
  /** Its outputs were reused, or it was skipped, so it took no time. */
  readonly isInstant: boolean;
  readonly upstream: readonly string[];
  readonly kind: 'step' | 'child-run' | 'question';
};

/** When the run started, and up to when it is drawn: its end, or now. By the server's clock. */
export type RunTimes = {readonly startedAt: Instant; readonly until: Instant; readonly isOver: boolean};

/** The span of a step with all its attempts; `undefined` for a step that has not started. */
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
    isInstant: spans.every(({status}) => isReused(status)),
    upstream,
    kind: 'step',
  };
};

/**
 * Between these differences, in milliseconds, the clocks count as equal: a worker creates its row right after the start that it
 * reports, within half a second in all recorded runs.
 */
const minBehindMs = -1000;
const maxBehindMs = 5000;

/**
 * How far the clock of an attempt's worker is behind the server's, in milliseconds, negative if it is ahead; 0 unless the times of
 * the attempt show that the clocks differ.
 */
export const getClockBehindMs = ({startedAt, createdAt}: Attempt): number => {
  const behindMs = startedAt === undefined || createdAt === undefined ? 0 : createdAt - startedAt;
  return behindMs < minBehindMs || behindMs > maxBehindMs ? behindMs : 0;
};

const buildAttemptSpan = (attempt: Attempt, {until, isOver}: RunTimes): AttemptSpan | undefined => {
  const {number, status} = attempt;
  if (attempt.startedAt === undefined) {
    return undefined;
  }

  const clockBehindMs = getClockBehindMs(attempt);
  const startedAt = attempt.startedAt + clockBehindMs;
  const ownEndedAt = getEndByServer(attempt, clockBehindMs);
  const isUnfinished = !isFinished(status) && attempt.endedAt === undefined;
  const endedAt = isReused(status) ? startedAt : (ownEndedAt ?? (isFinished(status) ? startedAt : until));
  return {
    number,
    status,
    startedAt,
    // Workers have clocks of their own, so an end may be before the start.
    endedAt: Math.max(startedAt, endedAt),
    isLive: isUnfinished && !isOver,
    isEndUnknown: isUnfinished && isOver,
    clockBehindMs,
  };
};

/**
 * The end of an attempt by the server's clock. The server itself may have written it, for a worker that died, so it is never later
 * than the last change of the row.
 */
const getEndByServer = ({endedAt, updatedAt, createdAt = 0}: Attempt, behindMs: number): Instant | undefined => {
  if (endedAt === undefined || behindMs === 0) {
    return endedAt;
  }

  return updatedAt !== undefined && updatedAt >= createdAt
    ? Math.min(endedAt + behindMs, updatedAt)
    : endedAt + behindMs;
};

/** How long the attempts of a step ran, without the pauses between them, in milliseconds. */
export const getWorkMs = ({attempts}: StepSpan): number =>
  attempts.reduce((sum, {startedAt, endedAt}) => sum + endedAt - startedAt, 0);
