import type {ArtifactVersionDetail} from '../../domain/artifact.js';
import type {StepDetail} from '../../domain/attempt.js';
import type {Dag, DagChildRun, DagWaitCondition} from '../../domain/dag.js';
import type {ArtifactVersionId, RunId, StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {Question} from '../../domain/intervention/question.js';
import type {ResourceRequest} from '../../domain/resource-request.js';
import type {Run} from '../../domain/run.js';
import {emptyStepTable, type StepTable} from '../../domain/step-table.js';
import {type GraphState, initialGraph} from '../graph/graph-state.js';
import {emptyHistory, type RunHistory} from '../history/history.js';
import {initialList, type List} from '../list/list.js';
import {initialLogs, type Logs} from '../logs/logs.js';
import {initialRunPage, type RunPage} from '../run-page/run-page.js';
import {initialTimeline, type TimelineState} from '../timeline/timeline.js';
import {initialPane, type PaneState} from '../ui/pane.js';
import {initialRunSync, type RunSync} from './sync.js';

/** The open run: what is known about it, how up to date that is, and where the user is in it. */
export type OpenRun = {
  readonly runId: RunId;
  /** By the local clock. */
  readonly openedAt: Instant;

  readonly run: Run | undefined;
  readonly table: StepTable;
  /** The server has `/dag`. */
  readonly hasDag: boolean;
  /** The planned steps are known: from `/dag`, or from the snapshot if there is no `/dag`. */
  readonly hasPlan: boolean;
  /** Some row says when a heartbeat is overdue. Heartbeats do not show up in deltas. */
  readonly hasHeartbeats: boolean;
  readonly childRuns: readonly DagChildRun[];
  /** The graphs of child runs whose steps the user wanted to see. */
  readonly childDagsById: ReadonlyMap<RunId, Dag>;
  readonly waitConditions: readonly DagWaitCondition[];
  /** The details of the wait conditions, once some are known. */
  readonly questions: readonly Question[];
  /** Names of the users who answered them. */
  readonly userNamesById: ReadonlyMap<string, string>;
  /** What queued steps wait for, where the server has resource pools. */
  readonly resourceRequestsById: ReadonlyMap<string, ResourceRequest>;
  readonly detailsById: ReadonlyMap<StepId, StepDetail>;
  /** Details of the artifacts that steps read and write. */
  readonly artifactsById: ReadonlyMap<ArtifactVersionId, ArtifactVersionDetail>;
  readonly history: RunHistory;
  /** Runs that steps of this run refer to. */
  readonly referencedRunsById: ReadonlyMap<RunId, Run>;

  readonly sync: RunSync;
  /** When something last changed, by the local clock. */
  readonly changedAt: Instant;
  /** When the run was seen to have ended, by the local clock; `undefined` while it is in progress. */
  readonly endSeenAt: Instant | undefined;
  /** Like `endSeenAt`, once the steps, fetched after the end was seen, agree with it. Only then is the run shown as over. */
  readonly overAt: Instant | undefined;
  /** When the server was found to have lost the run, by the local clock: deleted, or redeployed with an empty database. */
  readonly goneAt: Instant | undefined;

  readonly list: List;
  readonly pane: PaneState;
  readonly timeline: TimelineState;
  readonly graph: GraphState;
  readonly logs: Logs;
  readonly page: RunPage;
};

export const createOpenRun = (runId: RunId, now: Instant): OpenRun => ({
  runId,
  openedAt: now,
  run: undefined,
  table: emptyStepTable,
  hasDag: true,
  hasPlan: false,
  hasHeartbeats: false,
  childRuns: [],
  childDagsById: new Map(),
  waitConditions: [],
  questions: [],
  userNamesById: new Map(),
  resourceRequestsById: new Map(),
  detailsById: new Map(),
  artifactsById: new Map(),
  history: emptyHistory,
  referencedRunsById: new Map(),
  sync: initialRunSync,
  changedAt: now,
  endSeenAt: undefined,
  overAt: undefined,
  goneAt: undefined,
  list: initialList,
  pane: initialPane,
  timeline: initialTimeline,
  graph: initialGraph,
  logs: initialLogs,
  page: initialRunPage,
});

/**
 * Whether it is known which steps the run has, even if it has none. An empty graph does not mean that there are no rows, nor
 * vice versa.
 */
export const areStepsKnown = ({table, hasDag, hasPlan, sync, overAt}: OpenRun): boolean =>
  table.structure.length > 0 ||
  overAt !== undefined ||
  ((hasPlan || !hasDag) && sync.watermark.requestedAt !== undefined);

export const withSync = (openRun: OpenRun, changes: Partial<RunSync>): OpenRun => ({
  ...openRun,
  sync: {...openRun.sync, ...changes},
});
