import type {Failure} from '../domain/failure.js';
import {failWith} from './problem.js';
import type {ConnectionSettings} from './settings.js';

/** What the explanation of a failure can mention. */
export type ExplainContext = {
  readonly serverUrl: string;
  readonly serverOrigin: string;
  /** Where the key, password or token came from; `undefined` if there is none. */
  readonly loginOrigin: string | undefined;
};

type Explanation = {readonly message: string; readonly hint: string};

export const getExplainContext = ({serverUrl, identity}: ConnectionSettings): ExplainContext => ({
  serverUrl: serverUrl.value,
  serverOrigin: serverUrl.origin,
  loginOrigin: identity.grant?.origin ?? identity.token?.origin,
});

/** The server's own words as the end of a sentence. */
const formatDetailEnding = (detail: string): string => {
  const plain = detail.trim().replace(/\.+$/, '');
  return plain === '' ? '.' : `: ${plain}.`;
};

const formatMegabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

const isSetByUser = (origin: string | undefined): origin is string =>
  origin !== undefined && (origin.startsWith('ZENML_') || origin.startsWith('--'));

const explainSignIn = ({serverUrl, loginOrigin}: ExplainContext): string =>
  isSetByUser(loginOrigin)
    ? `Check ${loginOrigin}, or drop it and run \`zenml login ${serverUrl}\`.`
    : `Run \`zenml login ${serverUrl}\`.`;

const suggestLocalServer = (serverUrl: string): string =>
  /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(serverUrl) ? ' Start a local server with `zenml login --local`.' : '';

const explainRefusal = (failure: Failure & {kind: 'refused'}, serverUrl: string): Explanation => {
  const {status, detail, requestId, retryAfterMs} = failure;
  const mark = requestId === undefined ? '' : ` (X-Request-ID ${requestId})`;
  const message = `${serverUrl} returned error ${status}${mark}${formatDetailEnding(detail)}`;
  if (status === 429) {
    const pause = retryAfterMs === undefined ? 'a minute' : `${Math.ceil(retryAfterMs / 1000)} s`;
    return {message, hint: `Rate limit exceeded. Try again in ${pause}.`};
  }

  if (status >= 300 && status < 400) {
    return {message, hint: 'Use the URL it redirects to: `zentop --server URL`.'};
  }

  return {
    message,
    hint:
      status >= 500
        ? 'Try again. If it persists, check the server log.'
        : 'zentop needs ZenML 0.80 or later; check with `zentop doctor`.',
  };
};

const explainDistrust = (reason: string): string => {
  if (/not valid yet/.test(reason)) {
    return 'Check the clock of this machine.';
  }

  if (/has expired/.test(reason)) {
    return 'The certificate must be renewed on the server. Also check the clock of this machine.';
  }

  if (/another host/.test(reason)) {
    return 'Use the host name that the certificate was issued for.';
  }

  return /TLS handshake/.test(reason)
    ? 'If the server uses plain HTTP, write http:// in its URL.'
    : 'If it was issued by a private CA, set ZENML_STORE_VERIFY_SSL=/path/ca.pem.';
};

/** Explains a failure in one sentence that says what happened and one that says what to do. */
export const explainFailure = (failure: Failure, context: ExplainContext): Explanation => {
  const {serverUrl, serverOrigin} = context;
  switch (failure.kind) {
    case 'unreachable':
      return {
        message: `Cannot reach ${serverUrl}${formatDetailEnding(failure.reason)}`,
        hint: `Check that the server is running and the URL (from ${serverOrigin}) is right.${suggestLocalServer(serverUrl)}`,
      };
    case 'timed-out':
      return {
        message: `${serverUrl} did not respond within ${Math.round(failure.afterMs / 1000)} s.`,
        hint: 'Try again, or raise the timeout: ZENML_STORE_HTTP_TIMEOUT=60.',
      };
    case 'untrusted':
      return {
        message: `The certificate of ${failure.host} is not trusted${formatDetailEnding(failure.reason)}`,
        hint: explainDistrust(failure.reason),
      };
    case 'not-signed-in':
      return {
        message: `${serverUrl} rejected the credentials${formatDetailEnding(failure.detail)}`,
        hint: explainSignIn(context),
      };
    case 'forbidden':
      return {
        message: `${serverUrl} denied access${formatDetailEnding(failure.detail)}`,
        hint: `Ask for permission, or sign in with another account: \`zenml login ${serverUrl}\`.`,
      };
    case 'not-found':
      return {
        message: `Not found on ${serverUrl}${formatDetailEnding(failure.detail)}`,
        hint: 'Check the name or ID, and the project (--project NAME).',
      };
    case 'no-route':
      return {
        message: `${serverUrl} responds, but has no /api/v1/${failure.path} endpoint.`,
        hint: 'Check the path of the URL. zentop needs ZenML 0.80 or later; see `zentop doctor`.',
      };
    case 'not-zenml': {
      const isPage = /html/i.test(failure.contentType);
      const answer = isPage ? 'a web page' : failure.contentType || 'something else';
      return {
        message: `${serverUrl} returned ${answer} instead of the ZenML API. Check the path.`,
        hint: `Use the same URL as for \`zenml login\` (this one is from ${serverOrigin}).`,
      };
    }
    case 'malformed':
      return {
        message: `Could not parse the response of ${serverUrl} to ${failure.where}.`,
        hint: 'A proxy may be rewriting responses; `zentop doctor` shows the server version.',
      };
    case 'too-large':
      return {
        message: `The response of ${serverUrl} exceeds ${formatMegabytes(failure.limitBytes)}.`,
        hint: 'Narrow it down to one run (`zentop RUN`) or one pipeline (--pipeline NAME).',
      };
    case 'refused':
      return explainRefusal(failure, serverUrl);
  }
};

export const failWithFailure = (failure: Failure, context: ExplainContext) => {
  const {message, hint} = explainFailure(failure, context);
  return failWith({message, hint, exitCode: 4, candidates: [], failure});
};
