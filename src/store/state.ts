import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Intervention} from '../domain/intervention/intervention.js';
import type {ServerInfo} from '../domain/server.js';
import {type ClockEvidence, noClockEvidence} from './requests/clock-evidence.js';
import type {Outage, RequestState} from './requests/request.js';
import {createOpenRun, type OpenRun} from './run/open-run.js';
import {initialRuns, type Runs} from './runs/runs.js';
import type {Session} from './session.js';
import type {Field} from './ui/field.js';
import type {Screen} from './ui/screen.js';

/** In terminal cells. */
export type ScreenSize = {readonly columns: number; readonly rows: number};

/**
 * One line for the user that disappears after a while. `info` says what a key did, and disappears at the next key that
 * does something.
 */
export type Notice = {readonly text: string; readonly tone: 'info' | 'news' | 'problem'; readonly until: Instant};

/** An intervention that the server has accepted, in a few words. */
export type InterventionDone = {readonly at: Instant; readonly intervention: Intervention; readonly text: string};

export type State = {
  /** The local clock, as of the last tick. */
  readonly now: Instant;
  /** When zentop last noticed that it had been suspended, by the local clock: what had arrived by then had not been read. */
  readonly suspensionNoticedAt: Instant | undefined;
  /** What to add to the local clock to get the server's, in milliseconds. */
  readonly clockOffsetMs: number;
  readonly clock: ClockEvidence;
  readonly size: ScreenSize;
  readonly session: Session;
  readonly server: ServerInfo | undefined;
  /**
   * What was learned about the server itself before this instant, by the local clock, may be wrong: it may have been
   * restarted.
   */
  readonly serverInvalidatedAt: Instant | undefined;
  readonly screen: Screen;
  readonly isPaused: boolean;
  readonly notice: Notice | undefined;
  /** The line of text being typed; while there is one, it receives all keys. */
  readonly field: Field | undefined;
  /** What the server has been requested to do, until it responds. */
  readonly intervention: Intervention | undefined;
  /** What has been done on the server, oldest first; `at` is by the local clock. */
  readonly interventionsDone: readonly InterventionDone[];
  readonly requestsByKey: ReadonlyMap<string, RequestState>;
  readonly outage: Outage | undefined;
  readonly openRun: OpenRun | undefined;
  /** The runs from which the user followed a link to another run, the latest last. */
  readonly runTrail: readonly OpenRun[];
  readonly runs: Runs;
};

export const createInitialState = (
  session: Session,
  options: {readonly now: Instant; readonly size: ScreenSize; readonly runId: RunId | undefined},
): State => ({
  now: options.now,
  suspensionNoticedAt: undefined,
  clockOffsetMs: 0,
  clock: noClockEvidence,
  size: options.size,
  session,
  server: undefined,
  serverInvalidatedAt: undefined,
  screen: {name: options.runId === undefined ? 'runs' : 'run'},
  isPaused: false,
  notice: undefined,
  field: undefined,
  intervention: undefined,
  interventionsDone: [],
  requestsByKey: new Map(),
  outage: undefined,
  openRun: options.runId === undefined ? undefined : createOpenRun(options.runId, options.now),
  runTrail: [],
  runs: initialRuns,
});
