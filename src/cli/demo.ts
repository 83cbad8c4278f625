import {startDemoServer} from '../demo/server.js';
import type {WatchOptions} from './command-line.js';
import {realWorld} from './real-world.js';
import {watchRun} from './watch-run.js';

/** Plays a scenario on a server of our own and watches it as any other run. Answers the exit code. */
export const runDemo = async (scenario: string, watch: WatchOptions): Promise<number> => {
  const server = await startDemoServer({scenario});
  try {
    const world = {...realWorld(), env: {}};
    const connection = {server: server.url, project: undefined, apiKeyFile: undefined};
    return await watchRun(world, {run: server.runId, pipeline: undefined, connection, watch}, {isDemo: true});
  } finally {
    await server.close();
  }
};
