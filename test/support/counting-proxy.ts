import {createServer, type IncomingMessage, request} from 'node:http';

export type Exchange = {
  /** When the request arrived, on the clock of `performance.now()`. */
  readonly atMs: number;
  readonly method: string;
  /** With the query, as it was requested. */
  readonly path: string;
  readonly authorization: string | undefined;
  /** 0: the server could not be reached. */
  readonly status: number;
  /** Head and body as sent, without the status line. */
  readonly responseBytes: number;
  readonly durationMs: number;
};

export type CountingProxy = {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  readonly stop: () => Promise<void>;
};

const countHeadBytes = (message: IncomingMessage): number =>
  message.rawHeaders.reduce((total, text) => total + Buffer.byteLength(text) + 2, 2);

/**
 * A proxy on loopback for the server at `target` that records every exchange. It forwards everything unchanged, except for the
 * `Connection` header of a response.
 */
export const startCountingProxy = async (target: string): Promise<CountingProxy> => {
  const exchanges: Exchange[] = [];
  const {hostname, port} = new URL(target);

  const server = createServer((incoming, outgoing) => {
    const atMs = performance.now();
    const note = (status: number, responseBytes: number) =>
      exchanges.push({
        atMs,
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        authorization: incoming.headers.authorization,
        status,
        responseBytes,
        durationMs: performance.now() - atMs,
      });
    // A fresh connection each time: the server closes idle ones, and the client must not notice the proxy.
    const forwarded = request(
      {hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers, agent: false},
      response => {
        let bytes = countHeadBytes(response);
        const headers = {...response.headers};
        // This connection is kept or closed by the proxy itself.
        delete headers['connection'];
        outgoing.writeHead(response.statusCode ?? 502, headers);
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on('end', () => note(response.statusCode ?? 0, bytes));
        response.pipe(outgoing);
      },
    );
    forwarded.on('error', () => {
      note(0, 0);
      outgoing.destroy();
    });
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('the proxy has no port');
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    exchanges,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
