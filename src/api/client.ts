import type {ArtifactVersionDetail} from '../domain/artifact.js';
import type {Attempt, StepDetail} from '../domain/attempt.js';
import type {Dag} from '../domain/dag.js';
import type {ArtifactVersionId, NamedEntity, ProjectId, RunId, StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Question} from '../domain/intervention/question.js';
import type {PipelineSource} from '../domain/intervention/zenml-command.js';
import type {JsonRecord} from '../domain/json.js';
import type {ListOrder, RunFilters, StepFilters} from '../domain/list-filters.js';
import type {LogEntry} from '../domain/log/entry.js';
import type {Page} from '../domain/page.js';
import type {ResourceRequest} from '../domain/resource-request.js';
import type {Run} from '../domain/run.js';
import type {CurrentUser, Project, ServerInfo} from '../domain/server.js';
import type {Stack} from '../domain/stack.js';
import type {EventStreamReader} from './event-stream-reader.js';
import type {ApiResponse} from './response.js';

/** A page of `GET /runs`. */
export type RunsQuery = {
  readonly projectId: ProjectId | undefined;
  readonly filters?: RunFilters;
  /** Newest first by default. */
  readonly order?: ListOrder;
  readonly size: number;
  /** Counted from 1 (default: 1). */
  readonly page?: number;
  /** Default: false. */
  readonly isHydrated?: boolean;
  /** Rows updated at this instant or later, by the server's clock; the server compares whole seconds. */
  readonly updatedSince?: Instant;
};

/** A page of a list of step runs. */
export type StepsQuery = {
  readonly projectId: ProjectId | undefined;
  readonly filters?: StepFilters;
  /** Oldest first by default. */
  readonly order?: ListOrder;
  readonly size: number;
  /** Counted from 1 (default: 1). */
  readonly page?: number;
  readonly updatedSince?: Instant;
};

/** Identifies a log: by its source or, if several logs have that source, by the log's ID. */
export type LogQuery = {readonly source: string; readonly logsId: string | undefined};

/** The ZenML server, with results as domain values. Its methods never throw, unless there is a bug. */
export type Client = {
  readonly serverUrl: string;
  readonly fetchServerInfo: (signal: AbortSignal) => Promise<ApiResponse<ServerInfo>>;
  readonly fetchCurrentUser: (signal: AbortSignal) => Promise<ApiResponse<CurrentUser>>;
  readonly fetchProjects: (signal: AbortSignal) => Promise<ApiResponse<readonly Project[]>>;
  readonly fetchProject: (nameOrId: string, signal: AbortSignal) => Promise<ApiResponse<Project>>;
  readonly fetchRuns: (query: RunsQuery, signal: AbortSignal) => Promise<ApiResponse<Page<Run>>>;
  readonly fetchRun: (id: RunId, isHydrated: boolean, signal: AbortSignal) => Promise<ApiResponse<Run>>;
  /** A run, hydrated, with its metadata and that of its steps, whose keys are `step::key`. */
  readonly fetchRunWithStepMetadata: (
    id: RunId,
    signal: AbortSignal,
  ) => Promise<ApiResponse<{readonly run: Run; readonly metadata: JsonRecord}>>;
  /** Fails with `no-route` on servers before 0.83. */
  readonly fetchDag: (id: RunId, signal: AbortSignal) => Promise<ApiResponse<Dag>>;
  /** The planned steps of a run on a server without `/dag`, from its snapshot. */
  readonly fetchPlannedSteps: (snapshotId: string, signal: AbortSignal) => Promise<ApiResponse<Dag>>;
  /** `GET /runs/{id}/steps`: never hydrated. */
  readonly fetchSteps: (runId: RunId, query: StepsQuery, signal: AbortSignal) => Promise<ApiResponse<Page<Attempt>>>;
  /** `GET /steps?pipeline_run_id=…&hydrate=true`. */
  readonly fetchStepDetails: (
    query: StepsQuery & {readonly runId?: RunId},
    signal: AbortSignal,
  ) => Promise<ApiResponse<Page<StepDetail>>>;
  readonly fetchStep: (id: StepId, signal: AbortSignal) => Promise<ApiResponse<StepDetail>>;
  readonly fetchStepLogs: (
    id: StepId,
    query: LogQuery,
    signal: AbortSignal,
  ) => Promise<ApiResponse<readonly LogEntry[]>>;
  readonly fetchRunLogs: (id: RunId, query: LogQuery, signal: AbortSignal) => Promise<ApiResponse<readonly LogEntry[]>>;
  /**
   * The newest 50 questions of a run, answered or not, the oldest of them first. Fails with `no-route` on servers before 0.94.1.
   */
  readonly fetchQuestions: (
    runId: RunId,
    projectId: ProjectId | undefined,
    signal: AbortSignal,
  ) => Promise<ApiResponse<readonly Question[]>>;
  /** Fails with 501 on servers without resource pools. */
  readonly fetchResourceRequest: (id: string, signal: AbortSignal) => Promise<ApiResponse<ResourceRequest>>;
  readonly fetchUser: (id: string, signal: AbortSignal) => Promise<ApiResponse<NamedEntity>>;
  /** Where the function of the pipeline is, from a snapshot. */
  readonly fetchPipelineSource: (snapshotId: string, signal: AbortSignal) => Promise<ApiResponse<PipelineSource>>;
  readonly fetchStack: (id: string, signal: AbortSignal) => Promise<ApiResponse<Stack>>;
  /** Only a live connection has the server's event stream. */
  readonly readEventStream?: EventStreamReader;
  readonly fetchArtifactVersion: (
    id: ArtifactVersionId,
    signal: AbortSignal,
  ) => Promise<ApiResponse<ArtifactVersionDetail>>;
};
