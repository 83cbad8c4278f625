import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http';
import {createServer as createSecureServer, type ServerOptions} from 'node:https';
import {type AddressInfo, connect, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';

export type ReceivedRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type LocalServer = {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly ReceivedRequest[];
  /** Sockets accepted so far. */
  readonly sockets: readonly Socket[];
  readonly close: () => Promise<void>;
};

type Handler = (request: ReceivedRequest, response: ServerResponse, socket: Socket) => void;
type Certificate = {readonly cert: string; readonly key: string} & ServerOptions;

/** An HTTP server on a free loopback port that responds with `handle` and records its requests. With a certificate it uses TLS. */
export const startLocalServer = async (handle: Handler, certificate?: Certificate): Promise<LocalServer> => {
  const seen: ReceivedRequest[] = [];
  const sockets: Socket[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const {method = '', url = '', headers} = request;
      const received = {method, url, headers, body: Buffer.concat(chunks).toString()};
      seen.push(received);
      handle(received, response, request.socket);
    });
  };
  const server = certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
  server.on('connection', socket => sockets.push(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    seen,
    sockets,
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }

      await new Promise(resolve => server.close(resolve));
    },
  };
};

export const sendJson = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, {'content-type': 'application/json', ...headers});
  response.end(JSON.stringify(body));
};

export type LocalProxy = {
  readonly url: string;
  /** The requested `host:port`, and the header with the credentials. */
  readonly tunnels: readonly {readonly target: string; readonly authorization: string | undefined}[];
  /** The URLs of requests that were forwarded instead, and the header with the credentials. */
  readonly forwarded: readonly {readonly target: string; readonly authorization: string | undefined}[];
  /** Sockets accepted so far. */
  readonly sockets: readonly Socket[];
  readonly close: () => Promise<void>;
};

type LocalProxyOptions = {
  /** Refuses everything with this status, and this page. */
  readonly status?: number;
  readonly page?: string;
  /** The address to listen on (default: 127.0.0.1). */
  readonly host?: string;
  /** The only port to which it tunnels. */
  readonly tunnelPort?: number;
  /** With a certificate it uses TLS itself. */
  readonly certificate?: Certificate;
};

/** A proxy that tunnels and forwards to the requested port on loopback, whatever the host. */
export const startLocalProxy = async ({
  status = 200,
  page = '',
  host = '127.0.0.1',
  tunnelPort,
  certificate,
}: LocalProxyOptions = {}): Promise<LocalProxy> => {
  const tunnels: {target: string; authorization: string | undefined}[] = [];
  const forwarded: {target: string; authorization: string | undefined}[] = [];
  const sockets: Socket[] = [];
  const open: Duplex[] = [];
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    const target = incoming.url ?? '';
    forwarded.push({target, authorization: incoming.headers['proxy-authorization']});
    if (status !== 200) {
      response.writeHead(status, {'content-type': 'text/html'}).end(page);
      return;
    }

    const {port, pathname, search} = new URL(target);
    const {'proxy-authorization': _, ...headers} = incoming.headers;
    const options = {host: '127.0.0.1', port, method: incoming.method, path: pathname + search, headers};
    const upstream = request(options, upstreamResponse => {
      response.writeHead(upstreamResponse.statusCode ?? 0, upstreamResponse.headers);
      upstreamResponse.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    incoming.pipe(upstream);
  };
  const server = certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
  server.on('connection', socket => sockets.push(socket));
  server.on('connect', (incoming: IncomingMessage, client: Duplex) => {
    open.push(client);
    const target = incoming.url ?? '';
    const port = Number(target.split(':').at(-1));
    tunnels.push({target, authorization: incoming.headers['proxy-authorization']});
    if (status !== 200 || (tunnelPort !== undefined && port !== tunnelPort)) {
      client.end(`HTTP/1.1 ${status === 200 ? 403 : status} No\r\n\r\n${page}`);
      return;
    }

    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    open.push(upstream);
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, host, resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    tunnels,
    forwarded,
    sockets,
    close: async () => {
      for (const socket of [...open, ...sockets]) {
        socket.destroy();
      }

      await new Promise(resolve => server.close(resolve));
    },
  };
};

/** A server with TLS in front of another one. */
export const startTlsProxy = (target: {readonly url: string}, certificate: Certificate): Promise<LocalServer> =>
  startLocalServer(({method, url, headers}, response) => {
    const {host} = new URL(target.url);
    request(new URL(url, target.url), {method, headers: {...headers, host}}, upstreamResponse => {
      response.writeHead(upstreamResponse.statusCode ?? 502, upstreamResponse.headers);
      upstreamResponse.pipe(response);
    }).end();
  }, certificate);
