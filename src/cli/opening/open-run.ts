import {type Connection, openConnection} from '../../connection/open-connection.js';
import type {OpenTransport} from '../../connection/open-transport.js';
import {type Outcome, succeedWith} from '../../connection/problem.js';
import {type ResolvedRun, resolveRun} from '../../connection/resolve-run.js';
import {parseRunReference, type RunReference} from '../../connection/run-reference.js';
import type {World} from '../../connection/world.js';
import type {RunId} from '../../domain/ids.js';
import type {Store} from '../../store/store.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import {prefetchGraph} from './prefetch.js';
import type {RunTime} from './run-time.js';

/** A connection, and the run to watch. */
export type OpenedRun = {
  readonly connection: Connection;
  readonly resolved: ResolvedRun;
  readonly time: RunTime;
  /** Called with the store once the run is watched. */
  readonly onStore?: ((store: Store) => void) | undefined;
};

/** How requests are sent, and the clock that the run is watched by. */
export type OpenOptions = {
  readonly openTransport: OpenTransport;
  readonly time: RunTime;
  /** Called with the connection before any request with credentials. */
  readonly onConnection?: ((connection: Connection) => void) | undefined;
  /** The steps will be shown: for a run given by its ID, their graph is requested together with the run. */
  readonly isGraphNeeded?: boolean;
};

type RunRequest = {
  readonly run: string | undefined;
  readonly pipeline: string | undefined;
  readonly connection: ConnectionOptions;
  /** How the run is found, if not by `run`. */
  readonly resolve?: ((connection: Connection) => Promise<Outcome<ResolvedRun>>) | undefined;
};

/** Opens the connection and finds the run that the command line refers to. */
export const openRun = async (
  world: World,
  request: RunRequest,
  {openTransport, time, onConnection, isGraphNeeded = false}: OpenOptions,
  signal: AbortSignal,
): Promise<Outcome<OpenedRun>> => {
  const reference = parseRunReference(request.run);
  const flags = {...request.connection, runUrl: reference.kind === 'url' ? reference.url : undefined};
  const opened = await openConnection(world, flags, openTransport, signal);
  if (!opened.ok) {
    return opened;
  }

  onConnection?.(opened.value);
  const resolving = request.resolve?.(opened.value) ?? resolveRun(opened.value, reference, request.pipeline, signal);
  const runId = isGraphNeeded && request.resolve === undefined ? findRunId(reference) : undefined;
  const connection = runId === undefined ? opened.value : prefetchGraph(opened.value, runId);
  const resolved = await resolving;
  return resolved.ok ? succeedWith({connection, resolved: resolved.value, time}) : resolved;
};

const findRunId = (reference: RunReference): RunId | undefined =>
  reference.kind === 'id' ? reference.id : reference.kind === 'url' ? reference.url.id : undefined;
