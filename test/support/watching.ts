import type {Attempt} from '../../src/domain/attempt.js';
import type {Dag} from '../../src/domain/dag.js';
import type {Failure} from '../../src/domain/failure.js';
import {toProjectId} from '../../src/domain/ids.js';
import type {Run} from '../../src/domain/run.js';
import {noConnectionArguments} from '../../src/domain/zentop-command.js';
import {measureSanitizedText} from '../../src/format/sanitize-to-width.js';
import type {Action} from '../../src/store/action.js';
import type {News} from '../../src/store/query.js';
import {reduce} from '../../src/store/reducer.js';
import type {Session} from '../../src/store/session.js';
import {createInitialState, type ScreenSize, type State} from '../../src/store/state.js';
import {aDag, aRun, at} from './builders.js';

export const aSession = (changes: Partial<Session> = {}): Session => ({
  serverUrl: 'https://zenml.example.com',
  connectionArguments: noConnectionArguments,
  project: {id: toProjectId('22222222-2222-4222-8222-222222222222'), name: 'default'},
  intervalMs: 1000,
  isReadOnly: false,
  measureText: measureSanitizedText,
  isDemo: false,
  ...changes,
});

/** What the server has responded about a run, and the screen and the session in which it is watched. */
export type WatchedRun = {
  readonly run?: Run;
  readonly dag?: Dag;
  readonly attempts?: readonly Attempt[];
  readonly size?: ScreenSize;
  readonly session?: Session;
  /** When the graph and the steps are requested; the run is requested 200 ms earlier. Each response takes 200 ms. */
  readonly requestedAt?: number;
};

/** The state at the start, when only the ID of the requested run is known. */
export const aConnectingState = ({
  run = aRun(),
  size = {columns: 120, rows: 30},
  session = aSession(),
}: WatchedRun = {}): State => createInitialState(session, {now: at(600), size, runId: run.id});

/** The state after these responses have arrived, computed by the program's own reducer. */
export const aWatchingState = (watched: WatchedRun = {}): State => {
  const {run = aRun(), dag = aDag(), attempts = [], requestedAt = at(600)} = watched;
  const runId = run.id;
  const page = {items: attempts, index: 1, pageCount: 1, total: attempts.length};
  return [
    createArrival(`run:${runId}`, {kind: 'run', run, isHydrated: true}, requestedAt - 200),
    createArrival(`dag:${runId}`, {kind: 'dag', runId, dag}, requestedAt),
    createArrival(`steps:newest:${runId}`, {kind: 'steps', runId, subset: 'newest', page, size: 200}, requestedAt),
  ].reduce(reduce, aConnectingState(watched));
};

export const createArrival = (key: string, news: News, requestedAt: number): Action => ({
  type: 'news/arrived',
  key,
  news,
  requestedAt,
  respondedAt: requestedAt + 200,
  serverDateAt: undefined,
});

export const createFailedRequest = (key: string, failure: Failure, failedAt: number): Action => ({
  type: 'news/failed',
  key,
  failure,
  at: failedAt,
  jitter: 0,
});

export const reduceAll = (state: State, ...actions: readonly Action[]): State => actions.reduce(reduce, state);
