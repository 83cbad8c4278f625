import type {TlsOptions} from '../api/agents.js';
import type {ProxyEnvironment} from '../api/find-proxy.js';
import {createHttpTransport} from '../api/http-transport.js';
import {logRequests} from '../api/log-requests.js';
import type {Transport} from '../api/transport.js';
import {withholdSecrets} from '../api/withhold-secrets.js';
import {readVariable, type World} from './world.js';

type TransportSettings = {readonly serverUrl: string; readonly tls: TlsOptions; readonly timeoutMs: number};

/** Opens the transport for requests: HTTP, or one that records or replays. */
export type OpenTransport = (settings: TransportSettings) => Transport;

/** The name in lower case takes precedence, even if it is empty, as in Python. */
const readEitherCase = (world: World, name: string): string | undefined => {
  const lower = name.toLowerCase();
  return readVariable(world, world.env[lower] === undefined ? name : lower);
};

export const readProxyEnvironment = (world: World): ProxyEnvironment => ({
  httpsProxy: readEitherCase(world, 'HTTPS_PROXY'),
  httpProxy: readEitherCase(world, 'HTTP_PROXY'),
  allProxy: readEitherCase(world, 'ALL_PROXY'),
  noProxy: readEitherCase(world, 'NO_PROXY'),
});

/**
 * HTTP, through the proxy in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY. `version` is that of zentop, for the user agent; `onAllSent`
 * is called whenever no request is waiting to be sent any more.
 */
export const createOpenHttpTransport =
  (world: World, version: string, onAllSent?: () => void): OpenTransport =>
  ({serverUrl, tls, timeoutMs}) => {
    const transport = withholdSecrets(
      createHttpTransport({
        serverUrl,
        tls,
        requestTimeoutMs: timeoutMs,
        now: world.now,
        lookUpHost: world.lookUpHost,
        version,
        proxy: readProxyEnvironment(world),
        onAllSent,
      }),
    );
    return world.log === undefined ? transport : logRequests(transport, world.log, world.now);
  };
