import type {ArtifactVersionDetail} from '../domain/artifact.js';
import type {StepDetail} from '../domain/attempt.js';
import type {DagChildRun, DagWaitCondition} from '../domain/dag.js';
import type {Failure} from '../domain/failure.js';
import type {ArtifactVersionId, ProjectId, RunId, StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import type {ServerInfo} from '../domain/server.js';
import {emptyTable, type StepTable} from '../domain/step-table.js';
import {type Earlier, nothingEarlier} from './earlier.js';
import type {Field} from './field.js';
import {type List, untouchedList} from './list/list.js';
import {type Logs, noLogs} from './logs/logs.js';
import {noRuns, type Runs} from './runs/runs.js';
import type {Screen} from './screen.js';

/** Terminal cells. */
export type Size = {readonly columns: number; readonly rows: number};

/** Columns of the list of steps that can be left out. */
export type Column = 'status' | 'time' | 'try';

/** What holds for as long as the program runs. */
export type Session = {
  readonly serverUrl: string;
  /** Of the runs that are listed, or of the run that is open; its name comes later where only the id was known. */
  readonly project: {readonly id: ProjectId; readonly name: string | undefined} | undefined;
  /** Fastest pace of asking while something happens, in milliseconds. */
  readonly intervalMs: number;
  readonly isReadOnly: boolean;
  readonly isDemo: boolean;
  /** Nobody makes sure that the server is who it says it is: that must be seen. */
  readonly isUnverified?: boolean;
  /** Nobody looks at a pane: of steps' own pages only those that tell why a step failed are asked for. */
  readonly isScreenless?: boolean;
  /** When the open run is over, the next one of its pipeline is taken up. */
  readonly isFollowingPipeline?: boolean;
  /** Keys that the reader chose, by the id of the command. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** Columns of the list of steps that the reader wants; `undefined`: all that fit. */
  readonly columns?: readonly Column[];
  /** Servers that may be asked instead, by their addresses. */
  readonly servers?: readonly string[];
  /** How many times faster than it was a recording is shown; `undefined` where the run is seen live. */
  readonly replaySpeed?: number | undefined;
};

/** One line for the reader, gone after a while. `info` answers a key, and goes with the next one that does something. */
export type Notice = {readonly text: string; readonly tone: 'info' | 'news' | 'problem'; readonly until: Instant};

/** How asking for one thing goes. Times are by our clock. */
export type Request = {
  /** When the answer that holds was asked for. */
  readonly asOf: Instant | undefined;
  /** When the last answer, good or bad, came in. */
  readonly answeredAt: Instant;
  /** How long good answers take of late, in milliseconds. */
  readonly tookMs: number;
  readonly failure: Failure | undefined;
  /** Since it last went well, or since there was reason to think that it would now. */
  readonly failedInARow: number;
  /** When the first of these failures came. */
  readonly failingSince: Instant | undefined;
  /** 0 to 1, drawn when it failed: spreads the retries of many watchers. */
  readonly jitter: number;
};

/** The server cannot be reached, does not let us in, or makes no sense: how long that has been so. Times are by our clock. */
export type Outage = {
  readonly since: Instant;
  /** When the last answer of this kind came, how many there were without a better one between them, and for what. */
  readonly lastAt: Instant;
  readonly count: number;
  readonly keys: ReadonlySet<string>;
  readonly failure: Failure;
  readonly jitter: number;
};

/** A row that is finished and was seen lately, and when it was last written, by the server's clock. */
export type SeenRow = {readonly id: StepId; readonly updatedAt: Instant};

/** The tabs of the pane, from left to right. */
export const tabs = ['overview', 'inputs', 'outputs', 'config', 'cache', 'logs', 'code'] as const;
export type Tab = (typeof tabs)[number];

/** The section of the code tab that is unfolded while it shows what changed since the last run. */
export const codeDiffSection = 'diff';

export type Pane = {
  readonly tab: Tab;
  /** The pane takes the whole screen (or, on a narrow one, is seen at all). */
  readonly isOpen: boolean;
  /** Lines scrolled away, by row and tab. */
  readonly topByKey: ReadonlyMap<string, number>;
  /** Key of the mark that the cursor of the open pane stands on, by row and tab. */
  readonly cursorByKey: ReadonlyMap<string, string>;
  /** Sections that the reader has unfolded, or folded where they lie open at first. */
  readonly unfolded: ReadonlySet<string>;
  /** What a tab is narrowed down to. */
  readonly filterByTab: ReadonlyMap<Tab, string>;
  /** The attempt looked at where it is not the latest, by step name. */
  readonly attemptByStep: ReadonlyMap<string, number>;
};

/** The run that is open, and all that is known of it. */
export type Watch = {
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
  readonly earlier: Earlier;
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
  readonly pane: Pane;
  readonly logs: Logs;
};

export type State = {
  /** Our clock, as of the last tick. */
  readonly now: Instant;
  /** What to add to our clock to get the server's, in milliseconds. */
  readonly clockOffsetMs: number;
  /** The least that this can be; `undefined` before the first answer with a Date. */
  readonly clockLeastMs: number | undefined;
  readonly size: Size;
  readonly session: Session;
  readonly server: ServerInfo | undefined;
  /** What is known of the server itself from before this instant, by our clock, may be wrong: it may have been restarted. */
  readonly serverDoubtedAt: Instant | undefined;
  readonly screen: Screen;
  readonly isPaused: boolean;
  readonly notice: Notice | undefined;
  /** The line of text that is being typed; while there is one, all keys are its. */
  readonly field: Field | undefined;
  readonly requests: ReadonlyMap<string, Request>;
  readonly outage: Outage | undefined;
  readonly watch: Watch | undefined;
  /** The runs that the reader came from by following what a step reads, the latest last. */
  readonly runsBefore: readonly Watch[];
  readonly runs: Runs;
};

/** Rows asked for in a delta; ten times as many after one that brought the watermark no further. */
export const smallestDelta = 100;
export const largestDelta = 10_000;

export const serverNow = (state: Pick<State, 'now' | 'clockOffsetMs'>): Instant => state.now + state.clockOffsetMs;

export const watchOf = (runId: RunId, now: Instant): Watch => ({
  runId,
  openedAt: now,
  run: undefined,
  table: emptyTable,
  hasDag: true,
  hasPlan: false,
  unplannedAt: undefined,
  childRuns: [],
  waitConditions: [],
  detailsById: new Map(),
  artifactsById: new Map(),
  earlier: nothingEarlier,
  otherRunsById: new Map(),
  watermarkAt: undefined,
  seenRows: [],
  hasOlderRows: false,
  hasHeartbeats: false,
  isDeltaCut: false,
  deltaSize: smallestDelta,
  isLiveUncertain: false,
  changedAt: now,
  isRunSuspect: false,
  missedIds: new Set(),
  doubtedAt: undefined,
  overAt: undefined,
  list: untouchedList,
  pane: {
    tab: 'overview',
    isOpen: false,
    topByKey: new Map(),
    cursorByKey: new Map(),
    unfolded: new Set(),
    filterByTab: new Map(),
    attemptByStep: new Map(),
  },
  logs: noLogs,
});

export const initialState = (
  session: Session,
  options: {readonly now: Instant; readonly size: Size; readonly runId: RunId | undefined},
): State => ({
  now: options.now,
  clockOffsetMs: 0,
  clockLeastMs: undefined,
  size: options.size,
  session,
  server: undefined,
  serverDoubtedAt: undefined,
  screen: {name: options.runId === undefined ? 'runs' : 'run'},
  isPaused: false,
  notice: undefined,
  field: undefined,
  requests: new Map(),
  outage: undefined,
  watch: options.runId === undefined ? undefined : watchOf(options.runId, options.now),
  runsBefore: [],
  runs: noRuns,
});
