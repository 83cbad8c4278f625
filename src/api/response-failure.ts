import type {Failure} from '../domain/failure.js';
import {parseBody} from './body.js';
import {decodeErrorBody, type ErrorBody} from './error-body.js';
import type {TransportResponse} from './transport.js';

/**
 * Whether a retry will succeed: while a dynamic run adds a step, servers from 0.92 to 0.95 return 400 for a list of steps (the row
 * of the step exists before its configuration) and 500 for `/dag`.
 */
const isTransientResponse = (path: string, status: number, {detail}: ErrorBody): boolean =>
  (status === 400 && detail.startsWith('Unable to load the configuration for step')) ||
  (status === 500 && path.endsWith('/dag'));

const isMissingRoute = (status: number, {isPlainDetail, detail}: ErrorBody): boolean =>
  isPlainDetail && ((status === 404 && detail === 'Not Found') || (status === 405 && detail === 'Method Not Allowed'));

/** Whether a proxy, or a server that is just starting, returns this status with a page of its own. */
const isProxyStatus = (status: number): boolean => status >= 500 || [407, 408, 413, 429].includes(status);

/** Nobody asks for a longer pause than a day, except by mistake. */
const maxRetryAfterMs = 24 * 3_600_000;

/** `Retry-After` of a response in milliseconds, whether it is in seconds or a date by the server's clock. */
const parseRetryAfterMs = ({headers, timing}: TransportResponse): number | undefined => {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') {
    return undefined;
  }

  const waitMs = /^\d+(?:\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - (timing.serverDateAt ?? timing.respondedAt);
  return Number.isNaN(waitMs) ? undefined : Math.min(maxRetryAfterMs, Math.max(0, waitMs));
};

/** What nginx and others return for plain HTTP on a port for TLS. */
const isTlsPortPage = (page: string): boolean =>
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(page);

/** Signs of a page that signs users in: a password field, SAML's fields, or its title. */
const isSignInPage = (page: string): boolean =>
  /<input[^>]+type=["']?password|\bSAML(?:Request|Response)\b|<title>[^<]*(?:sign(?:ing)?[ -]?in|log[ -]?in|single sign-on|SSO)\b/i.test(
    page,
  );

/** The failure for a web page instead of JSON. */
export const createPageFailure = ({
  value,
  contentType,
}: {
  readonly value: string;
  readonly contentType: string;
}): Failure => ({
  kind: 'not-zenml',
  contentType,
  ...(isSignInPage(value) ? {isSignInPage: true} : {}),
});

const createRefusal = (
  path: string,
  response: TransportResponse,
  errorBody: ErrorBody,
): Failure & {kind: 'refused'} => ({
  kind: 'refused',
  status: response.status,
  detail: errorBody.detail,
  retryAfterMs: parseRetryAfterMs(response),
  requestId: response.headers['x-request-id'],
  isTransient: isTransientResponse(path, response.status, errorBody),
});

const emptyErrorBody: ErrorBody = {className: undefined, detail: '', isPlainDetail: false, isBareList: false};

const getFailureOfBody = (path: string, response: TransportResponse, errorBody: ErrorBody): Failure => {
  const {detail} = errorBody;
  if (isMissingRoute(response.status, errorBody)) {
    return {kind: 'no-route', path};
  }

  switch (response.status) {
    case 401:
      return {kind: 'not-signed-in', detail};
    case 403:
      return {kind: 'forbidden', detail};
    case 404:
      return errorBody.className !== undefined || errorBody.isPlainDetail
        ? {kind: 'not-found', detail}
        : createRefusal(path, response, errorBody);
    default:
      return createRefusal(path, response, errorBody);
  }
};

/** Without user name, password, query and fragment, which may contain secrets. */
const maskLocation = (location: string | undefined): string | undefined =>
  location === undefined
    ? undefined
    : location.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]*:)?\/\/.*@/i, '$1//***@');

/** The failure that a response with a status other than 2xx means. `path` is that of the request. */
export const getFailure = (path: string, response: TransportResponse): Failure => {
  const {status, headers} = response;
  if (status >= 300 && status < 400) {
    const redirectUrl = maskLocation(headers['location']);
    const detail = `It redirects to ${redirectUrl ?? 'an unknown URL'}.`;
    const refusal = createRefusal(path, response, {...emptyErrorBody, detail});
    return redirectUrl === undefined ? refusal : {...refusal, redirectUrl};
  }

  const body = parseBody(response);
  // ZenML always responds in JSON.
  if (body.kind === 'text' && [401, 403, 407].includes(status)) {
    return {kind: 'proxy-refused', proxy: undefined, status, isLoginSent: false};
  }

  if (body.kind === 'text' && isTlsPortPage(body.value)) {
    return {kind: 'unreachable', host: '', reason: 'the port uses TLS', fault: 'tls-port'};
  }

  if (body.kind === 'json') {
    return getFailureOfBody(path, response, decodeErrorBody(body.value));
  }

  if (body.kind === 'text' && /\bhtml\b/i.test(body.contentType)) {
    return isProxyStatus(status) ? createRefusal(path, response, emptyErrorBody) : createPageFailure(body);
  }

  if (isProxyStatus(status)) {
    return createRefusal(path, response, body.kind === 'text' ? decodeErrorBody(body.value) : emptyErrorBody);
  }

  return {kind: 'not-zenml', contentType: body.kind === 'text' ? body.contentType : 'broken JSON'};
};

/** The error body of a response, for details that a `Failure` does not contain; empty if the response is not JSON. */
export const getErrorBody = (response: TransportResponse): ErrorBody => {
  const body = parseBody(response);
  return body.kind === 'json' ? decodeErrorBody(body.value) : emptyErrorBody;
};
