import type {ArtifactVersionDetail} from '../../domain/artifact.js';
import type {StepDetail} from '../../domain/attempt.js';
import type {DagChildRun, DagWaitCondition} from '../../domain/dag.js';
import type {ArtifactVersionId, RunId, StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {emptyStepTable, type StepTable} from '../../domain/step-table.js';
import {emptyHistory, type RunHistory} from '../history/history.js';
import {initialList, type List} from '../list/list.js';
import {initialLogs, type Logs} from '../logs/logs.js';
import {noWatermark, type SeenRow, type Watermark} from '../requests/watermark.js';
import {initialPane, type PaneState} from '../ui/pane.js';

/** The run that is open, and all that is known of it. */
export type OpenRun = Watermark & {
  readonly runId: RunId;
  /** By our clock. */
  readonly openedAt: Instant;
  readonly run: Run | undefined;
  readonly table: StepTable;
  readonly hasDag: boolean;
  /** What is planned has been told: by `/dag`, or by the snapshot where there is no `/dag`. */
  readonly hasPlan: boolean;
  /** When a step came up that the plan did not have, by our clock. */
  readonly unplannedAt: Instant | undefined;
  readonly childRuns: readonly DagChildRun[];
  readonly waitConditions: readonly DagWaitCondition[];
  readonly detailsById: ReadonlyMap<StepId, StepDetail>;
  /** Pages of what steps read and write. */
  readonly artifactsById: ReadonlyMap<ArtifactVersionId, ArtifactVersionDetail>;
  readonly history: RunHistory;
  /** Runs that steps of this one point to. */
  readonly otherRunsById: ReadonlyMap<RunId, Run>;
  /** Finished rows that the next delta would bring again, since it looks back a little. */
  readonly seenRows: readonly SeenRow[];
  /** The newest rows are not all there are. */
  readonly hasMoreRows: boolean;
  /** Some row says how long a heartbeat may be overdue; heartbeats do not show in deltas. */
  readonly hasHeartbeats: boolean;
  /** What `/dag` knows of step runs and rows have not shown yet, and when it was told last, by our clock. */
  readonly unseen: UnseenSteps;
  /** Something that deltas should have brought was missed: rows from before this instant, by our clock, are listed again. */
  readonly distrustedAt: Instant | undefined;
  /** The server counts other unfinished rows than we hold: list them. */
  readonly isLiveUncertain: boolean;
  /** When something last changed, by our clock. */
  readonly changedAt: Instant;
  /** The steps changed in a way that may have changed the run. */
  readonly mayRunHaveChanged: boolean;
  /** Attempts that we hold as unfinished and the server no longer lists as such. */
  readonly missedIds: ReadonlySet<StepId>;
  /**
   * Everything is to be asked again that was asked before this instant, by our clock: after a gap, an outage or a
   * resumption, and when the reader wants it.
   */
  readonly invalidatedAt: Instant | undefined;
  /** When the run was seen to have ended, by our clock; `undefined` while it is in progress. */
  readonly endSeenAt: Instant | undefined;
  /** The same once what is known of its steps, asked for after that, agrees; only then the run is shown as over. */
  readonly overAt: Instant | undefined;
  readonly list: List;
  readonly pane: PaneState;
  readonly logs: Logs;
};

/** By the id of a step run, whether `/dag` has it as finished. */
export type UnseenSteps = {readonly isFinishedById: ReadonlyMap<StepId, boolean>; readonly seenAt: Instant};

const noUnseenSteps: UnseenSteps = {isFinishedById: new Map(), seenAt: Number.NEGATIVE_INFINITY};

export const createOpenRun = (runId: RunId, now: Instant): OpenRun => ({
  runId,
  openedAt: now,
  run: undefined,
  table: emptyStepTable,
  hasDag: true,
  hasPlan: false,
  unplannedAt: undefined,
  childRuns: [],
  waitConditions: [],
  detailsById: new Map(),
  artifactsById: new Map(),
  history: emptyHistory,
  otherRunsById: new Map(),
  ...noWatermark,
  seenRows: [],
  hasMoreRows: false,
  hasHeartbeats: false,
  unseen: noUnseenSteps,
  distrustedAt: undefined,
  isLiveUncertain: false,
  changedAt: now,
  mayRunHaveChanged: false,
  missedIds: new Set(),
  invalidatedAt: undefined,
  endSeenAt: undefined,
  overAt: undefined,
  list: initialList,
  pane: initialPane,
  logs: initialLogs,
});
