import {createServer, type RequestListener} from 'node:http';
import {createDemoHandler} from './request-handler.js';
import type {ScenarioChoice} from './scenarios/catalog.js';

type LoopbackServer = {
  /** Without a trailing slash. */
  readonly url: string;
  /** Stops listening and ends open connections. */
  readonly close: () => Promise<void>;
};

export type DemoServer = LoopbackServer & {
  /** The run that the scenario is about. */
  readonly runId: string;
};

/** The default of Uvicorn, which ZenML runs on. */
const keepAliveMs = 5000;

/** Serves requests on a free port of the loopback interface. */
export const listenOnLoopback = async (listener: RequestListener): Promise<LoopbackServer> => {
  const server = createServer(listener);
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Starts a simulated ZenML server whose scenario begins now. */
export const startDemoServer = async (choice: ScenarioChoice): Promise<DemoServer> => {
  const {runId, handle} = createDemoHandler({choice, now: () => Date.now()});
  const server = await listenOnLoopback((request, response) => void handle(request, response));
  return {...server, runId};
};
