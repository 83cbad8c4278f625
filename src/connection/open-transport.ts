import type {TlsOptions} from '../api/agents.js';
import {httpTransport} from '../api/http-transport.js';
import type {ProxyEnvironment} from '../api/proxy-for.js';
import type {Transport} from '../api/transport.js';
import {withholdSecrets} from '../api/withhold-secrets.js';
import {variable, type World} from './world.js';

export type TransportSettings = {readonly serverUrl: string; readonly tls: TlsOptions; readonly timeoutMs: number};

/** How requests travel: over HTTP, or by a transport that records or replays. */
export type OpenTransport = (settings: TransportSettings) => Transport;

const eitherCase = (world: World, name: string) => variable(world, name) ?? variable(world, name.toLowerCase());

export const proxyEnvironment = (world: World): ProxyEnvironment => ({
  httpsProxy: eitherCase(world, 'HTTPS_PROXY'),
  httpProxy: eitherCase(world, 'HTTP_PROXY'),
  noProxy: eitherCase(world, 'NO_PROXY'),
});

/** Over HTTP, through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. `version` is our own. */
export const overHttp =
  (world: World, version: string): OpenTransport =>
  ({serverUrl, tls, timeoutMs}) =>
    withholdSecrets(
      httpTransport({
        serverUrl,
        tls,
        requestTimeoutMs: timeoutMs,
        now: world.now,
        version,
        proxy: proxyEnvironment(world),
      }),
    );
