import {lookup} from 'node:dns';
import type {AgentOptions, Agent as HttpsAgent} from 'node:https';
import type {LookupFunction} from 'node:net';
import {checkServerIdentity} from 'node:tls';
import type {HttpsProxyAgent as ProxyAgent} from 'hpagent';

const removeBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');

/**
 * An agent that tunnels through the proxy. hpagent handles IPv6 addresses wrongly: it looks up that of a proxy with its
 * brackets, and requests a tunnel to that of a server without them.
 */
export const createTunnelAgent = (
  HttpsProxyAgent: typeof ProxyAgent,
  proxy: string,
  {
    options,
    secure,
    lookUpHost = lookup,
  }: {
    readonly options: AgentOptions;
    readonly secure: object;
    readonly lookUpHost: LookupFunction | undefined;
  },
): HttpsAgent => {
  const lookUpProxy: LookupFunction = (host, more, callback) => lookUpHost(removeBrackets(host), more, callback);
  const proxyRequestOptions: object = {...secure, lookup: lookUpProxy};
  const agent = new HttpsProxyAgent({
    ...options,
    proxy,
    proxyRequestOptions,
    ...secure,
    checkServerIdentity: (host, certificate) => checkServerIdentity(removeBrackets(host), certificate),
  });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (request, callback) => {
    const {host} = request;
    return connect(host?.includes(':') === true ? {...request, host: `[${removeBrackets(host)}]`} : request, callback);
  };
  return agent;
};
