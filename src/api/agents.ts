import {Agent as HttpAgent} from 'node:http';
import {Agent as HttpsAgent} from 'node:https';
import type {LookupFunction} from 'node:net';
import nodeTls from 'node:tls';
import type {RequestFunction} from 'got';

/** How certificates are verified. */
export type TlsOptions = {
  /** Certificate authorities in PEM, trusted in addition to the usual ones. */
  readonly ca?: string;
  readonly isVerified: boolean;
  /** Where `ca` and other additional authorities were read, for display. */
  readonly caSources?: readonly string[];
  /** Reads the authorities of the operating system, which takes a while; used if the others do not suffice. */
  readonly loadSystemCas?: (() => readonly string[]) | undefined;
};

export type Agents = {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Creates the requests that a proxy forwards. */
  readonly request?: RequestFunction;
  /** Closes idle sockets, so that the next request gets a new one. */
  readonly dropIdle: () => void;
};

/**
 * The server closes an idle socket after 5 s; closing it first makes sure that no request is sent on a socket that was
 * just closed.
 */
const idleMs = 4000;

/** At the start for `/info`, the run and its graph; later for two requests of the poller and the event stream. */
const maxSocketsPerHost = 3;

/** How long a proxy may take to connect, in milliseconds. */
const maxProxyMs = 10_000;

const poolOptions = {
  keepAlive: true,
  maxSockets: maxSocketsPerHost,
  maxFreeSockets: maxSocketsPerHost,
  timeout: idleMs,
} as const;

/**
 * Limits how long connecting may take to `maxMs`, or removes the limit. Node would apply the agent's timeout, which is meant for
 * idle sockets.
 */
const limitConnecting = <T extends HttpAgent>(agent: T, maxMs?: number): T => {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => connect({...options, timeout: maxMs}, callback);
  return agent;
};

const dropIdleSockets = (agent: HttpAgent): void => {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) {
      socket.destroy();
    }
  }
};

const createDirectAgents = (connectionOptions: object): Omit<Agents, 'dropIdle'> => ({
  http: limitConnecting(new HttpAgent(poolOptions)),
  https: limitConnecting(new HttpsAgent({...poolOptions, ...connectionOptions})),
});

/** Loads what only proxies need. A TLS connection to the proxy trusts the same authorities as one to the server. */
const createProxyAgents = async (
  proxy: string,
  connectionOptions: object,
  lookUpHost: LookupFunction | undefined,
): Promise<Omit<Agents, 'dropIdle'>> => {
  const [{HttpsProxyAgent}, {createForwardAgent, createForwardRequest}, {createTunnelAgent}] = await Promise.all([
    import('hpagent'),
    import('./forward-agent.js'),
    import('./tunnel-agent.js'),
  ]);
  const url = new URL(proxy);
  const https = createTunnelAgent(HttpsProxyAgent, proxy, {options: poolOptions, connectionOptions, lookUpHost});
  return {
    http: createForwardAgent(url, poolOptions, connectionOptions, lookUpHost),
    https: limitConnecting(https, maxProxyMs),
    request: createForwardRequest(url),
  };
};

/** With `ca` the default authorities have to be repeated. Only newer versions of Node can list them all. */
const getDefaultAuthorities = (): readonly string[] =>
  typeof nodeTls.getCACertificates === 'function' ? nodeTls.getCACertificates('default') : nodeTls.rootCertificates;

/** Creates the agents for direct connections, or for connections through `proxy` if there is one. Rejects if that is not a URL. */
export const createAgents = async (
  proxy: string | undefined,
  tls: TlsOptions,
  lookUpHost?: LookupFunction,
): Promise<Agents> => {
  const connectionOptions = {
    rejectUnauthorized: tls.isVerified,
    ...(tls.ca === undefined ? {} : {ca: [...getDefaultAuthorities(), tls.ca]}),
  };
  const agents =
    proxy === undefined
      ? createDirectAgents(connectionOptions)
      : await createProxyAgents(proxy, connectionOptions, lookUpHost);
  return {
    ...agents,
    dropIdle: () => {
      dropIdleSockets(agents.http);
      dropIdleSockets(agents.https);
    },
  };
};
