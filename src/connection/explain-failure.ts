import type {Failure} from '../domain/failure.js';
import {formatZentopCommand} from '../domain/zentop-command.js';
import {explainProxyRefusal, explainRedirect, explainUnreachable, getDistrustHint} from './explain-network.js';
import {explainSignIn} from './explain-sign-in.js';
import type {ExplainContext, Explanation} from './explanation.js';
import {formatDetailEnding} from './format-detail-ending.js';
import {failWith} from './problem.js';
import type {ConnectionSettings} from './settings.js';

/** The context for explaining failures of the server that these settings are for. */
export const getExplainContext = ({serverUrl, identity, connectionArguments}: ConnectionSettings): ExplainContext => ({
  serverUrl: serverUrl.value,
  serverOrigin: serverUrl.origin,
  loginOrigin: identity.grant?.origin ?? identity.token?.origin,
  loginKind: identity.grant?.value.kind ?? (identity.token && 'token'),
  connectionArguments,
});

const formatMegabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

const formatElapsed = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`);

/** When to try again according to the server; its `Retry-After` may be any number. */
const formatPause = (ms: number | undefined): string => {
  if (ms === undefined) {
    return ' in a minute';
  }

  const seconds = Math.ceil(ms / 1000);
  return seconds <= 0 ? '' : seconds < 120 ? ` in ${seconds} s` : ` in ${Math.ceil(seconds / 60)} minutes`;
};

const explainRefusal = (failure: Failure & {kind: 'refused'}, context: ExplainContext): Explanation => {
  const {serverUrl, connectionArguments} = context;
  const {status, detail, requestId, retryAfterMs, redirectUrl} = failure;
  if (status >= 300 && status < 400) {
    return explainRedirect(redirectUrl, context);
  }

  const mark = requestId === undefined ? '' : ` (X-Request-ID ${requestId})`;
  const message = `${serverUrl} returned error ${status}${mark}${formatDetailEnding(detail)}`;
  if (status === 429) {
    return {message, hint: `Rate limit exceeded. Try again${formatPause(retryAfterMs)}.`};
  }

  return {
    message,
    hint:
      status >= 500
        ? 'Try again. If it persists, check the server log.'
        : `zentop needs ZenML 0.80 or later; check with \`${formatZentopCommand(['doctor'], connectionArguments)}\`.`,
  };
};

/** Explains a failure in one sentence that says what happened and one that says what to do. */
export const explainFailure = (failure: Failure, context: ExplainContext): Explanation =>
  failure.controlPlaneUrl === undefined
    ? explainServerFailure(failure, context)
    : explainControlPlaneFailure(failure, failure.controlPlaneUrl, context);

/** Explains a failure of the control plane of a workspace. Its URL comes from the same file as the credentials. */
const explainControlPlaneFailure = (
  failure: Failure,
  controlPlaneUrl: string,
  context: ExplainContext,
): Explanation => {
  const {serverUrl, serverOrigin, loginOrigin = serverOrigin} = context;
  const hint = `Check the URL of the control plane (from ${loginOrigin}), or run \`zenml login ${serverUrl}\` again.`;
  if (failure.kind === 'not-signed-in') {
    return explainSignIn(failure, context);
  }

  if (failure.kind === 'not-zenml') {
    return {message: `${controlPlaneUrl} does not respond like a ZenML Pro control plane.`, hint};
  }

  const explanation = explainServerFailure(failure, {
    ...context,
    serverUrl: controlPlaneUrl,
    serverOrigin: loginOrigin,
  });
  if (failure.kind !== 'refused' || failure.status >= 500 || failure.status === 429) {
    return explanation;
  }

  const isRedirect = failure.status < 400;
  const message = `${controlPlaneUrl} redirects to ${failure.redirectUrl ?? 'an unknown URL'}.`;
  return {message: isRedirect ? message : explanation.message, hint};
};

const explainServerFailure = (failure: Failure, context: ExplainContext): Explanation => {
  const {serverUrl, serverOrigin, connectionArguments} = context;
  const doctor = formatZentopCommand(['doctor'], connectionArguments);
  switch (failure.kind) {
    case 'unreachable':
      return explainUnreachable(failure, context);
    case 'proxy-refused':
      return explainProxyRefusal(failure, context);
    case 'timed-out':
      return {
        message: `${serverUrl} did not respond within ${formatElapsed(failure.afterMs)}.`,
        hint: 'Try again, or raise the timeout: ZENML_STORE_HTTP_TIMEOUT=60.',
      };
    case 'untrusted':
      return {
        message: `The certificate of ${failure.host} is not trusted${formatDetailEnding(failure.reason)}`,
        hint: getDistrustHint(failure.reason),
      };
    case 'not-signed-in':
      return explainSignIn(failure, context);
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
        hint: `Check the path of the URL. zentop needs ZenML 0.80 or later; see \`${doctor}\`.`,
      };
    case 'not-zenml': {
      if (failure.isSignInPage === true) {
        return {
          message: `${serverUrl} returned a sign-in page instead of the ZenML API.`,
          hint: 'zentop cannot sign in there. Use a URL or network (such as a VPN) that bypasses it.',
        };
      }

      const isPage = /html/i.test(failure.contentType);
      const response = isPage ? 'a web page' : failure.contentType || 'something else';
      return {
        message: `${serverUrl} returned ${response} instead of the ZenML API. Check the path.`,
        hint: `Use the same URL as for \`zenml login\` (this one is from ${serverOrigin}).`,
      };
    }
    case 'malformed':
      return {
        message: `Could not parse the response from ${serverUrl} to ${failure.where}.`,
        hint: `A proxy may be rewriting responses; \`${doctor}\` shows the server version.`,
      };
    case 'too-large':
      return {
        message: `The response from ${serverUrl} exceeds ${formatMegabytes(failure.limitBytes)}.`,
        hint: `Narrow it down to one run (\`${formatZentopCommand(['RUN'], connectionArguments)}\`) or one pipeline (--pipeline NAME).`,
      };
    case 'refused':
      return explainRefusal(failure, context);
  }
};

/** Fails with the explanation of a failed request: exit code 4. */
export const failWithFailure = (failure: Failure, context: ExplainContext) => {
  const {message, hint} = explainFailure(failure, context);
  return failWith({message, hint, exitCode: 4, candidates: [], failure});
};
