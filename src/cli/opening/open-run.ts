import {type Connection, openConnection} from '../../connection/open-connection.js';
import type {OpenTransport} from '../../connection/open-transport.js';
import {type Outcome, succeedWith} from '../../connection/problem.js';
import {type ResolvedRun, resolveRun} from '../../connection/resolve-run.js';
import {parseRunReference} from '../../connection/run-reference.js';
import type {World} from '../../connection/world.js';
import type {Store} from '../../store/store.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import type {RunTime} from './run-time.js';

/** A connection, and the run to watch. */
export type OpenedRun = {
  readonly connection: Connection;
  readonly resolved: ResolvedRun;
  readonly time: RunTime;
  /** Called with the store once the run is watched. */
  readonly onStore?: ((store: Store) => void) | undefined;
};

/** The transport of requests, and the time they are made in. */
export type OpenOptions = {
  readonly openTransport: OpenTransport;
  readonly time: RunTime;
  /** Called with the connection before any request with credentials. */
  readonly onConnection?: ((connection: Connection) => void) | undefined;
};

type RunRequest = {
  readonly run: string | undefined;
  readonly pipeline: string | undefined;
  readonly connection: ConnectionOptions;
  /** Finds the run, if not by its name. */
  readonly resolve?: ((connection: Connection) => Promise<Outcome<ResolvedRun>>) | undefined;
};

/** Opens the connection and finds the run that the command line refers to. */
export const openRun = async (
  world: World,
  wanted: RunRequest,
  {openTransport, time, onConnection}: OpenOptions,
  signal: AbortSignal,
): Promise<Outcome<OpenedRun>> => {
  const reference = parseRunReference(wanted.run);
  const flags = {...wanted.connection, runUrl: reference.kind === 'url' ? reference.url : undefined};
  const connection = await openConnection(world, flags, openTransport, signal);
  if (!connection.ok) {
    return connection;
  }

  onConnection?.(connection.value);
  const resolved = await (wanted.resolve?.(connection.value) ??
    resolveRun(connection.value, reference, wanted.pipeline, signal));
  return resolved.ok ? succeedWith({connection: connection.value, resolved: resolved.value, time}) : resolved;
};
