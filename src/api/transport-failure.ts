import type {ConnectionFault, Failure} from '../domain/failure.js';

/** What got, Node and OpenSSL report about a request without a response. */
export type TransportError = {
  readonly code: string;
  readonly message: string;
  readonly isTimeout: boolean;
  /** Whether plain HTTP got a TLS alert in response. */
  readonly isTlsAlert?: boolean;
  /** Whether this is about the connection to the proxy, not about the server behind it. */
  readonly isFromProxy?: boolean;
  /** The alternative names in the certificate, if it is for another host. */
  readonly certificateNames?: string;
};

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

/** What OpenSSL says about a response that is not TLS. */
const isPlainResponse = ({code, message}: TransportError): boolean =>
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code) ||
  /wrong version number|packet length too long|http request/i.test(message);

/** The alerts of a server that wants a certificate from its clients; TLS 1.2 may only say that the handshake failed. */
const isClientCertificateWanted = ({code, message}: TransportError): boolean =>
  /CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE/.test(code) ||
  /certificate required|alert bad certificate/i.test(message);

const reasonByFault: Readonly<Record<ConnectionFault, string>> = {
  'plain-port': 'the port does not use TLS',
  'tls-port': 'the port uses TLS',
  tls: 'TLS handshake failed',
  'client-certificate': 'a client certificate is required',
};

const findConnectionFault = (error: TransportError): ConnectionFault | undefined => {
  if (isClientCertificateWanted(error)) {
    return 'client-certificate';
  }

  if (isTlsCode(error.code) && untrustedReasonByCode[error.code] === undefined) {
    return isPlainResponse(error) ? 'plain-port' : 'tls';
  }

  return error.isTlsAlert === true ? 'tls-port' : undefined;
};

const maxCertificateNames = 4;

/** The names in the certificate, from Node's list of them: `DNS:localhost, IP Address:127.0.0.1`. */
const formatCertificateNames = (list: string | undefined): string => {
  const names = list?.split(', ').map(name => name.replace(/^(?:DNS|IP Address):/, '')) ?? [];
  const shownNames = names.slice(0, maxCertificateNames).join(', ');
  return names.length === 0 ? '' : ` (${shownNames}${names.length > maxCertificateNames ? ', …' : ''})`;
};

/** Whether the certificate is valid as such, but its authority is not among the trusted ones. */
export const isUnknownAuthority = ({code}: TransportError): boolean =>
  code === 'DEPTH_ZERO_SELF_SIGNED_CERT' ||
  untrustedReasonByCode[code] === untrustedReasonByCode['UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];

/** Whether the connection was cut, as with a pooled socket that the server has just closed. */
export const isConnectionCut = ({code, message}: TransportError): boolean =>
  code === 'ECONNRESET' || code === 'EPIPE' || /socket hang up/i.test(message);

/** Why a request failed, in words that need no knowledge of got or OpenSSL; an error that is not known keeps its message. */
const explainTransportError = (error: TransportError): string => {
  const {code, message, isTimeout} = error;
  // The message is that of hpagent.
  if (isTimeout || message === 'Proxy timeout') {
    return 'no response';
  }

  if (code.startsWith('HPE_')) {
    return 'not an HTTP server';
  }

  return reasonByCode[code] ?? (isConnectionCut(error) ? 'connection reset' : message);
};

/** The failure for a status that the proxy returned, not the server. */
export const createProxyRefusal = ({host, username, password}: URL, status: number): Failure => ({
  kind: 'proxy-refused',
  proxy: host,
  status,
  isLoginSent: username !== '' || password !== '',
});

/** Elapsed milliseconds, rounded so that repeated failures read the same. */
export const roundElapsed = (ms: number): number => {
  const unitMs = ms < 1000 ? 100 : 1000;
  return Math.max(1, Math.round(ms / unitMs)) * unitMs;
};

/** Why a request to `host`, sent through `proxy` if there is one, failed after `elapsedMs`. */
export const getTransportFailure = (
  host: string,
  proxy: URL | undefined,
  error: TransportError,
  elapsedMs: number,
): Failure => {
  const {code, message, isTimeout} = error;
  if (isTimeout && error.isFromProxy !== true) {
    return {kind: 'timed-out', afterMs: roundElapsed(elapsedMs)};
  }

  // If an open tunnel is cut, it is the connection to the proxy that is cut.
  const failedProxy = error.isFromProxy === true || isConnectionCut(error) ? proxy : undefined;
  const createUnreachable = (reason: string): Failure & {kind: 'unreachable'} =>
    failedProxy === undefined
      ? {kind: 'unreachable', host, reason}
      : {kind: 'unreachable', host, reason: `proxy ${failedProxy.host}: ${reason}`, proxy: failedProxy.host};

  const fault = findConnectionFault(error);
  if (fault !== undefined) {
    return {...createUnreachable(reasonByFault[fault]), fault};
  }

  const distrust = untrustedReasonByCode[code] ?? (/certificate/i.test(message) ? message : undefined);
  if (distrust !== undefined) {
    const names = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? formatCertificateNames(error.certificateNames) : '';
    const owner = failedProxy === undefined ? host : `the proxy ${failedProxy.host}`;
    return {kind: 'untrusted', host: owner, reason: distrust + names};
  }

  // hpagent has no error codes of its own.
  const proxyStatus = /^Bad response: (\d+)$/.exec(message)?.[1];
  if (proxy !== undefined && proxyStatus !== undefined) {
    return createProxyRefusal(proxy, Number(proxyStatus));
  }

  return {
    ...createUnreachable(explainTransportError(error)),
    ...(code === 'ERR_TOO_MANY_REDIRECTS' ? {requestCount: maxRedirectCount + 1} : {}),
  };
};
