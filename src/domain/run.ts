import {keepIfEqual} from './equality.js';
import type {Exception} from './exception.js';
import type {ArtifactVersionId, NamedEntity, PipelineId, ProjectId, RunId} from './ids.js';
import type {Instant} from './instant.js';
import type {JsonRecord} from './json.js';
import type {LogSource} from './log/entry.js';
import type {RetryConfig} from './retry.js';
import type {RunContext} from './run-context.js';
import {isFinished, type StatusInfo} from './status.js';

/** The configuration of the pipeline. */
export type RunConfig = {
  readonly isCacheEnabled: boolean | undefined;
  readonly retry: RetryConfig | undefined;
  readonly parameters: JsonRecord;
  /** The whole configuration as the server sends it. */
  readonly whole: JsonRecord;
};

/** A question that a run is waiting for a person to answer. */
export type WaitCondition = {readonly id: string; readonly name: string; readonly question: string | undefined};

/** One execution of a pipeline. */
export type Run = StatusInfo & {
  readonly id: RunId;
  readonly name: string;
  readonly projectId: ProjectId | undefined;
  readonly statusReason: string | undefined;
  /** The server's `in_progress`; `undefined` before 0.85. See `isRunOver`. */
  readonly isInProgress: boolean | undefined;
  /** The number of the run within its pipeline; `undefined` before 0.93. */
  readonly index: number | undefined;
  readonly pipeline: NamedEntity<PipelineId> | undefined;
  readonly stack: NamedEntity | undefined;
  readonly user: NamedEntity | undefined;
  readonly createdAt: Instant | undefined;
  readonly updatedAt: Instant | undefined;
  /** `undefined` if the response was not hydrated. */
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** Whether steps are added while it runs; `undefined` if the response does not say. */
  readonly isDynamic: boolean | undefined;
  readonly parentRun: NamedEntity<RunId> | undefined;
  readonly tags: readonly string[];
  readonly logSources: readonly LogSource[];
  readonly waitCondition: WaitCondition | undefined;
  /** The IDs of the artifact versions that the run returned. */
  readonly outputIds?: readonly ArtifactVersionId[] | undefined;
  /** The snapshot (before 0.90: deployment), which contains the planned steps for servers without `/dag`. */
  readonly snapshotId: string | undefined;
  /** This and the following are `undefined` if the response was not hydrated. */
  readonly config: RunConfig | undefined;
  readonly exception: Exception | undefined;
  readonly metadata: JsonRecord | undefined;
  readonly context: RunContext | undefined;
};

/**
 * Whether the run is over according to `in_progress` or, on servers without it, the status. See `isEffectivelyOver` for
 * runs whose `in_progress` is never reset.
 */
export const isRunOver = (run: Pick<Run, 'status' | 'isInProgress'>): boolean =>
  run.isInProgress === undefined ? isFinished(run.status) : !run.isInProgress;

/**
 * Updates a run with a response that may not be hydrated; returns `before` itself if nothing is new. A resumed run loses
 * its end and its exception.
 */
export const mergeRun = (before: Run | undefined, update: Run): Run => {
  if (before === undefined || before.id !== update.id) {
    return update;
  }

  const isHydrated = update.config !== undefined;
  const isEnded = isFinished(update.status);
  return keepIfEqual(before, {
    ...update,
    projectId: update.projectId ?? before.projectId,
    startedAt: update.startedAt ?? before.startedAt,
    endedAt: isHydrated || !isEnded ? update.endedAt : (update.endedAt ?? before.endedAt),
    isDynamic: update.isDynamic ?? before.isDynamic,
    config: update.config ?? before.config,
    exception: isHydrated || !isEnded ? update.exception : before.exception,
    metadata: update.metadata ?? before.metadata,
    context: update.context ?? before.context,
  });
};
