import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';

export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type LocalServer = {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  /** Sockets accepted so far. */
  readonly sockets: readonly Socket[];
  readonly close: () => Promise<void>;
};

type Handler = (request: Seen, response: ServerResponse, socket: Socket) => void;

/** An HTTP server on a free port of our own machine that answers as told and remembers what it was asked. */
export const startLocalServer = async (handle: Handler): Promise<LocalServer> => {
  const seen: Seen[] = [];
  const sockets: Socket[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const {method = '', url = '', headers} = request;
      const one = {method, url, headers, body: Buffer.concat(chunks).toString()};
      seen.push(one);
      handle(one, response, request.socket);
    });
  });
  server.on('connection', socket => sockets.push(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
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
