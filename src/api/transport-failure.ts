import type {Failure} from '../domain/failure.js';

/** What got, Node and OpenSSL report about a request without a response. */
export type TransportError = {readonly code: string; readonly message: string; readonly timeoutMs: number | undefined};

/** A request is redirected at most this many times. */
export const maxRedirectCount = 3;

const reasonByCode: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'host name lookup failed',
  EAI_FAIL: 'host name lookup failed',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network unreachable',
  EHOSTDOWN: 'the host is down',
  ENETDOWN: 'network unreachable',
  EADDRNOTAVAIL: 'network unreachable',
  EACCES: 'connection not permitted',
  EPERM: 'connection not permitted',
  ERR_TOO_MANY_REDIRECTS: 'redirect loop',
  EMFILE: 'too many open files in this process (see `ulimit -n`)',
  ENFILE: 'too many open files on this machine',
};

const untrustedReasonByCode: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not valid yet',
  CERT_REVOKED: 'certificate was revoked',
  CERT_UNTRUSTED: 'certificate is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate issued by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate issued by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate issued by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate issued by an unknown authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate is for another host',
};

const isTlsCode = (code: string): boolean =>
  code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO';

/** The connection broke before a response arrived, as with a pooled socket that the server has just closed. */
export const isConnectionCut = ({code, message}: TransportError): boolean =>
  code === 'ECONNRESET' || code === 'EPIPE' || /socket hang up/i.test(message);

/** In words that need no knowledge of got or OpenSSL. */
const explainTransportError = (trouble: TransportError): string => {
  const {code, message} = trouble;
  // hpagent has no error codes of its own.
  const proxyStatus = /^Bad response: (\d+)$/.exec(message)?.[1];
  if (proxyStatus !== undefined) {
    return `refused with status ${proxyStatus}`;
  }

  if (message === 'Proxy timeout') {
    return 'no response';
  }

  if (code.startsWith('HPE_')) {
    return 'not an HTTP server';
  }

  return reasonByCode[code] ?? (isConnectionCut(trouble) ? 'connection reset' : message);
};

/** Why a request to `host`, sent through `proxyHost` if there is one, failed. */
export const getTransportFailure = (host: string, proxyHost: string | undefined, trouble: TransportError): Failure => {
  const {code, message, timeoutMs} = trouble;
  if (timeoutMs !== undefined) {
    return {kind: 'timed-out', afterMs: timeoutMs};
  }

  const distrust = untrustedReasonByCode[code] ?? (/certificate/i.test(message) ? message : undefined);
  if (distrust !== undefined) {
    return {kind: 'untrusted', host, reason: distrust};
  }

  if (isTlsCode(code)) {
    return {kind: 'untrusted', host, reason: 'TLS handshake failed'};
  }

  const reason = explainTransportError(trouble);
  return {
    kind: 'unreachable',
    host,
    // All of these happen between zentop and the proxy.
    reason: proxyHost === undefined ? reason : `proxy ${proxyHost}: ${reason}`,
    ...(code === 'ERR_TOO_MANY_REDIRECTS' ? {requestCount: maxRedirectCount + 1} : {}),
  };
};
