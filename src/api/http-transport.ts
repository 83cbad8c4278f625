import type {LookupFunction} from 'node:net';
import type {Instant} from '../domain/instant.js';
import {fail, type Result, succeed} from '../domain/result.js';
import {createAgents, type TlsOptions} from './agents.js';
import {limitConnectAttempts, prolongConnectAttempts} from './connect-attempts.js';
import {type ExchangeOptions, type ExchangeOutcome, exchangeRequest, maxConnectMs} from './exchange.js';
import {findProxy, type ProxyEnvironment} from './find-proxy.js';
import type {Transport, TransportRequest, TransportResponse} from './transport.js';
import {
  createProxyRefusal,
  getTransportFailure,
  isConnectionCut,
  isUnknownAuthority,
  roundElapsed,
} from './transport-failure.js';

export type HttpTransportOptions = {
  /** Base URL, with or without a path; `/api/v1/` is appended to it. */
  readonly serverUrl: string;
  readonly now: () => Instant;
  /** How long the server may be silent. A complete response may take four times as long. */
  readonly requestTimeoutMs: number;
  /** The version of zentop, for the User-Agent header. */
  readonly version: string;
  readonly tls?: TlsOptions;
  readonly proxy?: ProxyEnvironment;
  /** Default: the system's lookup. */
  readonly lookUpHost?: LookupFunction | undefined;
  /** Longest body to read, after decompression. */
  readonly limitBytes?: number;
  /** Called whenever no request is waiting to be sent any more: each has been sent or has failed. */
  readonly onAllSent?: (() => void) | undefined;
};

const defaultLimitBytes = 64 * 1024 * 1024;
const noProxy: ProxyEnvironment = {httpsProxy: undefined, httpProxy: undefined, noProxy: undefined};

/** Got is heavy, so it is loaded only when a transport is created; the agents for proxies, only if there is a proxy. */
const loadTransportParts = async (proxy: string | undefined, tls: TlsOptions, lookUpHost?: LookupFunction) => {
  const [gotModule, agents] = await Promise.all([import('got'), createAgents(proxy, tls, lookUpHost)]);
  return {gotModule, agents};
};

/**
 * The transport over HTTP. It keeps a few sockets open; a GET that is cut off on a reused socket is repeated once on a new one.
 * Fails with `unreachable`, `timed-out`, `untrusted`, `proxy-refused` or `too-large`, and with `timed-out` or `unreachable` if
 * `signal` aborts the request. The token is sent only in the Authorization header, and to no other host. Throws if `serverUrl` or
 * the proxy is not a valid URL.
 */
export const createHttpTransport = (options: HttpTransportOptions): Transport => {
  const {serverUrl, now, requestTimeoutMs, limitBytes = defaultLimitBytes} = options;
  const unsent = new Set<symbol>();
  const exchangeOptions: ExchangeOptions = {
    serverUrl,
    now,
    requestTimeoutMs,
    limitBytes,
    lookUpHost: options.lookUpHost,
    userAgent: `zentop/${options.version}`,
  };
  const {host} = new URL(serverUrl);
  const proxy = findProxy(serverUrl, options.proxy ?? noProxy);
  const proxyUrl = proxy === undefined ? undefined : new URL(proxy);
  const tls = options.tls ?? {isVerified: true};
  let parts = loadTransportParts(proxy, tls, options.lookUpHost);
  let widerParts: typeof parts | undefined;
  // Every request reports why they could not be loaded; without this, Node would also report an unhandled rejection.
  parts.catch(() => undefined);

  limitConnectAttempts();

  const createResult = (outcome: ExchangeOutcome, requestedAt: Instant): Result<TransportResponse> => {
    switch (outcome.kind) {
      case 'response':
        // Only a proxy asks for a login with this status, never the server itself.
        return proxyUrl !== undefined && outcome.response.status === 407
          ? fail(createProxyRefusal(proxyUrl, 407))
          : succeed(outcome.response);
      case 'too-large':
        return fail({kind: 'too-large', limitBytes});
      case 'error':
        return fail(getTransportFailure(host, proxyUrl, outcome.error, now() - requestedAt));
    }
  };

  /** The parts to send requests with, now also trusting the authorities of the operating system, if there are any. */
  const widenTrust = (): typeof parts => {
    const systemCas = tls.isVerified ? (tls.loadSystemCas?.() ?? []) : [];
    const ca = [...(tls.ca === undefined ? [] : [tls.ca]), ...systemCas].join('\n');
    return systemCas.length === 0 ? parts : loadTransportParts(proxy, {...tls, ca}, options.lookUpHost);
  };

  const failWithAbort = ({reason}: AbortSignal, requestedAt: Instant): Result<TransportResponse> =>
    reason instanceof DOMException && reason.name === 'TimeoutError'
      ? fail({kind: 'timed-out', afterMs: roundElapsed(now() - requestedAt)})
      : fail({kind: 'unreachable', host, reason: 'the request was aborted'});

  const sendRequest = async (
    request: TransportRequest,
    signal: AbortSignal,
    onSent: () => void,
  ): Promise<Result<TransportResponse>> => {
    const requestedAt = now();
    const initialParts = parts;
    const {gotModule, agents: firstAgents} = await initialParts;
    let agents = firstAgents;
    const send = async (): Promise<ExchangeOutcome> =>
      exchangeRequest(request, signal, agents, gotModule, onSent, exchangeOptions);
    if (signal.aborted) {
      return failWithAbort(signal, requestedAt);
    }

    let outcome = await send();
    const canConnectAgain = (): boolean =>
      outcome.kind === 'error' && outcome.hasDroppedAttempt && now() - requestedAt < maxConnectMs && !signal.aborted;
    while (canConnectAgain() && prolongConnectAttempts()) {
      outcome = await send();
    }

    if (outcome.kind === 'error' && isUnknownAuthority(outcome.error)) {
      widerParts ??= widenTrust();
      parts = widerParts;
      if (parts !== initialParts) {
        // Nothing was sent to the server that was not trusted, so a POST can be repeated, too.
        ({agents} = await parts);
        outcome = await send();
      }
    }

    const isCutOff = outcome.kind === 'error' && outcome.isReused && isConnectionCut(outcome.error);
    if (isCutOff && request.method === 'GET' && !signal.aborted) {
      agents.dropIdle();
      outcome = await send();
    }

    return signal.aborted && outcome.kind !== 'response'
      ? failWithAbort(signal, requestedAt)
      : createResult(outcome, requestedAt);
  };

  return async (request, signal) => {
    const id = Symbol('request');
    unsent.add(id);
    // A request that is redirected or repeated is sent several times.
    const onSent = (): void => {
      if (unsent.delete(id) && unsent.size === 0) {
        options.onAllSent?.();
      }
    };
    try {
      return await sendRequest(request, signal, onSent);
    } finally {
      onSent();
    }
  };
};
