import {createOpenHttpTransport} from '../../connection/open-transport.js';
import type {Outcome} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import {version} from '../printing/version.js';
import {type OpenedRun, openRun} from './open-run.js';
import {presentTime} from './run-time.js';
import {warnIfUnverified} from './unverified-server.js';

/** Opens the run that the command line names, once, for a command that does not watch it. */
export const openNamedRun = (
  world: World,
  run: string | undefined,
  connection: ConnectionOptions,
  signal: AbortSignal,
): Promise<Outcome<OpenedRun>> => {
  const openTransport = createOpenHttpTransport(world, version);
  const openOptions = {openTransport, time: presentTime, onConnection: warnIfUnverified};
  return openRun(world, {run, pipeline: undefined, connection}, openOptions, signal);
};
