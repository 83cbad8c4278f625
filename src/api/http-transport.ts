import type {Instant} from '../domain/instant.js';
import type {Result} from '../domain/result.js';
import {type Agents, createAgents, type TlsOptions} from './agents.js';
import {type ProxyEnvironment, proxyFor} from './proxy-for.js';
import {mayFollow, requestUrl} from './request-url.js';
import type {Transport, TransportAnswer, TransportRequest} from './transport.js';
import {isCut, type Trouble, transportFailure} from './transport-failure.js';

export type HttpTransportOptions = {
  /** Base address, with or without a path; `/api/v1/` is put after it. */
  readonly serverUrl: string;
  readonly now: () => Instant;
  /** How long the server may be silent. A whole answer may take four times as long. */
  readonly requestTimeoutMs: number;
  /** Our own version, for the User-Agent header. */
  readonly version: string;
  readonly tls?: TlsOptions;
  readonly proxy?: ProxyEnvironment;
  /** Longest body we read, after decompression. */
  readonly limitBytes?: number;
};

const defaultLimitBytes = 64 * 1024 * 1024;
const longestConnectMs = 10_000;
const noProxy: ProxyEnvironment = {httpsProxy: undefined, httpProxy: undefined, noProxy: undefined};

type Outcome =
  | {readonly kind: 'answer'; readonly answer: TransportAnswer}
  | {readonly kind: 'trouble'; readonly trouble: Trouble}
  | {readonly kind: 'too-large'};

const singleHeaders = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );

const serverDateOf = (date: string | undefined): Instant | undefined => {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? undefined : at;
};

/** Got is heavy: it is loaded while the program still reads its configuration. */
const loadGot = async () => import('got');

const troubleOf = (error: unknown, {TimeoutError}: Awaited<ReturnType<typeof loadGot>>): Trouble => {
  if (!(error instanceof Error)) {
    return {code: '', message: String(error), timeoutMs: undefined};
  }

  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const timeoutMs = error instanceof TimeoutError ? Number(/(\d+)ms$/.exec(error.message)?.[1]) : undefined;
  return {code, message: error.message, timeoutMs: code === 'ETIMEDOUT' ? (timeoutMs ?? longestConnectMs) : timeoutMs};
};

/**
 * The transport over HTTP: at most two sockets, kept open; a GET cut off is sent again once, at once, on a fresh socket.
 * It fails with `unreachable`, `timed-out`, `untrusted` or `too-large`; a request that `signal` gave up comes back as
 * `unreachable`. The token goes into the Authorization header alone, and to no other host.
 */
export const httpTransport = (options: HttpTransportOptions): Transport => {
  const {serverUrl, now, requestTimeoutMs, version} = options;
  const limitBytes = options.limitBytes ?? defaultLimitBytes;
  const {host} = new URL(serverUrl);
  const parts = Promise.all([
    loadGot(),
    createAgents(proxyFor(serverUrl, options.proxy ?? noProxy), options.tls ?? {isVerified: true}),
  ]);
  // Told to whoever sends the first request, not to the process.
  parts.catch(() => undefined);

  const send = async (request: TransportRequest, agents: Agents, signal: AbortSignal): Promise<Outcome> => {
    const [gotModule] = await parts;
    const url = requestUrl(serverUrl, request);
    const askedAt = now();
    const {method} = request;
    const stream = gotModule.default.stream(url, {
      method,
      ...(request.form !== undefined
        ? {form: request.form}
        : request.json !== undefined
          ? {json: request.json}
          : method === 'GET'
            ? {}
            : {body: ''}),
      headers: {
        accept: 'application/json',
        'user-agent': `zentop/${version}`,
        ...(request.authorization === undefined ? {} : {authorization: request.authorization}),
      },
      agent: {http: agents.http, https: agents.https},
      retry: {limit: 0},
      throwHttpErrors: false,
      maxRedirects: 3,
      methodRewriting: false,
      followRedirect: response =>
        mayFollow(method, response.statusCode, new URL(response.url), response.headers.location ?? ''),
      signal,
      timeout: {
        lookup: Math.min(requestTimeoutMs, longestConnectMs),
        connect: Math.min(requestTimeoutMs, longestConnectMs),
        secureConnect: Math.min(requestTimeoutMs, longestConnectMs),
        socket: requestTimeoutMs,
        response: requestTimeoutMs,
        request: requestTimeoutMs * 4,
      },
    });

    try {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of stream) {
        const bytes = Buffer.from(chunk);
        size += bytes.length;
        if (size > limitBytes) {
          return {kind: 'too-large'};
        }

        chunks.push(bytes);
      }

      const {response} = stream;
      const headers = singleHeaders(response?.headers ?? {});
      const timing = {askedAt, answeredAt: now(), serverDateAt: serverDateOf(headers['date'])};
      const body = Buffer.concat(chunks).toString('utf8');
      return {kind: 'answer', answer: {status: response?.statusCode ?? 0, headers, body, timing}};
    } catch (error) {
      return {kind: 'trouble', trouble: troubleOf(error, gotModule)};
    } finally {
      stream.destroy();
    }
  };

  const resultOf = (outcome: Outcome): Result<TransportAnswer> => {
    switch (outcome.kind) {
      case 'answer':
        return {ok: true, value: outcome.answer};
      case 'too-large':
        return {ok: false, failure: {kind: 'too-large', limitBytes}};
      case 'trouble':
        return {ok: false, failure: transportFailure(host, outcome.trouble)};
    }
  };

  return async (request, signal) => {
    if (signal.aborted) {
      return {ok: false, failure: {kind: 'unreachable', host, reason: 'given up'}};
    }

    const [, agents] = await parts;
    const outcome = await send(request, agents, signal);
    if (signal.aborted) {
      return {ok: false, failure: {kind: 'unreachable', host, reason: 'given up'}};
    }

    const isWorthRepeating = request.method === 'GET' && outcome.kind === 'trouble' && isCut(outcome.trouble);
    if (!isWorthRepeating) {
      return resultOf(outcome);
    }

    agents.dropIdle();
    return resultOf(await send(request, agents, signal));
  };
};
