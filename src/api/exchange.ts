import type {ClientRequest} from 'node:http';
import type {LookupFunction} from 'node:net';
import type {Instant} from '../domain/instant.js';
import {maxTimerMs} from '../domain/timer.js';
import type {Agents} from './agents.js';
import {hasDroppedAttempt} from './connect-attempts.js';
import {isProxyError} from './proxy-error.js';
import {buildRequestUrl, canFollowRedirect} from './request-url.js';
import type {TransportRequest, TransportResponse} from './transport.js';
import {maxRedirectCount, type TransportError} from './transport-failure.js';

type GotModule = typeof import('got');

/** The outcome of sending a request once. */
export type ExchangeOutcome =
  | {readonly kind: 'response'; readonly response: TransportResponse}
  /**
   * `isReused`: the socket had been used before, so the server may have closed it in the meantime. `hasDroppedAttempt`: an
   * address of the host was given up early, in favor of others that failed.
   */
  | {
      readonly kind: 'error';
      readonly error: TransportError;
      readonly isReused: boolean;
      readonly hasDroppedAttempt: boolean;
    }
  | {readonly kind: 'too-large'};

export type ExchangeOptions = {
  readonly serverUrl: string;
  readonly now: () => Instant;
  readonly requestTimeoutMs: number;
  readonly limitBytes: number;
  readonly userAgent: string;
  /** Default: the system's lookup. */
  readonly lookUpHost: LookupFunction | undefined;
};

export const maxConnectMs = 10_000;

/** A complete response may take this many times as long as the server may be silent. */
const totalTimeoutFactor = 4;

/** A stream that is silent for this long has been cut off. */
const minStreamSilenceMs = 90_000;

const getTimeouts = (requestTimeoutMs: number) => {
  const connectMs = Math.min(requestTimeoutMs, maxConnectMs);
  const silenceMs = Math.min(requestTimeoutMs, maxTimerMs);
  return {
    lookup: connectMs,
    connect: connectMs,
    secureConnect: connectMs,
    socket: silenceMs,
    response: silenceMs,
    request: Math.min(requestTimeoutMs * totalTimeoutFactor, maxTimerMs),
  };
};

/** A stream stays open as long as the server shows signs of life, which it does every 15 seconds or so. */
const getStreamTimeouts = (requestTimeoutMs: number) => {
  const {request: _, ...others} = getTimeouts(requestTimeoutMs);
  return {...others, socket: Math.max(others.socket, minStreamSilenceMs)};
};

/** A POST without a body needs an empty one: otherwise got waits for one to be written. */
const getContent = ({method, form, json}: TransportRequest) => {
  if (form !== undefined) {
    return {form};
  }

  if (json !== undefined) {
    return {json};
  }

  return method === 'GET' ? {} : {body: ''};
};

const joinHeaderValues = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );

const parseServerDate = (date: string | undefined): Instant | undefined => {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? undefined : at;
};

/** Whether the data that Node could not parse as HTTP is a TLS alert. */
const isTlsAlert = (cause: unknown): boolean =>
  cause instanceof Error && 'rawPacket' in cause && Buffer.isBuffer(cause.rawPacket) && cause.rawPacket[0] === 0x15;

/** The names in the certificate that Node rejected because it is for another host. */
const findCertificateNames = (cause: unknown): string | undefined => {
  const certificate: unknown = cause instanceof Error && 'cert' in cause ? cause.cert : undefined;
  return typeof certificate === 'object' && certificate !== null && 'subjectaltname' in certificate
    ? String(certificate.subjectaltname)
    : undefined;
};

/** The phases of a request that are over once there is a connection. */
const connectPhases: ReadonlySet<string> = new Set(['lookup', 'connect', 'secureConnect']);

const getTransportError = (error: unknown, {TimeoutError}: GotModule): TransportError => {
  if (!(error instanceof Error)) {
    return {code: '', message: String(error), isTimeout: false};
  }

  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Once there is a connection, a proxy only passes on what the server sends, so a timeout is the server's.
  const isSlowServer = error instanceof TimeoutError && !connectPhases.has(error.event);
  const certificateNames = findCertificateNames(error.cause);
  return {
    code,
    message: error.message,
    // `ETIMEDOUT`: the operating system gave up connecting.
    isTimeout: error instanceof TimeoutError || code === 'ETIMEDOUT',
    ...(isTlsAlert(error.cause) ? {isTlsAlert: true} : {}),
    ...(isProxyError(error.cause) && !isSlowServer ? {isFromProxy: true} : {}),
    ...(certificateNames === undefined ? {} : {certificateNames}),
  };
};

