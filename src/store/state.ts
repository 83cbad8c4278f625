import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {ServerInfo} from '../domain/server.js';
import type {Outage, Request} from './asking.js';
import type {Field} from './field.js';
import {noRuns, type Runs} from './runs/runs.js';
import type {Screen} from './screen.js';
import type {Session} from './session.js';
import {type Watch, watchOf} from './watch.js';

/** Terminal cells. */
export type Size = {readonly columns: number; readonly rows: number};

/** One line for the reader, gone after a while. `info` answers a key, and goes with the next one that does something. */
export type Notice = {readonly text: string; readonly tone: 'info' | 'news' | 'problem'; readonly until: Instant};

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

export const serverNow = (state: Pick<State, 'now' | 'clockOffsetMs'>): Instant => state.now + state.clockOffsetMs;

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
