import type {Failure} from '../domain/failure.js';
import type {ExplainContext, Explanation} from './explanation.js';
import {formatDetailEnding} from './format-detail-ending.js';

const isSetByUser = (origin: string | undefined): origin is string =>
  origin !== undefined && (origin.startsWith('ZENML_') || origin.startsWith('--'));

/** Explains a failure to sign in, or credentials that were rejected. */
export const explainSignIn = (failure: Failure & {kind: 'not-signed-in'}, context: ExplainContext): Explanation => {
  const {serverUrl} = context;
  return {
    message:
      failure.cause === 'no-passwords'
        ? `${serverUrl} is a ZenML Pro workspace, which accepts no passwords.`
        : `${failure.controlPlaneUrl ?? serverUrl} rejected the credentials${formatDetailEnding(failure.detail)}`,
    hint: getSignInHint(failure, context),
  };
};

const getSignInHint = ({cause}: Failure & {kind: 'not-signed-in'}, context: ExplainContext): string => {
  const {serverUrl, loginKind, loginOrigin} = context;
  if (cause === 'no-passwords') {
    return `Run \`zenml login ${serverUrl}\`, or use an API key (--api-key-file FILE).`;
  }

  if (loginKind === 'password') {
    return isSetByUser(loginOrigin)
      ? 'Check ZENML_STORE_USERNAME and ZENML_STORE_PASSWORD.'
      : `Check the user name and password in ${loginOrigin}, or run \`zenml login ${serverUrl}\`.`;
  }

  if (isSetByUser(loginOrigin)) {
    return `Check ${loginOrigin}, or drop it and run \`zenml login ${serverUrl}\`.`;
  }

  // Without --refresh, `zenml login` keeps a stored session that has not expired.
  return (loginKind === 'token' || loginKind === 'pro') && cause !== 'expired'
    ? `The session may have been revoked. Run \`zenml login ${serverUrl} --refresh\`.`
    : `Run \`zenml login ${serverUrl}\`.`;
};
