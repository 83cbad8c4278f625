import type {StepInput, StepOutput} from './artifact.js';
import type {Exception} from './exception.js';
import type {RunId, StepId} from './ids.js';
import type {Instant} from './instant.js';
import type {JsonRecord} from './json.js';
import type {LogSource} from './log.js';
import {isFinished, type StatusInfo} from './status.js';
import type {StepConfig, StepSpec} from './step-config.js';

/** One step run: an attempt of the step with this name. */
export type Attempt = StatusInfo & {
  readonly id: StepId;
  readonly name: string;
  /**
   * 1 for the first. Before 0.84 a step has one step run whatever was retried. For what only `/dag` told, a guess by what
   * else is known of the step.
   */
  readonly number: number;
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** When the row last changed, by the server's clock; `undefined` for what only `/dag` told. */
  readonly updatedAt: Instant | undefined;
  readonly isRetriable: boolean;
  readonly heartbeatAt: Instant | undefined;
  /** How long a heartbeat may be overdue, in milliseconds; `undefined`: this step sends none. */
  readonly heartbeatThresholdMs: number | undefined;
  /** `undefined` for what only `/dag` told: not asked yet, which is not the same as none. */
  readonly inputs: readonly StepInput[] | undefined;
  readonly outputs: readonly StepOutput[] | undefined;
  readonly logSources: readonly LogSource[];
};

/** What only the attempt's own page tells: configuration, code, cache, exception. */
export type StepDetail = {
  readonly attempt: Attempt;
  readonly runId: RunId | undefined;
  readonly config: StepConfig;
  readonly spec: StepSpec;
  readonly cacheKey: string | undefined;
  readonly cacheExpiresAt: Instant | undefined;
  /** The step run whose outputs a cached (or, in a replay, skipped) one took over. */
  readonly originalStepId: StepId | undefined;
  readonly parentStepIds: readonly StepId[];
  readonly docstring: string | undefined;
  readonly sourceCode: string | undefined;
  readonly exception: Exception | undefined;
  readonly metadata: JsonRecord;
};

/** Overdue by the server's own rule: unfinished, and now − (last heartbeat or start) over the threshold. */
export const getHeartbeatOverdueMs = (attempt: Attempt, now: Instant): number | undefined => {
  const since = attempt.heartbeatAt ?? attempt.startedAt;
  const isEnded = attempt.endedAt !== undefined || isFinished(attempt.status);
  if (attempt.heartbeatThresholdMs === undefined || since === undefined || isEnded) {
    return undefined;
  }

  const silentMs = now - since;
  return silentMs > attempt.heartbeatThresholdMs ? silentMs : undefined;
};
