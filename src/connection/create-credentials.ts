import type {Credentials} from '../api/credentials.js';
import type {ApiGrant, AccessToken as ApiToken} from '../api/sign-in.js';
import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {fail, type Result, succeed} from '../domain/result.js';
import type {Grant, Identity} from './identity.js';
import {Secret} from './secret.js';
import {shareWork} from './shared-work.js';
import {createSignInPace} from './sign-in-pace.js';
import {getLeewayMs, getTokenUsableUntil, isUsable, type Token} from './usable-token.js';

type CredentialsOptions = {
  readonly identity: Identity;
  readonly now: () => Instant;
  /** Exchanges a grant for a token. */
  readonly signIn: (grant: ApiGrant, signal: AbortSignal) => Promise<Result<ApiToken>>;
  /** Exchanges an API key for a token of the ZenML Pro control plane at `url`. */
  readonly signInToControlPlane: (url: string, key: string, signal: AbortSignal) => Promise<Result<ApiToken>>;
  /** The server's `auth_scheme`. */
  readonly fetchAuthScheme: (signal: AbortSignal) => Promise<Result<string | undefined>>;
  /** The identity that is on disk now; `undefined` if the file has not changed since it was last read. */
  readonly reload: () => Promise<Identity | undefined>;
};

/** The value of the header, and until when it may be used. */
type AuthorizationHeader = {
  readonly header: Secret;
  readonly usableUntil: Instant | undefined;
};

const expiredTokenFailure: Failure = {kind: 'not-signed-in', cause: 'expired', detail: 'the stored token has expired'};

const createBearerHeader = ({secret, usableUntil}: Token): AuthorizationHeader => ({
  header: new Secret(`Bearer ${secret.reveal()}`),
  usableUntil,
});

const createBasicHeader = (username: string, password: Secret): AuthorizationHeader => ({
  header: new Secret(`Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`),
  usableUntil: undefined,
});

const expiredProFailure: Failure = {
  kind: 'not-signed-in',
  cause: 'expired',
  detail: 'the ZenML Pro session has expired',
};

/** The grant as it is sent: for a Pro workspace, a token of its control plane, which may have to be fetched first. */
const resolveGrant = async (
  grant: Grant,
  {now, signInToControlPlane}: CredentialsOptions,
  signal: AbortSignal,
): Promise<Result<ApiGrant>> => {
  switch (grant.kind) {
    case 'api-key':
      return succeed({kind: 'api-key', key: grant.key.reveal()});

    case 'password':
      return succeed({kind: 'password', username: grant.username, password: grant.password.reveal()});

    case 'pro': {
      const {controlPlaneUrl, token, key} = grant;
      if (token !== undefined && isUsable(token, now())) {
        return succeed({kind: 'pro-token', token: token.secret.reveal()});
      }

      const fetched = key && (await signInToControlPlane(controlPlaneUrl, key.reveal(), signal));
      if (fetched === undefined) {
        return fail(expiredProFailure);
      }

      return fetched.ok ? succeed({kind: 'pro-token', token: fetched.value.token}) : fetched;
    }
  }
};

type PacedCredentials = Credentials & {
  /** Allows the next attempt to sign in at once, however recently one has failed. */
  readonly retrySignIn: () => void;
};

/** The failure with the time of the next attempt, so that the screen can announce it. */
const withNextSignIn = (failure: Failure, nextSignInAt: Instant | undefined): Failure =>
  failure.kind === 'not-signed-in' && nextSignInAt !== undefined ? {...failure, nextSignInAt} : failure;

/**
 * Keeps zentop signed in to one server. A stored token is sent while it is valid; otherwise one that `zenml login` has
 * stored in the meantime; otherwise zentop signs in with the API key, the password or the ZenML Pro session, and keeps the token in
 * memory. Calls made while a token is being renewed share that renewal. Attempts to sign in are spaced (see `createSignInPace`).
 */
export const createCredentials = (options: CredentialsOptions): PacedCredentials => {
  let {identity} = options;
  let current = identity.token && createBearerHeader(identity.token.value);
  const pace = createSignInPace(options.now);
  // Whether the server needs no sign-in.
  let isOpen = false;

  const isGood = (candidate: AuthorizationHeader | undefined, rejected: string | undefined): boolean =>
    candidate !== undefined &&
    (candidate.usableUntil === undefined || options.now() < candidate.usableUntil) &&
    candidate.header.reveal() !== rejected;

  const reloadIdentity = async (rejected: string | undefined): Promise<boolean> => {
    const newIdentity = await options.reload();
    if (newIdentity === undefined) {
      return false;
    }

    identity = newIdentity;
    pace.forget();
    const storedHeader =
      newIdentity.token && isUsable(newIdentity.token.value, options.now())
        ? createBearerHeader(newIdentity.token.value)
        : undefined;
    if (!isGood(storedHeader, rejected)) {
      return false;
    }

    current = storedHeader;
    return true;
  };

  const signIn = async (grant: Grant, signal: AbortSignal): Promise<Result<boolean>> => {
    const scheme = await options.fetchAuthScheme(signal);
    if (!scheme.ok) {
      return scheme;
    }

    if (scheme.value === 'NO_AUTH') {
      isOpen = true;
      return succeed(false);
    }

    if (scheme.value === 'HTTP_BASIC' && grant.kind === 'password') {
      current = createBasicHeader(grant.username, grant.password);
      return succeed(true);
    }

    const resolved = await resolveGrant(grant, options, signal);
    const response = resolved.ok ? await options.signIn(resolved.value, signal) : resolved;
    pace.record(response.ok ? undefined : response.failure);
    if (!response.ok) {
      return fail(withNextSignIn(response.failure, pace.getNextAt()));
    }

    const now = options.now();
    const {token, expiresAt} = response.value;
    const leewayMs = expiresAt === undefined ? 0 : getLeewayMs(expiresAt - now);
    current = createBearerHeader({secret: new Secret(token), usableUntil: getTokenUsableUntil(expiresAt, leewayMs)});
    return succeed(true);
  };

  /** Whether renewing cannot help, because a password was rejected, or a token that was issued only just now. */
  const isHopeless = (rejected: string | undefined): boolean =>
    current !== undefined &&
    current.header.reveal() === rejected &&
    (rejected.startsWith('Basic ') || pace.isTooSoon());

  /** Whether there is now a header other than `rejected`. */
  const obtain = shareWork(async (signal, rejected: string | undefined): Promise<Result<boolean>> => {
    if (isGood(current, rejected) || (await reloadIdentity(rejected))) {
      return succeed(true);
    }

    const failure = pace.getLastFailure();
    if (failure !== undefined && pace.isTooSoon()) {
      return fail(withNextSignIn(failure, pace.getNextAt()));
    }

    return identity.grant === undefined || isHopeless(rejected) ? succeed(false) : signIn(identity.grant.value, signal);
  });

  return {
    retrySignIn: pace.forget,
    getAuthorization: async signal => {
      if (isOpen || (current === undefined && identity.grant === undefined)) {
        return succeed(undefined);
      }

      const obtained = isGood(current, undefined) ? succeed(true) : await obtain(signal, undefined);
      if (!obtained.ok) {
        return obtained;
      }

      return obtained.value || isOpen
        ? succeed(obtained.value ? current?.header.reveal() : undefined)
        : fail(expiredTokenFailure);
    },
    renew: async (rejected, signal) => {
      // A server without sign-in may have been restarted with it.
      isOpen = false;
      return isGood(current, rejected) ? succeed(true) : obtain(signal, rejected);
    },
  };
};
