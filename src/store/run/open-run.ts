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
import {initialPane, type PaneState} from '../ui/pane.js';

/** A row that is finished and was seen lately, and when it was last written, by the server's clock. */
export type SeenRow = {readonly id: StepId; readonly updatedAt: Instant};

/** The run that is open, and all that is known of it. */
export type OpenRun = {
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
  readonly earlier: RunHistory;
  /** Runs that steps of this one point to. */
  readonly otherRunsById: ReadonlyMap<RunId, Run>;
  /** Rows updated before this instant, by the server's clock, have been seen. */
  readonly watermarkAt: Instant | undefined;
  /** Finished rows that the next delta would bring again, since it looks back a little. */
  readonly seenRows: readonly SeenRow[];
  /** The newest rows are not all there are. */
  readonly hasOlderRows: boolean;
  /** Some row says how long a heartbeat may be overdue; heartbeats do not show in deltas. */
  readonly hasHeartbeats: boolean;
  /** The last delta did not fit on its page: ask at once for what follows. */
  readonly isDeltaCut: boolean;
  /** Rows per delta; more after one that did not fit and brought the watermark no further. */
  readonly deltaSize: number;
  /** The server counts other unfinished rows than we hold: list them. */
  readonly isLiveUncertain: boolean;
  /** When something last changed, by our clock. */
  readonly changedAt: Instant;
  /** The steps changed in a way that may have changed the run. */
  readonly isRunSuspect: boolean;
  /** Attempts that we hold as unfinished and the server no longer lists as such. */
  readonly missedIds: ReadonlySet<StepId>;
  /**
   * Everything is to be asked again that was asked before this instant, by our clock: after a gap, an outage or a
   * resumption, and when the reader wants it.
   */
  readonly doubtedAt: Instant | undefined;
  /** When the run was over as far as we know, by our clock; `undefined` while it goes on. */
  readonly overAt: Instant | undefined;
  readonly list: List;
  readonly pane: PaneState;
  readonly logs: Logs;
};

/** Rows asked for in a delta; ten times as many after one that brought the watermark no further. */
export const minDeltaSize = 100;
export const maxDeltaSize = 10_000;

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
  earlier: emptyHistory,
  otherRunsById: new Map(),
  watermarkAt: undefined,
  seenRows: [],
  hasOlderRows: false,
  hasHeartbeats: false,
  isDeltaCut: false,
  deltaSize: minDeltaSize,
  isLiveUncertain: false,
  changedAt: now,
  isRunSuspect: false,
  missedIds: new Set(),
  doubtedAt: undefined,
  overAt: undefined,
  list: initialList,
  pane: initialPane,
  logs: initialLogs,
});
