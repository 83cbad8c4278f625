import {Agent as HttpAgent} from 'node:http';
import {Agent as HttpsAgent} from 'node:https';
import {rootCertificates} from 'node:tls';

export type TlsOptions = {
  /** A certificate authority in PEM, trusted besides the usual ones. */
  readonly ca?: string;
  readonly isVerified: boolean;
};

export type Agents = {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Closes what lies in the pool, so that the next request gets a fresh socket. */
  readonly dropIdle: () => void;
};

/** The server closes an idle socket after 5 s; we close it first, so that no request meets a socket just closed. */
const idleMs = 4000;

/** At the start: the server, the run and its graph at once. Later the poller sends two requests at once. */
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

/** Loaded only where there is a proxy. The connection to a proxy over TLS trusts the same authorities. */
const createProxyAgents = async (proxy: string, secure: object): Promise<Omit<Agents, 'dropIdle'>> => {
  const {HttpProxyAgent, HttpsProxyAgent} = await import('hpagent');
  const options = {...poolOptions, proxy, proxyRequestOptions: secure};
  return {http: new HttpProxyAgent(options), https: new HttpsProxyAgent({...options, ...secure})};
};

export const createAgents = async (proxy: string | undefined, tls: TlsOptions): Promise<Agents> => {
  const secure = {
    rejectUnauthorized: tls.isVerified,
    ...(tls.ca === undefined ? {} : {ca: [...rootCertificates, tls.ca]}),
  };
  const {http, https} = proxy === undefined ? createDirectAgents(secure) : await createProxyAgents(proxy, secure);
  return {
    http,
    https,
    dropIdle: () => {
      dropIdleSockets(http);
      dropIdleSockets(https);
    },
  };
};
