import type {StepInput, StepOutput} from './artifact.js';
import type {Exception} from './exception.js';
import type {RunId, StepId} from './ids.js';
import type {Instant} from './instant.js';
import type {JsonRecord} from './json.js';
import type {LogSource} from './log/entry.js';
import {isFinished, type StatusInfo} from './status.js';
import type {StepConfig, StepSpec} from './step-config.js';

/** One step run: an attempt of the step with this name. */
export type Attempt = StatusInfo & {
  readonly id: StepId;
  readonly name: string;
  /**
   * 1 for the first. Before 0.84, a step has one step run, however often it was retried. For an attempt known only from
   * `/dag`, an estimate from the other attempts of the step.
   */
  readonly number: number;
  /** Whether the server reported the number, which it does not before 0.84 and in `/dag`. */
  readonly isNumbered: boolean;
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** When the row was created, by the server's clock; `undefined` for an attempt known only from `/dag`. */
  readonly createdAt?: Instant | undefined;
  /** When the row last changed, by the server's clock; `undefined` for an attempt known only from `/dag`. */
  readonly updatedAt: Instant | undefined;
  readonly heartbeatAt: Instant | undefined;
  /** How long after a heartbeat the next one is overdue, in milliseconds; `undefined` if the step sends no heartbeats. */
  readonly heartbeatThresholdMs: number | undefined;
  /** `undefined` for an attempt known only from `/dag`: not fetched yet, as opposed to none. */
  readonly inputs: readonly StepInput[] | undefined;
  readonly outputs: readonly StepOutput[] | undefined;
  readonly logSources: readonly LogSource[];
  /** Set for a step that needs a share of a resource pool, for which it waits while it is `queued`. */
  readonly resourceRequestId: string | undefined;
};

/** An attempt with what only a hydrated response has: configuration, code, cache key, exception. */
export type StepDetail = {
  readonly attempt: Attempt;
  readonly runId: RunId | undefined;
  readonly config: StepConfig;
  readonly spec: StepSpec;
  readonly cacheKey: string | undefined;
  readonly cacheExpiresAt: Instant | undefined;
  /** The step run whose outputs were reused, for a cached step run or one that a replay skipped. */
  readonly originalStepId: StepId | undefined;
  readonly docstring: string | undefined;
  readonly sourceCode: string | undefined;
  readonly exception: Exception | undefined;
  readonly metadata: JsonRecord;
};

/** The number of the attempt, from 1; `undefined` if the server did not report it. */
export const findAttemptNumber = ({number, isNumbered}: Attempt): number | undefined =>
  isNumbered ? number : undefined;

/**
 * The time since the last heartbeat, or since the start if there has been none, if it exceeds the threshold, by the same rule as
 * the server's; `undefined` if none is overdue, and for a finished attempt.
 */
export const findOverdueHeartbeatAgeMs = (attempt: Attempt, now: Instant): number | undefined => {
  const since = attempt.heartbeatAt ?? attempt.startedAt;
  const isEnded = attempt.endedAt !== undefined || isFinished(attempt.status);
  if (attempt.heartbeatThresholdMs === undefined || since === undefined || isEnded) {
    return undefined;
  }

  const ageMs = now - since;
  return ageMs > attempt.heartbeatThresholdMs ? ageMs : undefined;
};
