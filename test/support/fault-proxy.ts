import {createServer, type IncomingMessage, request, type Server, type ServerResponse} from 'node:http';

/** What becomes of one request on its way. */
export type Fault =
  /** Passed on after so long, in milliseconds of the wall's clock. */
  | {readonly kind: 'late'; readonly ms: number}
  /** The body comes in pieces with pauses between them. */
  | {readonly kind: 'slow-body'; readonly pieces: number; readonly pauseMs: number}
  /** Something else in the place of the answer. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Closed without an answer; reset, so that the other side sees an error at once. */
  | {readonly kind: 'drop'}
  | {readonly kind: 'reset'}
  /** The head promises the whole body, and the connection ends in the middle of it. */
  | {readonly kind: 'cut'}
  /** The whole length, but the second half of the bytes is not what was sent. */
  | {readonly kind: 'mangle'}
  /** Bytes that are no HTTP. */
  | {readonly kind: 'garbage'}
  | {readonly kind: 'silence'}
  /** A body that goes on up to so many bytes. */
  | {readonly kind: 'flood'; readonly bytes: number}
  /** The server's clock is off by so much, in milliseconds. */
  | {readonly kind: 'skewed'; readonly ms: number}
  /** Another text in the place of the body. */
  | {readonly kind: 'rewritten'; readonly rewrite: (body: string) => string}
  /** The server says it is of another version. */
  | {readonly kind: 'version'; readonly version: string};

export type FaultProxy = {
  readonly url: string;
  /** Asks what becomes of each request, the first being number 0, until told otherwise. */
  readonly befall: (fault: ((nth: number) => Fault | undefined) | undefined) => void;
  /** Nobody listens any more, and open connections end; `open` listens at the same port again. */
  readonly close: () => Promise<void>;
  readonly open: () => Promise<void>;
  /** Requests that came in since the fault began, and the most that were under way at once. */
  readonly count: () => number;
  readonly mostAtOnce: () => number;
  readonly stop: () => Promise<void>;
};

const chunkBytes = 1024 * 1024;

/** Stands on loopback before the server at `target` and does to its answers what accidents on the way do. */
export const startFaultProxy = async (target: string): Promise<FaultProxy> => {
  const {hostname, port: targetPort} = new URL(target);
  let decide: ((nth: number) => Fault | undefined) | undefined;
  let count = 0;
  let underWay = 0;
  let mostAtOnce = 0;

  const fetched = (
    incoming: IncomingMessage,
  ): Promise<{status: number; headers: Record<string, string>; body: Buffer}> =>
    new Promise((resolve, reject) => {
      const passedOn = request(
        {
          hostname,
          port: targetPort,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
          agent: false,
        },
        answer => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const headers = {...(answer.headers as Record<string, string>)};
            delete headers['connection'];
            resolve({status: answer.statusCode ?? 502, headers, body: Buffer.concat(chunks)});
          });
        },
      );
      passedOn.on('error', reject);
      incoming.pipe(passedOn);
    });

  const flood = (outgoing: ServerResponse, bytes: number): void => {
    outgoing.writeHead(200, {'content-type': 'application/json'});
    const chunk = Buffer.alloc(chunkBytes, 0x20);
    let sent = 0;
    const pour = (): void => {
      while (sent < bytes && !outgoing.destroyed) {
        sent += chunk.length;
        if (!outgoing.write(chunk)) {
          outgoing.once('drain', pour);
          return;
        }
      }

      outgoing.end();
    };
    pour();
  };

  const passOn = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    fault: Fault | undefined,
  ): Promise<void> => {
    const {status, headers, body} = await fetched(incoming);
    switch (fault?.kind) {
      case 'cut':
        outgoing.writeHead(status, {...headers, 'content-length': String(body.length)});
        outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
        return;

      case 'mangle': {
        const half = Math.floor(body.length / 2);
        const bytes = Buffer.concat([body.subarray(0, half), Buffer.alloc(body.length - half, 0x7b)]);
        outgoing.writeHead(status, headers).end(bytes);
        return;
      }

      case 'slow-body': {
        outgoing.writeHead(status, headers);
        const size = Math.ceil(body.length / fault.pieces);
        for (let from = 0; from < body.length; from += size) {
          outgoing.write(body.subarray(from, from + size));
          await new Promise(resolve => setTimeout(resolve, fault.pauseMs));
        }

        outgoing.end();
        return;
      }

      case 'skewed':
        outgoing
          .writeHead(status, {...headers, date: new Date(Date.parse(headers['date'] ?? '') + fault.ms).toUTCString()})
          .end(body);
        return;

      case 'rewritten': {
        const told = Buffer.from(fault.rewrite(body.toString('utf8')));
        outgoing.writeHead(status, {...headers, 'content-length': String(told.length)}).end(told);
        return;
      }

      case 'version': {
        const told = Buffer.from(
          body.toString('utf8').replace(/"version":\s?"0\.98\.0"/, `"version":"${fault.version}"`),
        );
        outgoing.writeHead(status, {...headers, 'content-length': String(told.length)}).end(told);
        return;
      }

      default:
        outgoing.writeHead(status, headers).end(body);
    }
  };

  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const fault = decide?.(count);
    count += 1;
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    outgoing.on('close', () => {
      underWay -= 1;
    });
    const pass = () => passOn(incoming, outgoing, fault).catch(() => outgoing.destroy());
    switch (fault?.kind) {
      case 'answer':
        outgoing.writeHead(fault.status, {'content-type': 'application/json', ...fault.headers}).end(fault.body);
        return;

      case 'drop':
        incoming.socket.end();
        return;

      case 'reset':
        incoming.socket.resetAndDestroy();
        return;

      case 'garbage':
        incoming.socket.end(Buffer.from(Array.from({length: 300}, (_, at) => (at * 37 + 5) % 256)));
        return;

      case 'silence':
        return;

      case 'flood':
        flood(outgoing, fault.bytes);
        return;

      case 'late':
        setTimeout(pass, fault.ms);
        return;

      default:
        void pass();
    }
  };

  let port = 0;
  let server: Server;
  const open = async (): Promise<void> => {
    server = createServer(serve);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  };
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await open();
  return {
    url: `http://127.0.0.1:${port}`,
    befall: fault => {
      decide = fault;
      count = 0;
      mostAtOnce = underWay;
    },
    close,
    open,
    count: () => count,
    mostAtOnce: () => mostAtOnce,
    stop: close,
  };
};
