import * as v from 'valibot';
import type {Instant} from '../domain/instant.js';
import type {Result} from '../domain/result.js';
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

const loginSchema = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  expires_in: v.fallback(v.optional(v.pipe(v.number(), v.minValue(0))), undefined),
});

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
  const answer = decodeAnswer(path, await transport(request, signal), body => {
    const parsed = v.safeParse(loginSchema, body);
    return parsed.success ? parsed.output : undefined;
  });
  if (!answer.ok) {
    return answer;
  }

  const {access_token: token, expires_in: seconds} = answer.value;
  return {
    ok: true,
    value: {token, expiresAt: seconds === undefined ? undefined : answer.timing.answeredAt + seconds * 1000},
  };
};
