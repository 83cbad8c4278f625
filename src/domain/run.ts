import {keepIfEqual} from './equality.js';
import type {Exception} from './exception.js';
import type {NamedReference, PipelineId, ProjectId, RunId} from './ids.js';
import type {Instant} from './instant.js';
import type {JsonRecord} from './json.js';
import type {LogSource} from './log.js';
import type {RetryConfig} from './retry.js';
import {isFinished, type StatusInfo} from './status.js';

/** What the pipeline sets for all its steps. */
export type RunConfig = {
  readonly isCacheEnabled: boolean | undefined;
  readonly retry: RetryConfig | undefined;
  readonly executionMode: string | undefined;
  readonly parameters: JsonRecord;
  /** The whole configuration as the server has it. */
  readonly whole: JsonRecord;
};

/** A question a run waits for somebody to answer. */
export type WaitCondition = {readonly id: string; readonly name: string; readonly question: string | undefined};

/** One execution of a pipeline. */
export type Run = StatusInfo & {
  readonly id: RunId;
  readonly name: string;
  readonly projectId: ProjectId | undefined;
  readonly statusReason: string | undefined;
  /** The server's stored word on it; `undefined` before 0.85. See `isOver`. */
  readonly isInProgress: boolean | undefined;
  /** Number of the run in its pipeline; `undefined` before 0.93. */
  readonly index: number | undefined;
  readonly pipeline: NamedReference<PipelineId> | undefined;
  readonly stack: NamedReference | undefined;
  readonly user: NamedReference | undefined;
  readonly createdAt: Instant | undefined;
  readonly updatedAt: Instant | undefined;
  /** In `metadata`: `undefined` in an answer that was not hydrated. */
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** Steps are found while it runs; `undefined` where the answer does not tell. */
  readonly isDynamic: boolean | undefined;
  readonly parentRun: NamedReference<RunId> | undefined;
  readonly childKey: string | undefined;
  readonly tags: readonly string[];
  readonly logSources: readonly LogSource[];
  readonly waitCondition: WaitCondition | undefined;
  /** Snapshot (deployment, before 0.90) that was run: holds the planned steps where there is no `/dag`. */
  readonly snapshotId: string | undefined;
  /** The rest is `undefined` in an answer that was not hydrated. */
  readonly config: RunConfig | undefined;
  readonly exception: Exception | undefined;
  readonly metadata: JsonRecord | undefined;
};

/**
 * Whether anything can still change, by the run's own word: `in_progress`, and where an old server does not say, the
 * status. See `isOver` for the runs whose `in_progress` is never taken back.
 */
export const isRunOver = (run: Pick<Run, 'status' | 'isInProgress'>): boolean =>
  run.isInProgress === undefined ? isFinished(run.status) : !run.isInProgress;

const pickDefined = <T>(newer: T | undefined, older: T | undefined): T | undefined => newer ?? older;

/**
 * A run known before, brought up to date by an answer that may not have been hydrated; the one held where nothing is
 * new. A run that was resumed loses its end and its exception again.
 */
export const mergeRun = (before: Run | undefined, news: Run): Run => {
  if (before === undefined || before.id !== news.id) {
    return news;
  }

  const isHydrated = news.config !== undefined;
  const isEnded = isFinished(news.status);
  return keepIfEqual(before, {
    ...news,
    projectId: pickDefined(news.projectId, before.projectId),
    startedAt: pickDefined(news.startedAt, before.startedAt),
    endedAt: isHydrated || !isEnded ? news.endedAt : pickDefined(news.endedAt, before.endedAt),
    isDynamic: pickDefined(news.isDynamic, before.isDynamic),
    config: pickDefined(news.config, before.config),
    exception: isHydrated || !isEnded ? news.exception : before.exception,
    metadata: pickDefined(news.metadata, before.metadata),
  });
};
