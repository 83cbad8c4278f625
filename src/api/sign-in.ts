import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {fail, type Result, succeed} from '../domain/result.js';
import {decodeSecondsAsMs} from './decode/time.js';
import {decodeRecord, decodeText} from './decode/wire.js';
import {decodeResponse} from './send-request.js';
import type {Transport, TransportRequest} from './transport.js';

/** What authenticates the user. */
export type ApiGrant =
  | {readonly kind: 'password'; readonly username: string; readonly password: string}
  | {readonly kind: 'api-key'; readonly key: string}
  /** The token of the ZenML Pro control plane that a workspace belongs to. */
  | {readonly kind: 'pro-token'; readonly token: string};

export type AccessToken = {
  readonly token: string;
  /** By the local clock; `undefined` if it never expires, the default of servers that are not Pro. */
  readonly expiresAt: Instant | undefined;
};

type LoginRequest = {
  readonly form: NonNullable<TransportRequest['form']>;
  readonly authorization: string | undefined;
};

const buildLoginRequest = (grant: ApiGrant): LoginRequest => {
  switch (grant.kind) {
    case 'password':
      return {
        form: {grant_type: 'password', username: grant.username, password: grant.password},
        authorization: undefined,
      };

    case 'api-key':
      return {form: {grant_type: 'zenml-api-key', password: grant.key}, authorization: undefined};

    case 'pro-token':
      return {form: {grant_type: 'zenml-external'}, authorization: `Bearer ${grant.token}`};
  }
};

/**
 * Exchanges a password, an API key or a ZenML Pro token for a token of the server. An API key would also work as a token, but
 * costs the server most of a second per request. Fails with `not-signed-in` if it is rejected.
 */
export const signIn = (transport: Transport, grant: ApiGrant, signal: AbortSignal): Promise<Result<AccessToken>> =>
  requestToken(transport, 'login', buildLoginRequest(grant), signal);

/** Exchanges the API key of a ZenML Pro account for a token of the control plane; `transport` must lead there. */
export const signInToControlPlane = (
  transport: Transport,
  key: string,
  signal: AbortSignal,
): Promise<Result<AccessToken>> =>
  requestToken(transport, '/auth/login', {form: {password: key}, authorization: `Bearer ${key}`}, signal);

const requestToken = async (
  transport: Transport,
  path: string,
  login: LoginRequest,
  signal: AbortSignal,
): Promise<Result<AccessToken>> => {
  const request = {method: 'POST', path, query: [], ...login} as const;
  const response = decodeResponse(path, await transport(request, signal), decodeTokenResponse);
  if (!response.ok) {
    return fail(
      isPasswordUnsupported(response.failure)
        ? {...noPasswordsFailure, detail: response.failure.detail}
        : response.failure,
    );
  }

  if (response.value.kind === 'rejected') {
    return fail({kind: 'not-signed-in', detail: 'the server requires signing in with a browser'});
  }

  const {token, lifetimeMs} = response.value;
  const expiresAt = lifetimeMs === undefined ? undefined : response.timing.respondedAt + lifetimeMs;
  return succeed({token, expiresAt});
};

const noPasswordsFailure = {kind: 'not-signed-in', cause: 'no-passwords'} as const;

/** Whether this is how a ZenML Pro workspace responds to a password. */
const isPasswordUnsupported = (failure: Failure): failure is Failure & {kind: 'refused'} =>
  failure.kind === 'refused' && failure.status === 400 && failure.detail.startsWith('Unsupported grant type');

const decodeTokenResponse = (whole: unknown) => {
  const body = decodeRecord(whole);
  // Not `decodeWord`, which limits the length.
  const token = decodeText(body['access_token']);
  if (token !== undefined && token !== '') {
    return {kind: 'granted', token, lifetimeMs: decodeSecondsAsMs(body['expires_in'])} as const;
  }

  return decodeText(body['authorization_url']) === undefined ? undefined : ({kind: 'rejected'} as const);
};
