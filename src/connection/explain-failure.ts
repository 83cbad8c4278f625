import type {Failure} from '../domain/failure.js';
import {failWithServerError} from './problem.js';
import type {ConnectionSettings} from './settings.js';

/** What a sentence about a failure can name. */
export type ExplainContext = {
  readonly serverUrl: string;
  readonly serverOrigin: string;
  /** Where the key, password or token came from; `undefined` where there is none. */
  readonly loginOrigin: string | undefined;
};

export type Explanation = {readonly what: string; readonly way: string};

export const getExplainContext = ({serverUrl, identity}: ConnectionSettings): ExplainContext => ({
  serverUrl: serverUrl.value,
  serverOrigin: serverUrl.origin,
  loginOrigin: identity.grant?.origin ?? identity.token?.origin,
});

/** Text of the server as the end of a sentence of ours. */
const formatDetailEnding = (detail: string): string => {
  const plain = detail.trim().replace(/\.+$/, '');
  return plain === '' ? '.' : `: ${plain}.`;
};

const formatMegabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

const isSetByUser = (origin: string | undefined): origin is string =>
  origin !== undefined && (origin.startsWith('ZENML_') || origin.startsWith('flag'));

const explainSignIn = ({serverUrl, loginOrigin}: ExplainContext): string =>
  isSetByUser(loginOrigin)
    ? `Check ${loginOrigin}, or take it away and run \`zenml login ${serverUrl}\`.`
    : `Run \`zenml login ${serverUrl}\`.`;

const explainRefusal = (failure: Failure & {kind: 'refused'}, serverUrl: string): Explanation => {
  const {status, detail, requestId, retryAfterMs} = failure;
  const mark = requestId === undefined ? '' : ` (X-Request-ID ${requestId})`;
  const what = `${serverUrl} answered with error ${status}${mark}${formatDetailEnding(detail)}`;
  if (status === 429) {
    const pause = retryAfterMs === undefined ? 'a minute' : `${Math.ceil(retryAfterMs / 1000)} s`;
    return {what, way: `Too much was asked of it: try again in ${pause}.`};
  }

  if (status >= 300 && status < 400) {
    return {what, way: 'Name the address that it sends on to: `zentop --server URL`.'};
  }

  return {
    what,
    way:
      status >= 500
        ? 'Try again; if it stays so, look at the log of the server.'
        : 'Is it a ZenML server of version 0.80 or later? `zentop doctor` tells.',
  };
};

/** A failure as one sentence that says what happened and one that says what to do. */
export const explainFailure = (failure: Failure, context: ExplainContext): Explanation => {
  const {serverUrl, serverOrigin} = context;
  switch (failure.kind) {
    case 'unreachable':
      return {
        what: `${serverUrl} cannot be reached${formatDetailEnding(failure.reason)}`,
        way: `Is the server running, and is the address from ${serverOrigin} right? \`zentop --server URL\` asks another.`,
      };
    case 'timed-out':
      return {
        what: `${serverUrl} did not answer within ${Math.round(failure.afterMs / 1000)} s.`,
        way: 'Try again, or allow it more time: ZENML_STORE_HTTP_TIMEOUT=60.',
      };
    case 'untrusted':
      return {
        what: `The certificate of ${failure.host} is not trusted${formatDetailEnding(failure.reason)}`,
        way: 'Where it comes from an authority of your own, name that: ZENML_STORE_VERIFY_SSL=/path/ca.pem.',
      };
    case 'not-signed-in':
      return {
        what: `${serverUrl} does not let us in${formatDetailEnding(failure.detail)}`,
        way: explainSignIn(context),
      };
    case 'forbidden':
      return {
        what: `${serverUrl} does not allow this${formatDetailEnding(failure.detail)}`,
        way: `Ask for the right to see it, or sign in as somebody who has it: \`zenml login ${serverUrl}\`.`,
      };
    case 'not-found':
      return {
        what: `${serverUrl} does not know what was asked for${formatDetailEnding(failure.detail)}`,
        way: 'Check the name or id, and the project (`--project NAME`).',
      };
    case 'no-route':
      return {
        what: `${serverUrl} answers, but has no /api/v1/${failure.path}.`,
        way: 'Is it a ZenML server of version 0.80 or later, and is the path right? `zentop doctor` tells.',
      };
    case 'not-zenml': {
      const isPage = /html/i.test(failure.contentType);
      const answer = isPage ? 'a web page' : failure.contentType || 'something else';
      return {
        what: `${serverUrl} answered with ${answer}, not with the ZenML API: is the path right?`,
        way: `Name the address that \`zenml login\` takes, as \`zentop --server URL\`; this one comes from ${serverOrigin}.`,
      };
    }
    case 'malformed':
      return {
        what: `${serverUrl} sent an answer to ${failure.where} that cannot be read.`,
        way: 'Is something between us and the server that changes answers? `zentop doctor` shows its version.',
      };
    case 'too-large':
      return {
        what: `${serverUrl} sent an answer of more than ${formatMegabytes(failure.limitBytes)}.`,
        way: 'Ask for less: one run (`zentop RUN`), one pipeline (`--pipeline NAME`).',
      };
    case 'refused':
      return explainRefusal(failure, serverUrl);
  }
};

export const failWithFailure = (failure: Failure, context: ExplainContext) => {
  const {what, way} = explainFailure(failure, context);
  return failWithServerError(what, way);
};
