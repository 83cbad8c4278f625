import {findControlPlane, findLogin, type StoredLogin} from './credentials-file.js';
import {Secret} from './secret.js';
import {createSourced, createSourcedIfSet, type Sourced} from './sourced.js';
import type {StoreFields} from './store-fields.js';
import type {Token} from './usable-token.js';

/** What zentop signs in with to get a token. */
export type Grant =
  | {readonly kind: 'api-key'; readonly key: Secret}
  | {readonly kind: 'password'; readonly username: string; readonly password: Secret}
  | ProGrant;

/** The session with the ZenML Pro control plane that a workspace belongs to: an API key, or a token from the browser. */
type ProGrant = {
  readonly kind: 'pro';
  readonly controlPlaneUrl: string;
  readonly token: Token | undefined;
  readonly key: Secret | undefined;
};

/** The credentials for one server: a token to use at once, and what to sign in with once it is no longer valid. */
export type Identity = {
  readonly token: Sourced<Token> | undefined;
  readonly grant: Sourced<Grant> | undefined;
  readonly isPro: boolean;
};

/** What a flag, variable or config.yaml says; it takes precedence over `credentials.yaml`. */
export type ExplicitIdentity = {readonly token: Sourced<Token> | undefined; readonly grant: Sourced<Grant> | undefined};

const createPasswordGrant = (username: string, password: Secret): Grant => ({kind: 'password', username, password});

/** The explicit identity of a store. An API key takes precedence over a password; a missing password is an empty one. */
export const getExplicitIdentity = (flagKey: Sourced<Secret> | undefined, fields: StoreFields): ExplicitIdentity => {
  if (flagKey !== undefined) {
    return {token: undefined, grant: createSourced(flagKey.origin, {kind: 'api-key', key: flagKey.value})};
  }

  const {apiKey, apiToken, username, password} = fields;
  const grant: Sourced<Grant> | undefined = apiKey
    ? createSourced(apiKey.origin, {kind: 'api-key', key: apiKey.value})
    : username &&
      createSourced(username.origin, createPasswordGrant(username.value, password?.value ?? new Secret('')));
  return {
    token: apiToken && createSourced(apiToken.origin, {secret: apiToken.value, usableUntil: undefined}),
    grant,
  };
};

const getStoredGrant = (login: StoredLogin, controlPlane: StoredLogin | undefined): Grant | undefined => {
  if (login.apiKey !== undefined) {
    return {kind: 'api-key', key: login.apiKey};
  }

  if (login.username !== undefined && login.password !== undefined) {
    return createPasswordGrant(login.username, login.password);
  }

  return controlPlane === undefined
    ? undefined
    : {kind: 'pro', controlPlaneUrl: controlPlane.serverUrl, token: controlPlane.token, key: controlPlane.apiKey};
};

const isSameGrant = (a: Grant, b: Grant | undefined): boolean => {
  if (a.kind === 'api-key') {
    return b?.kind === 'api-key' && a.key.equals(b.key);
  }

  if (a.kind === 'pro') {
    return b?.kind === 'pro' && a.controlPlaneUrl === b.controlPlaneUrl;
  }

  return b?.kind === 'password' && a.username === b.username && a.password.equals(b.password);
};

/**
 * Merges the explicit and the stored identity. An explicit key or password that differs from the stored one belongs to
 * another account, in which case the stored token is not used.
 */
export const mergeIdentity = (
  explicit: ExplicitIdentity,
  logins: readonly StoredLogin[],
  {serverUrl, credentialsPath}: {readonly serverUrl: string; readonly credentialsPath: string},
): Identity => {
  const login = findLogin(logins, serverUrl);
  const isPro = login?.isPro ?? false;
  // Only a workspace that ZenML's own client has stored gets a Pro token, never a server that merely claims to be one.
  const storedGrant = login && getStoredGrant(login, isPro ? findControlPlane(logins, login) : undefined);
  const grant = explicit.grant ?? createSourcedIfSet(credentialsPath, storedGrant);
  const isSameAccount = explicit.grant === undefined || isSameGrant(explicit.grant.value, storedGrant);
  const token = explicit.token ?? (isSameAccount ? createSourcedIfSet(credentialsPath, login?.token) : undefined);
  return {token, grant, isPro};
};
