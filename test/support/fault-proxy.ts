import {createServer, type IncomingMessage, request, type Server, type ServerResponse} from 'node:http';

/** What happens to a request or its response. */
export type Fault =
  /** Forwarded after a delay, in milliseconds of real time. */
  | {readonly kind: 'late'; readonly ms: number}
  /** The body arrives in pieces with pauses between them. */
  | {readonly kind: 'slow-body'; readonly pieces: number; readonly pauseMs: number}
  /** Another response instead of the real one. */
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly body: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is closed or reset without a response. */
  | {readonly kind: 'drop'}
  | {readonly kind: 'reset'}
  /** The connection ends in the middle of the body. */
  | {readonly kind: 'cut'}
  /** The second half of the body is replaced by other bytes. */
  | {readonly kind: 'mangle'}
  /** Bytes that are not HTTP. */
  | {readonly kind: 'garbage'}
  /** No response, on a connection that stays open. */
  | {readonly kind: 'silence'}
  /** A body of blanks: the given number of bytes, rounded up to whole mebibytes. */
  | {readonly kind: 'flood'; readonly bytes: number}
  /** The `Date` header is off by `ms`. */
  | {readonly kind: 'skewed'; readonly ms: number}
  /** A changed body. */
  | {readonly kind: 'rewritten'; readonly rewrite: (body: string) => string}
  /** The server reports another version. */
  | {readonly kind: 'version'; readonly version: string};

export type FaultProxy = {
  readonly url: string;
  /** Sets the function that picks the fault of each request, counted from 0, and resets the counters. */
  readonly setFault: (fault: ((nth: number) => Fault | undefined) | undefined) => void;
  /** Stops listening and ends open connections. `open` listens on the same port again. */
  readonly close: () => Promise<void>;
  readonly open: () => Promise<void>;
  /** The number of requests since the fault was set, and the maximum number of concurrent ones. */
  readonly getRequestCount: () => number;
  readonly getMaxConcurrent: () => number;
  readonly stop: () => Promise<void>;
};

const chunkBytes = 1024 * 1024;

type ForwardedResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Sends a request on to the server at `target`, and resolves with its whole response. */
const forward = (target: string, incoming: IncomingMessage): Promise<ForwardedResponse> =>
  new Promise((resolve, reject) => {
    const {hostname, port} = new URL(target);
    const forwarded = request(
      {hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers, agent: false},
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const headers = {...(response.headers as Record<string, string>)};
          delete headers['connection'];
          resolve({status: response.statusCode ?? 502, headers, body: Buffer.concat(chunks)});
        });
      },
    );
    forwarded.on('error', reject);
    incoming.pipe(forwarded);
  });

/** Sends blanks until `bytes` have been sent or the client is gone. */
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

type ProxiedRequest = {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly fault: Fault | undefined;
};

/** Forwards a request, and passes the response back with the fault, if that is one of the response. */
const respond = async (target: string, {incoming, outgoing, fault}: ProxiedRequest): Promise<void> => {
  const {status, headers, body} = await forward(target, incoming);
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
      const changed = Buffer.from(fault.rewrite(body.toString('utf8')));
      outgoing.writeHead(status, {...headers, 'content-length': String(changed.length)}).end(changed);
      return;
    }

    case 'version': {
      const changed = Buffer.from(
        body.toString('utf8').replace(/"version":\s?"0\.98\.0"/, `"version":"${fault.version}"`),
      );
      outgoing.writeHead(status, {...headers, 'content-length': String(changed.length)}).end(changed);
      return;
    }

    default:
      outgoing.writeHead(status, headers).end(body);
  }
};

/** A proxy on loopback in front of the server at `target` that injects faults. */
export const startFaultProxy = async (target: string): Promise<FaultProxy> => {
  let decide: ((nth: number) => Fault | undefined) | undefined;
  let count = 0;
  let pending = 0;
  let maxConcurrent = 0;

  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const fault = decide?.(count);
    count += 1;
    pending += 1;
    maxConcurrent = Math.max(maxConcurrent, pending);
    outgoing.on('close', () => {
      pending -= 1;
    });
    const pass = () => respond(target, {incoming, outgoing, fault}).catch(() => outgoing.destroy());
    switch (fault?.kind) {
      case 'response':
        outgoing.writeHead(fault.status, {'content-type': 'application/json', ...fault.headers}).end(fault.body);
        return;

      case 'drop':
        incoming.socket.end();
        return;

      case 'reset':
        incoming.socket.resetAndDestroy();
        return;

      case 'garbage':
        incoming.socket.end(Buffer.from(Array.from({length: 300}, (_, index) => (index * 37 + 5) % 256)));
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
    setFault: fault => {
      decide = fault;
      count = 0;
      maxConcurrent = pending;
    },
    close,
    open,
    getRequestCount: () => count,
    getMaxConcurrent: () => maxConcurrent,
    stop: close,
  };
};
