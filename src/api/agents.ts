import {Agent as HttpAgent} from 'node:http';
import {Agent as HttpsAgent} from 'node:https';
import {rootCertificates} from 'node:tls';
import type {RequestFunction} from 'got';

export type TlsOptions = {
  /** A certificate authority in PEM, trusted in addition to the usual ones. */
  readonly ca?: string;
  readonly isVerified: boolean;
};

export type Agents = {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Creates requests that are addressed to a proxy. */
  readonly request?: RequestFunction;
  /** Closes idle sockets, so that the next request gets a new one. */
  readonly dropIdle: () => void;
};

/**
 * The server closes an idle socket after 5 s; closing it first makes sure that no request meets a socket that was
 * just closed.
 */
const idleMs = 4000;

/** Three at the start, for `/info`, the run and its graph. Later the poller sends two requests at once. */
const maxSocketsPerHost = 3;

const poolOptions = {
  keepAlive: true,
  maxSockets: maxSocketsPerHost,
  maxFreeSockets: maxSocketsPerHost,
  timeout: idleMs,
} as const;

const dropIdleSockets = (agent: HttpAgent): void => {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) {
      socket.destroy();
    }
  }
};

const createDirectAgents = (secure: object): Omit<Agents, 'dropIdle'> => ({
  http: new HttpAgent(poolOptions),
  https: new HttpsAgent({...poolOptions, ...secure}),
});

/** Loaded only if there is a proxy. A TLS connection to a proxy trusts the same authorities. */
const createProxyAgents = async (proxy: string, secure: object): Promise<Omit<Agents, 'dropIdle'>> => {
  const [{HttpsProxyAgent}, {createForwardAgent, createForwardRequest}] = await Promise.all([
    import('hpagent'),
    import('./forward-agent.js'),
  ]);
  const url = new URL(proxy);
  return {
    http: createForwardAgent(url, poolOptions, secure),
    https: new HttpsProxyAgent({...poolOptions, proxy, proxyRequestOptions: secure, ...secure}),
    request: createForwardRequest(url),
  };
};

export const createAgents = async (proxy: string | undefined, tls: TlsOptions): Promise<Agents> => {
  const secure = {
    rejectUnauthorized: tls.isVerified,
    ...(tls.ca === undefined ? {} : {ca: [...rootCertificates, tls.ca]}),
  };
  const agents = proxy === undefined ? createDirectAgents(secure) : await createProxyAgents(proxy, secure);
  return {
    ...agents,
    dropIdle: () => {
      dropIdleSockets(agents.http);
      dropIdleSockets(agents.https);
    },
  };
};
