import type {Failure} from '../domain/failure.js';

/** What got, Node and OpenSSL tell of a request to which no answer came. */
export type TransportError = {readonly code: string; readonly message: string; readonly timeoutMs: number | undefined};

const reasonByCode: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be looked up',
  EAI_FAIL: 'the name could not be looked up',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  EHOSTDOWN: 'the host is down',
  ENETDOWN: 'no network',
  EADDRNOTAVAIL: 'no network',
  EACCES: 'the connection was not allowed',
  EPERM: 'the connection was not allowed',
  ERR_TOO_MANY_REDIRECTS: 'it redirects in a circle',
};

const untrustedReasonByCode: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

const isTlsCode = (code: string): boolean =>
  code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO';

/** The connection broke before an answer: a socket of the pool the server had just closed looks like this. */
export const isConnectionCut = ({code, message}: TransportError): boolean =>
  code === 'ECONNRESET' || code === 'EPIPE' || /socket hang up/i.test(message);

/** In words, for people who know neither got nor OpenSSL. */
const explainTransportError = (trouble: TransportError): string => {
  const {code, message} = trouble;
  // hpagent has no codes of its own.
  const proxyStatus = /^Bad response: (\d+)$/.exec(message)?.[1];
  if (proxyStatus !== undefined) {
    return `it refused with ${proxyStatus}`;
  }

  if (message === 'Proxy timeout') {
    return 'it does not answer';
  }

  if (code.startsWith('HPE_')) {
    return 'it does not speak HTTP';
  }

  return reasonByCode[code] ?? (isConnectionCut(trouble) ? 'the connection was cut' : message);
};

/** What became of a request to `host`, sent through `proxyHost` where there is one. */
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
    // All of these happen on the way to the proxy, and there it must be looked for.
    reason: proxyHost === undefined ? reason : `proxy ${proxyHost}: ${reason}`,
  };
};
