import {type Connection, openConnection} from '../../connection/open-connection.js';
import {type Outcome, succeedWith} from '../../connection/problem.js';
import {type FoundRuns, searchRuns} from '../../connection/run-search.js';
import type {World} from '../../connection/world.js';
import {pageSize} from '../../store/runs/runs.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import type {OpenOptions} from './open-run.js';
import type {RunTime} from './run-time.js';

/** A connection, and the newest runs of a project. */
export type OpenedRuns = {
  readonly connection: Connection;
  readonly listed: FoundRuns;
  readonly time: RunTime;
};

/** Opens the connection and finds the project and its newest runs. */
export const openRuns = async (
  world: World,
  flags: ConnectionOptions,
  {openTransport, time, onConnection}: OpenOptions,
  signal: AbortSignal,
): Promise<Outcome<OpenedRuns>> => {
  const connection = await openConnection(world, {...flags, runUrl: undefined}, openTransport, signal);
  if (!connection.ok) {
    return connection;
  }

  onConnection?.(connection.value);
  // The search finds the project again, and reports the problem if there is one.
  await connection.value.findProject(signal, true);
  const listed = await searchRuns(connection.value, {filters: {}, size: pageSize}, signal);
  return listed.ok ? succeedWith({connection: connection.value, listed: listed.value, time}) : listed;
};
