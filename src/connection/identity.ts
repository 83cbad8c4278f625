import type {StoredLogin} from './credentials-file.js';
import {Secret} from './secret.js';
import {createSourced, createSourcedIfSet, type Sourced} from './sourced.js';
import type {StoreFields} from './store-fields.js';
import type {Token} from './usable-token.js';

/** What a token is asked for with. */
export type Grant =
  | {readonly kind: 'api-key'; readonly key: Secret}
  | {readonly kind: 'password'; readonly username: string; readonly password: Secret};

/** Who we are to one server: a token to go in with at once, and what to sign in with when it is no longer good. */
export type Identity = {
  readonly token: Sourced<Token> | undefined;
  readonly grant: Sourced<Grant> | undefined;
  readonly isPro: boolean;
};

/** What was said by flag, variable or config.yaml, and so holds whatever `credentials.yaml` says. */
export type ExplicitIdentity = {readonly token: Sourced<Token> | undefined; readonly grant: Sourced<Grant> | undefined};

const createPasswordGrant = (username: string, password: Secret): Grant => ({kind: 'password', username, password});

/** The stated identity of a store. An API key goes before a password; a user without password has an empty one. */
export const getExplicitIdentity = (keyOfFlag: Sourced<Secret> | undefined, fields: StoreFields): ExplicitIdentity => {
  if (keyOfFlag !== undefined) {
    return {token: undefined, grant: createSourced(keyOfFlag.origin, {kind: 'api-key', key: keyOfFlag.value})};
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

const getStoredGrant = (login: StoredLogin): Grant | undefined => {
  if (login.apiKey !== undefined) {
    return {kind: 'api-key', key: login.apiKey};
  }

  return login.username !== undefined && login.password !== undefined
    ? createPasswordGrant(login.username, login.password)
    : undefined;
};

const isSameGrant = (a: Grant, b: Grant | undefined): boolean => {
  if (a.kind === 'api-key') {
    return b?.kind === 'api-key' && a.key.equals(b.key);
  }

  return b?.kind === 'password' && a.username === b.username && a.password.equals(b.password);
};

/**
 * What is stated and what is stored, put together. A stated key or password that differs from the stored one is another
 * account: the stored token then is not ours.
 */
export const mergeIdentity = (
  stated: ExplicitIdentity,
  login: StoredLogin | undefined,
  credentialsPath: string,
): Identity => {
  const isPro = login?.isPro ?? false;
  const ofFile = login && getStoredGrant(login);
  const grant = stated.grant ?? createSourcedIfSet(credentialsPath, ofFile);
  const isOurs = stated.grant === undefined || isSameGrant(stated.grant.value, ofFile);
  const token = stated.token ?? (isOurs ? createSourcedIfSet(credentialsPath, login?.token) : undefined);
  return {token, grant, isPro};
};
