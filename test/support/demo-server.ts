import type {IncomingMessage, ServerResponse} from 'node:http';
import {createDemoHandler} from '../../src/demo/request-handler.js';
import {resolveScenario} from '../../src/demo/scenarios/catalog.js';
import type {Scenario} from '../../src/demo/script.js';
import {listenOnLoopback} from '../../src/demo/server.js';
import {type AuthOptions, createPasswordAuthenticator} from './demo-authenticator.js';

type DemoClock = {readonly now: () => number};

export type DemoRequest = {
  readonly at: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** 0 if there was no response. */
  readonly status: number;
  readonly bytes: number;
};

/** What the client gets instead of the response: another one, a broken connection, or nothing at all. */
export type Interference =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {readonly kind: 'drop'}
  | {readonly kind: 'hold'};

type Decide = (request: {readonly method: string; readonly path: string}) => Interference | undefined;

export type DemoServerOptions = {
  /** A name as in `zentop demo SCENARIO`, or a scenario of the test. */
  readonly scenario: string | Scenario;
  /** Default: the machine's clock. */
  readonly clock?: DemoClock;
  /** How much faster than real time the scenario plays (default: 1). */
  readonly speed?: number;
  readonly auth?: AuthOptions;
};

export type DemoServer = {
  readonly url: string;
  readonly runId: string;
  readonly projectId: string;
  readonly projectName: string;
  /** All requests so far, oldest first. */
  readonly requests: readonly DemoRequest[];
  /** Calls `decide` before each response. Pass `undefined` to stop interfering. */
  readonly interfere: (decide: Decide | undefined) => void;
  readonly close: () => Promise<void>;
};

const sendInterference = (
  {status, body, headers}: Extract<Interference, {kind: 'response'}>,
  response: ServerResponse,
  now: number,
): void => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const allHeaders = {
    date: new Date(now).toUTCString(),
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    ...headers,
  };
  response.statusCode = status;
  for (const [name, value] of Object.entries(allHeaders)) {
    response.setHeader(name, value);
  }

  response.end(bytes);
};

/** The demo server with its clock, sign-in and failures controlled by a test. */
export const startDemoServer = async (options: DemoServerOptions): Promise<DemoServer> => {
  const {scenario, speed = 1, auth} = options;
  const {now} = options.clock ?? {now: () => Date.now()};
  const demo = createDemoHandler({
    choice: typeof scenario === 'string' ? resolveScenario(scenario) : {scenario, size: undefined},
    now,
    speed,
    ...(auth ? {createAuthenticator: createPasswordAuthenticator(auth)} : {}),
  });
  const requests: DemoRequest[] = [];
  let decide: Decide | undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const {method = 'GET', url: path = '/'} = request;
    const interference = decide?.({method, path});
    if (interference?.kind === 'hold') {
      requests.push({at: now(), method, path, status: 0, bytes: 0});
      return;
    }

    if (interference?.kind === 'drop') {
      requests.push({at: now(), method, path, status: 0, bytes: 0});
      request.socket.destroy();
      return;
    }

    if (interference) {
      sendInterference(interference, response, now());
    } else {
      await demo.handle(request, response);
    }

    const bytes = Number(response.getHeader('content-length'));
    requests.push({at: now(), method, path, status: response.statusCode, bytes});
  };

  const server = await listenOnLoopback((request, response) => void serve(request, response));
  return {
    ...server,
    runId: demo.runId,
    projectId: demo.project.id,
    projectName: demo.project.name,
    requests,
    interfere: next => {
      decide = next;
    },
  };
};
