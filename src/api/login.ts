import type {Instant} from '../domain/instant.js';
import type {Result} from '../domain/result.js';
import {decodeSecondsAsMs} from './decode/time.js';
import {decodeRecord, decodeText} from './decode/wire.js';
import {decodeAnswer} from './send-request.js';
import type {Transport, TransportRequest} from './transport.js';

/** What proves who we are. */
export type ApiGrant =
  | {readonly kind: 'password'; readonly username: string; readonly password: string}
  | {readonly kind: 'api-key'; readonly key: string};

export type AccessToken = {
  readonly token: string;
  /** By our clock; `undefined`: it never expires, as is the default of servers that are not Pro. */
  readonly expiresAt: Instant | undefined;
};

const buildLoginForm = (grant: ApiGrant): NonNullable<TransportRequest['form']> =>
  grant.kind === 'password'
    ? {grant_type: 'password', username: grant.username, password: grant.password}
    : {grant_type: 'zenml-api-key', password: grant.key};

/**
 * Changes a password or API key into a token. An API key would do as a token itself, but costs the server most of a
 * second for each request. Fails with `not-signed-in` where it is wrong.
 */
export const signIn = async (
  transport: Transport,
  grant: ApiGrant,
  signal: AbortSignal,
): Promise<Result<AccessToken>> => {
  const path = 'login';
  const request = {method: 'POST', path, query: [], form: buildLoginForm(grant), authorization: undefined} as const;
  const answer = decodeAnswer(path, await transport(request, signal), decodeGrantedToken);
  if (!answer.ok) {
    return answer;
  }

  const {token, lifetimeMs} = answer.value;
  const expiresAt = lifetimeMs === undefined ? undefined : answer.timing.answeredAt + lifetimeMs;
  return {ok: true, value: {token, expiresAt}};
};

const decodeGrantedToken = (whole: unknown) => {
  const body = decodeRecord(whole);
  // Not `decodeWord`, which limits the length.
  const token = decodeText(body['access_token']);
  return token === undefined || token === '' ? undefined : {token, lifetimeMs: decodeSecondsAsMs(body['expires_in'])};
};
