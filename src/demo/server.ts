import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {type Authenticator, type AuthOptions, createAuthenticator} from './authenticator.js';
import {deriveUuid} from './derived-ids.js';
import {buildTextReply, type DemoReply, notAllowedReply} from './replies.js';
import {findRoute} from './routes/find-route.js';
import {findIdError, normaliseId} from './routes/path-ids.js';
import {formatRouteName} from './routes/route.js';
import {resolveScenario} from './scenarios/catalogue.js';
import type {Scenario} from './script.js';
import {createDemoWorld, type DemoWorld} from './world/world.js';

export type DemoClock = {readonly now: () => number};

export type DemoRequest = {
  readonly at: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
};

/** What a test may put in the place of an answer: another one, a broken connection, or silence. */
export type Interference =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {readonly kind: 'drop'}
  | {readonly kind: 'hold'};

export type DemoServerOptions = {
  /** A name of the catalogue, with a size where it takes one (`large:5000`), or a scenario of one's own. */
  readonly scenario: string | Scenario;
  /** Epoch milliseconds; the state of everything is a function of it. The machine's clock unless told. */
  readonly clock?: DemoClock;
  readonly port?: 0;
  /** How much faster than life the scenario plays; 1 unless told. */
  readonly speed?: number;
  /** Another seed, other ids. */
  readonly seed?: string;
  readonly auth?: AuthOptions;
};

export type DemoServer = {
  /** Without a trailing slash. */
  readonly url: string;
  /** The run that the scenario is about. */
  readonly runId: string;
  readonly projectId: string;
  readonly projectName: string;
  /** The last 10,000 requests. */
  readonly requests: readonly DemoRequest[];
  /** Asks `decide` before each answer, until called with `undefined`. */
  readonly interfere: (
    decide: ((request: {method: string; path: string}) => Interference | undefined) | undefined,
  ) => void;
  readonly close: () => Promise<void>;
};

const maxKeptRequests = 10_000;
/** Uvicorn's default. */
const keepAliveMs = 5000;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString();
};

type ReceivedRequest = {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
};

const answerRequest = (
  asked: ReceivedRequest,
  world: DemoWorld,
  authority: Authenticator,
  now: number,
  hasAuth: boolean,
): DemoReply => {
  const {method, url} = asked;
  if (url.pathname === '/api/v1/login') {
    return method === 'POST' ? authority.login(new URLSearchParams(asked.body), now) : notAllowedReply;
  }
  const matched = findRoute(method, url.pathname);
  if ('status' in matched) {
    return matched;
  }
  const user = matched.route.isOpen ? '' : authority.check(asked.authorization, now);
  if (typeof user !== 'string') {
    return user;
  }
  const refusal = findIdError(matched);
  if (refusal) {
    return refusal;
  }
  const names = matched.route.path.split('/').filter(part => part.startsWith('{'));
  const params = matched.params.map((given, index) => (names[index]?.endsWith('_id}') ? normaliseId(given) : given));
  return matched.route.answer({
    world,
    now,
    query: url.searchParams,
    params,
    body: asked.body,
    route: formatRouteName(matched.route),
    hasAuth,
    user,
  });
};

const sendReply = (response: ServerResponse, answer: DemoReply, now: number, count: number): number => {
  const body = Buffer.from(answer.text);
  response.sendDate = false;
  response.writeHead(answer.status, {
    date: new Date(now).toUTCString(),
    server: 'uvicorn',
    'cache-control': 'no-store',
    'content-type': answer.contentType ?? 'application/json',
    'content-length': body.length,
    ...(answer.status >= 400 ? {'x-request-id': deriveUuid('request', count).slice(0, 8)} : {}),
    ...answer.headers,
  });
  response.end(body);
  return body.length;
};

/** Starts a ZenML 0.98.0 server in miniature on a free port of the loopback interface. It speaks the wire and nothing else. */
export const startDemoServer = async (options: DemoServerOptions): Promise<DemoServer> => {
  const clock = options.clock ?? {now: () => Date.now()};
  const {scenario, size} = resolveScenario(options.scenario);
  const script = scenario.build(size);
  const world = createDemoWorld({
    script,
    zeroAt: clock.now(),
    scale: 1 / (options.speed ?? 1),
    seed: `${options.seed ?? 'demo'} ${scenario.name}`,
  });
  const person = script.users.find(user => !user.isServiceAccount)?.name ?? 'default';
  const service = script.users.find(user => user.isServiceAccount)?.name ?? person;
  const authority = createAuthenticator(options.auth, person, world.ids.server, service);
  const requests: DemoRequest[] = [];
  let decide: ((request: {method: string; path: string}) => Interference | undefined) | undefined;
  let count = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET';
    const path = request.url ?? '/';
    const body = await readBody(request);
    const now = clock.now();
    const interference = decide?.({method, path});
    const note = (status: number, bytes: number): void => {
      if (requests.push({at: now, method, path, status, bytes}) > maxKeptRequests) {
        requests.shift();
      }
    };
    if (interference?.kind === 'hold') {
      return note(0, 0);
    }
    if (interference?.kind === 'drop') {
      request.socket.destroy();
      return note(0, 0);
    }
    const asked = {method, url: new URL(path, 'http://demo'), authorization: request.headers.authorization, body};
    const answer = interference
      ? {
          status: interference.status,
          text: typeof interference.body === 'string' ? interference.body : JSON.stringify(interference.body),
          headers: interference.headers ?? {},
        }
      : answerRequest(asked, world, authority, now, options.auth !== undefined);
    note(answer.status, sendReply(response, answer, now, count++));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => {
      if (!response.headersSent) {
        sendReply(response, buildTextReply('Internal Server Error', 500), clock.now(), count++);
      }
    });
  });
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const shown = world.runByKey(script.shown);
  return {
    url: `http://127.0.0.1:${port}`,
    runId: shown?.id ?? '',
    projectId: world.project.id,
    projectName: world.project.name,
    requests,
    interfere: next => {
      decide = next;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