const isEventStream = (
  response:
    | {readonly statusCode?: number | undefined; readonly headers: {readonly 'content-type'?: string | undefined}}
    | undefined,
): boolean => response?.statusCode === 200 && /^text\/event-stream\b/i.test(response.headers['content-type'] ?? '');

/** Starts to send a request. The stream follows redirects and emits the response's body, whatever its status. */
const openStream = (
  request: TransportRequest,
  signal: AbortSignal,
  agents: Agents,
  gotModule: GotModule,
  {serverUrl, requestTimeoutMs, userAgent, lookUpHost}: ExchangeOptions,
) =>
  gotModule.default.stream(buildRequestUrl(serverUrl, request), {
    method: request.method,
    ...getContent(request),
    headers: {
      accept: request.onText === undefined ? 'application/json' : 'text/event-stream',
      'user-agent': userAgent,
      ...(request.authorization === undefined ? {} : {authorization: request.authorization}),
      ...(request.idempotencyKey === undefined ? {} : {'idempotency-key': request.idempotencyKey}),
    },
    agent: {http: agents.http, https: agents.https},
    ...(agents.request === undefined ? {} : {request: agents.request}),
    dnsLookup: lookUpHost,
    retry: {limit: 0},
    throwHttpErrors: false,
    maxRedirects: maxRedirectCount,
    methodRewriting: false,
    followRedirect: ({statusCode, url, headers}) =>
      canFollowRedirect(request.method, statusCode, new URL(url), headers.location ?? ''),
    signal,
    timeout: request.onText === undefined ? getTimeouts(requestTimeoutMs) : getStreamTimeouts(requestTimeoutMs),
  });

/**
 * Sends a request once, follows its redirects and reads the whole response, whatever its status; never throws. `onSent` is called
 * for the request and each redirect, once it has been handed over to the network.
 */
export const exchangeRequest = async (
  request: TransportRequest,
  signal: AbortSignal,
  agents: Agents,
  gotModule: GotModule,
  onSent: () => void,
  options: ExchangeOptions,
): Promise<ExchangeOutcome> => {
  const {now, limitBytes} = options;
  const requestedAt = now();
  const stream = openStream(request, signal, agents, gotModule, options);
  let isReused = (): boolean => false;
  stream.on('request', (clientRequest: ClientRequest) => {
    clientRequest.once('finish', onSent);
    // Status 101. Without a listener Node silently closes the connection, and got waits forever.
    clientRequest.once('upgrade', (_, socket) => {
      socket.destroy();
      stream.destroy(new Error('the server switched to another protocol'));
    });

    // Known only once a socket has been assigned to it.
    isReused = () => clientRequest.reusedSocket === true;
  });

  try {
    const chunks: Buffer[] = [];
    let size = 0;
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const bytes: Buffer = chunk;
      if (request.onText !== undefined && isEventStream(stream.response)) {
        request.onText(decoder.decode(bytes, {stream: true}));
        continue;
      }

      size += bytes.length;
      // A response that announces that it is too large is not read.
      if (size > limitBytes || Number(stream.response?.headers['content-length'] ?? 0) > limitBytes) {
        return {kind: 'too-large'};
      }

      chunks.push(bytes);
    }

    const {response} = stream;
    const headers = joinHeaderValues(response?.headers ?? {});
    const timing = {requestedAt, respondedAt: now(), serverDateAt: parseServerDate(headers['date'])};
    const body = Buffer.concat(chunks).toString('utf8');
    return {kind: 'response', response: {status: response?.statusCode ?? 0, headers, body, timing}};
  } catch (error) {
    return {
      kind: 'error',
      error: getTransportError(error, gotModule),
      isReused: isReused(),
      hasDroppedAttempt: hasDroppedAttempt(error instanceof Error ? (error.cause ?? error) : error),
    };
  } finally {
    stream.destroy();
  }
};
