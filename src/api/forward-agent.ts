import {Agent, type AgentOptions, type ClientRequestArgs, request} from 'node:http';
import {request as requestSecurely} from 'node:https';
import {connect, type LookupFunction} from 'node:net';
import type {Duplex} from 'node:stream';
import {connect as connectSecurely} from 'node:tls';
import type {RequestFunction} from 'got';
import {markProxyError} from './proxy-error.js';

const getPort = ({protocol, port}: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80);

/** An agent whose sockets all lead to the proxy, whatever the server. Its requests come from `createForwardRequest`. */
export const createForwardAgent = (
  proxy: URL,
  options: AgentOptions,
  connectionOptions: object,
  lookUpHost: LookupFunction | undefined,
): Agent => {
  const agent = new Agent(options);
  const host = proxy.hostname.replace(/^\[|\]$/g, '');
  const endpoint = {host, port: getPort(proxy), ...(lookUpHost && {lookup: lookUpHost})};
  agent.createConnection = (_: ClientRequestArgs, onCreate): Duplex => {
    const socket =
      proxy.protocol === 'https:'
        ? connectSecurely({...connectionOptions, ...endpoint, servername: host})
        : connect(endpoint);
    onCreate?.(null, socket);
    return socket;
  };
  return agent;
};

const formatProxyAuthorization = ({username, password}: URL): string | undefined =>
  username === '' && password === ''
    ? undefined
    : `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;

/**
 * Returns a function that sends requests for plain-http servers to the proxy with their whole URL, as curl and Python's requests
 * do, because many proxies refuse CONNECT to ports other than 443. Requests for https servers are left to the tunnel agent.
 */
export const createForwardRequest =
  (proxy: URL): RequestFunction =>
  (url, options, onResponse) => {
    if (url.protocol === 'https:') {
      return requestSecurely(url, options, onResponse);
    }

    const clientRequest = request(url, options, onResponse).on('error', markProxyError);
    clientRequest.path = `${url.origin}${clientRequest.path}`;
    const authorization = formatProxyAuthorization(proxy);
    if (authorization !== undefined) {
      clientRequest.setHeader('proxy-authorization', authorization);
    }

    return clientRequest;
  };
