import {lookup} from 'node:dns';
import type {AgentOptions, Agent as HttpsAgent} from 'node:https';
import type {LookupFunction} from 'node:net';
import {checkServerIdentity} from 'node:tls';
import type {HttpsProxyAgent as ProxyAgent} from 'hpagent';
import {markProxyError} from './proxy-error.js';

const removeBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');

/**
 * An agent that tunnels through the proxy. hpagent mishandles IPv6 addresses: it keeps the brackets when it looks up the
 * address of a proxy, and omits them when it requests a tunnel to the address of a server.
 */
export const createTunnelAgent = (
  HttpsProxyAgent: typeof ProxyAgent,
  proxy: string,
  {
    options,
    connectionOptions,
    lookUpHost = lookup,
  }: {
    readonly options: AgentOptions;
    readonly connectionOptions: object;
    readonly lookUpHost: LookupFunction | undefined;
  },
): HttpsAgent => {
  const lookUpProxy: LookupFunction = (host, lookupOptions, callback) =>
    lookUpHost(removeBrackets(host), lookupOptions, callback);
  const proxyRequestOptions: object = {...connectionOptions, lookup: lookUpProxy};
  const agent = new HttpsProxyAgent({
    ...options,
    proxy,
    proxyRequestOptions,
    ...connectionOptions,
    checkServerIdentity: (host, certificate) => checkServerIdentity(removeBrackets(host), certificate),
  });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (request, callback) => {
    const {host} = request;
    return connect(
      host?.includes(':') === true ? {...request, host: `[${removeBrackets(host)}]`} : request,
      // Errors passed to the callback occur before the tunnel is open; later ones are emitted by the socket.
      (error, socket) => {
        if (error !== null) {
          markProxyError(error);
        }

        callback?.(error, socket);
      },
    );
  };
  return agent;
};
