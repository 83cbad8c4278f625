import type {IncomingMessage, ServerResponse} from 'node:http';
import {type Authenticator, type AuthenticatorNames, createOpenAuthenticator} from './authenticator.js';
import {deriveUuid} from './derived-ids.js';
import {buildTextResponse, type DemoResponse, notAllowedResponse} from './responses.js';
import {findRoute} from './routes/find-route.js';
import {findIdError, normalizeId} from './routes/path-ids.js';
import {formatRouteName} from './routes/route.js';
import type {ScenarioChoice} from './scenarios/catalog.js';
import type {DemoWorld} from './world/model.js';
import {createDemoWorld} from './world/world.js';

type DemoHandlerOptions = {
  readonly choice: ScenarioChoice;
  /** Epoch milliseconds. The state of the server depends only on this and on what clients have changed. */
  readonly now: () => number;
  /** How much faster than real time the scenario plays (default: 1). */
  readonly speed?: number;
  /** Default: a server without authentication. */
  readonly createAuthenticator?: (names: AuthenticatorNames) => Authenticator;
};

type DemoHandler = {
  /** The run that the scenario is about. */
  readonly runId: string;
  readonly project: {readonly id: string; readonly name: string};
  /** Responds to a request. Never rejects. */
  readonly handle: (request: IncomingMessage, serverResponse: ServerResponse) => Promise<void>;
};

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

const respondToRequest = (
  request: ReceivedRequest,
  world: DemoWorld,
  authenticator: Authenticator,
  now: number,
): DemoResponse => {
  const {method, url} = request;
  if (url.pathname === '/api/v1/login') {
    return method === 'POST' ? authenticator.login(new URLSearchParams(request.body), now) : notAllowedResponse;
  }

  const match = findRoute(method, url.pathname);
  if ('status' in match) {
    return match;
  }

  const user = match.route.isOpen ? '' : authenticator.check(request.authorization, now);
  if (typeof user !== 'string') {
    return user;
  }

  const refusal = findIdError(match);
  if (refusal) {
    return refusal;
  }

  const names = match.route.path.split('/').filter(part => part.startsWith('{'));
  const params = match.params.map((value, index) => (names[index]?.endsWith('_id}') ? normalizeId(value) : value));
  return match.route.handle({
    world,
    now,
    query: url.searchParams,
    params,
    body: request.body,
    route: formatRouteName(match.route),
    hasAuth: !authenticator.isOpen,
    user,
  });
};

const sendResponse = (
  serverResponse: ServerResponse,
  response: DemoResponse,
  now: number,
  responseCount: number,
): void => {
  const body = Buffer.from(response.text);
  const headers = {
    date: new Date(now).toUTCString(),
    server: 'uvicorn',
    'cache-control': 'no-store',
    'content-type': response.contentType ?? 'application/json',
    'content-length': body.length,
    ...(response.status >= 400 ? {'x-request-id': deriveUuid('request', responseCount).slice(0, 8)} : {}),
    ...response.headers,
  };
  serverResponse.sendDate = false;
  serverResponse.statusCode = response.status;
  for (const [name, value] of Object.entries(headers)) {
    serverResponse.setHeader(name, value);
  }

  serverResponse.end(body);
};

/** A simulated ZenML 0.98.0 server that plays a scenario, as a request listener for `node:http`. */
export const createDemoHandler = (options: DemoHandlerOptions): DemoHandler => {
  const {choice, now, speed = 1, createAuthenticator = createOpenAuthenticator} = options;
  const script = choice.scenario.build(choice.size);
  const world = createDemoWorld({
    script,
    zeroAt: now(),
    scale: 1 / speed,
    seed: `demo ${choice.scenario.name}`,
  });
  const user = script.users.find(({isServiceAccount}) => !isServiceAccount)?.name ?? 'default';
  const service = script.users.find(({isServiceAccount}) => isServiceAccount)?.name ?? user;
  const authenticator = createAuthenticator({user, service, serverId: world.ids.server});
  let responseCount = 0;
  const responsesByKey = new Map<string, DemoResponse>();

  const createResponse = async (request: IncomingMessage): Promise<DemoResponse> => {
    const {method = 'GET', url = '/', headers} = request;
    const body = await readBody(request);
    const receivedRequest = {method, url: new URL(url, 'http://demo'), authorization: headers.authorization, body};
    const key = method === 'POST' ? headers['idempotency-key'] : undefined;
    const previousResponse = typeof key === 'string' ? responsesByKey.get(key) : undefined;
    const response = previousResponse ?? respondToRequest(receivedRequest, world, authenticator, now());
    if (typeof key === 'string' && response.status === 200) {
      responsesByKey.set(key, response);
    }

    return response;
  };

  return {
    runId: world.findRunByKey(script.shownRunKey)?.id ?? '',
    project: world.project,
    handle: async (request, serverResponse) => {
      const response = await createResponse(request).catch(() => buildTextResponse('Internal Server Error', 500));
      sendResponse(serverResponse, response, now(), responseCount++);
    },
  };
};
