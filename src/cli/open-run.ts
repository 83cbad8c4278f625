import {type Connection, openConnection} from '../connection/open-connection.js';
import {overHttp} from '../connection/open-transport.js';
import {found, type Outcome} from '../connection/problem.js';
import {type ResolvedRun, resolveRun} from '../connection/resolve-run.js';
import {parseRunReference} from '../connection/run-reference.js';
import type {World} from '../connection/world.js';
import type {ConnectionOptions} from './command-line.js';
import {version} from './version.js';

/** A server that answered, and the run on it that is to be watched. */
export type OpenedRun = {readonly connection: Connection; readonly resolved: ResolvedRun};

type Wanted = {
  readonly run: string | undefined;
  readonly pipeline: string | undefined;
  readonly connection: ConnectionOptions;
};

/** Finds the server and the run that the command line means. */
export const openRun = async (world: World, wanted: Wanted, signal: AbortSignal): Promise<Outcome<OpenedRun>> => {
  const reference = parseRunReference(wanted.run);
  const flags = {...wanted.connection, runUrl: reference.kind === 'url' ? reference.url : undefined};
  const connection = await openConnection(world, flags, overHttp(world, version), signal);
  if (!connection.ok) {
    return connection;
  }

  const resolved = await resolveRun(connection.value, reference, wanted.pipeline, signal);
  return resolved.ok ? found({connection: connection.value, resolved: resolved.value}) : resolved;
};
