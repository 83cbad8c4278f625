import type {ArtifactVersionDetail} from '../domain/artifact.js';
import type {Attempt, StepDetail} from '../domain/attempt.js';
import type {Dag} from '../domain/dag.js';
import type {ArtifactVersionId, NamedEntity, PipelineId, ProjectId, RunId, StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Question} from '../domain/intervention/question.js';
import type {PipelineSource} from '../domain/intervention/zenml-command.js';
import type {LogActivity} from '../domain/log/activity.js';
import type {LogEntry} from '../domain/log/entry.js';
import type {Page} from '../domain/page.js';
import type {ResourceRequest} from '../domain/resource-request.js';
import type {Run} from '../domain/run.js';
import type {ServerInfo} from '../domain/server.js';
import type {Stack} from '../domain/stack.js';
import type {LogSubject} from './logs/logs.js';
import type {ListingNews, ListingQuery} from './runs/listing.js';

/** The newest rows; previous attempts; changed rows; unknown rows; changed rows that are not running; unfinished rows. */
export type StepsSubset = 'newest' | 'retried' | 'delta' | 'new' | 'ends' | 'live';

/** Something that can be fetched from the server. */
export type Query =
  | ListingQuery
  | {readonly kind: 'info'}
  | {readonly kind: 'run'; readonly runId: RunId; readonly isHydrated: boolean}
  /** A run that the open one refers to, such as the one that wrote an artifact. */
  | {readonly kind: 'referenced-run'; readonly runId: RunId}
  | {readonly kind: 'dag'; readonly runId: RunId}
  /** The planned steps, on a server without `/dag`. */
  | {readonly kind: 'planned'; readonly runId: RunId; readonly snapshotId: string}
  | {
      readonly kind: 'steps';
      readonly runId: RunId;
      readonly projectId: ProjectId | undefined;
      readonly subset: StepsSubset;
      readonly size: number;
      /** Where a delta starts, by the server's clock. */
      readonly updatedSince: Instant | undefined;
      /** Rows that need not be sent again. */
      readonly exceptIds: readonly StepId[];
    }
  /** The child runs of this run. */
  | {readonly kind: 'child-runs'; readonly runId: RunId; readonly projectId: ProjectId}
  /** The steps of a child run; `runId` is the open run. */
  | {readonly kind: 'child-dag'; readonly runId: RunId; readonly childId: RunId}
  | {readonly kind: 'step'; readonly stepId: StepId}
  /** Runs of a pipeline that were created no later than `before`, by the server's clock, without the run itself. */
  | {
      readonly kind: 'previous-runs';
      readonly runId: RunId;
      readonly pipelineId: PipelineId;
      readonly projectId: ProjectId | undefined;
      readonly before: Instant;
      readonly size: number;
    }
  /** How long the steps of a previous run took; `runId` is the open run. */
  | {
      readonly kind: 'previous-dag';
      readonly runId: RunId;
      readonly previousId: RunId;
      readonly projectId: ProjectId | undefined;
      /** When that run started. */
      readonly startedAt: Instant | undefined;
    }
  /** The latest attempt of a step in a previous run, whose ID is `runId`. */
  | {
      readonly kind: 'previous-step';
      readonly runId: RunId;
      readonly projectId: ProjectId | undefined;
      readonly name: string;
    }
  /** Completed step runs that have this cache key and were created no later than `before`, by the server's clock. */
  | {
      readonly kind: 'cache-candidates';
      readonly stepId: StepId;
      readonly projectId: ProjectId | undefined;
      readonly cacheKey: string;
      readonly before: Instant;
      readonly size: number;
    }
  | {readonly kind: 'artifact-version'; readonly artifactVersionId: ArtifactVersionId}
  | {readonly kind: 'questions'; readonly runId: RunId; readonly projectId: ProjectId | undefined}
  /** Who answered a question. */
  | {readonly kind: 'user'; readonly id: string}
  /** Why a step is queued. */
  | {readonly kind: 'resource-request'; readonly id: string}
  | {readonly kind: 'stack'; readonly stackId: string}
  /** What to import in order to replay the run. */
  | {readonly kind: 'pipeline-source'; readonly runId: RunId; readonly snapshotId: string}
  /** What the log of a running step says, without keeping the log. */
  | {
      readonly kind: 'activity';
      readonly stepId: StepId;
      readonly source: string;
      readonly logsId: string | undefined;
    }
  | {
      readonly kind: 'log';
      readonly subject: LogSubject;
      readonly source: string;
      readonly logsId: string | undefined;
    };

/** The response to a query. */
export type News =
  | ListingNews
  | {readonly kind: 'info'; readonly info: ServerInfo}
  | {readonly kind: 'run'; readonly run: Run; readonly isHydrated: boolean}
  | {readonly kind: 'referenced-run'; readonly run: Run}
  | {readonly kind: 'dag'; readonly runId: RunId; readonly dag: Dag}
  | {
      readonly kind: 'steps';
      readonly runId: RunId;
      readonly subset: StepsSubset;
      readonly page: Page<Attempt>;
      readonly size: number;
    }
  | {readonly kind: 'child-runs'; readonly runId: RunId; readonly runs: readonly Run[]}
  | {readonly kind: 'child-dag'; readonly runId: RunId; readonly childId: RunId; readonly dag: Dag}
  | {readonly kind: 'step'; readonly detail: StepDetail}
  | {readonly kind: 'previous-runs'; readonly runId: RunId; readonly runs: readonly Run[]}
  | {
      readonly kind: 'previous-dag';
      readonly runId: RunId;
      readonly previousId: RunId;
      readonly dag: Dag;
      /** The attempts of its steps that were followed by others. */
      readonly retried: readonly Attempt[];
    }
  /** `undefined` if the run has no such step. */
  | {
      readonly kind: 'previous-step';
      readonly runId: RunId;
      readonly name: string;
      readonly detail: StepDetail | undefined;
    }
  | {readonly kind: 'cache-candidates'; readonly stepId: StepId; readonly candidates: readonly StepDetail[]}
  | {readonly kind: 'artifact-version'; readonly detail: ArtifactVersionDetail}
  | {readonly kind: 'questions'; readonly runId: RunId; readonly questions: readonly Question[]}
  | {readonly kind: 'user'; readonly user: NamedEntity}
  | {readonly kind: 'resource-request'; readonly request: ResourceRequest}
  | {readonly kind: 'stack'; readonly stack: Stack}
  | {readonly kind: 'pipeline-source'; readonly runId: RunId; readonly source: PipelineSource}
  | {readonly kind: 'activity'; readonly stepId: StepId; readonly activity: LogActivity}
  /** The whole file, as it is now. */
  | {readonly kind: 'log'; readonly subject: LogSubject; readonly entries: readonly LogEntry[]};

/** Something that must be fresh. */
export type Need = {
  readonly key: string;
  readonly query: Query;
  /** When it is next due, by the local clock; infinite means not at all for now. */
  readonly dueAt: Instant;
  /** How long it must have been needed continuously before it is fetched, in milliseconds. */
  readonly restMs?: number;
};
