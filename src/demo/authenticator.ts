import {createHmac} from 'node:crypto';
import {deriveUuid} from './derived-ids.js';
import {buildJsonReply, buildPlainError, buildZenmlError, type DemoReply} from './replies.js';

export type AuthOptions = {
  readonly username: string;
  readonly password: string;
  readonly apiKey?: string;
  /** How long a token is good; forever unless told, as on a real server. */
  readonly tokenLifetimeMs?: number;
};

/** Who may ask: hands out tokens and checks them. */
export type Authenticator = {
  readonly login: (form: URLSearchParams, now: number) => DemoReply;
  /** The name of the user, or the refusal. */
  readonly check: (authorization: string | undefined, now: number) => string | DemoReply;
};

const encodeTokenPart = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const buildCredentialsError = (reason: string): DemoReply =>
  buildZenmlError(401, 'CredentialsNotValid', `Authentication error: ${reason}`);

const buildTokenError = (reason: string): DemoReply =>
  buildCredentialsError(`error decoding access token: Invalid JWT token: ${reason}`);

const notAuthenticatedReply: DemoReply = {
  ...buildPlainError(401, 'Not authenticated'),
  headers: {'www-authenticate': 'Bearer'},
};

const tokenHeader = encodeTokenPart({alg: 'HS256', typ: 'JWT'});

/** A server without authentication takes whatever it is given. */
const createOpenAuthenticator = (user: string, serverId: string): Authenticator => ({
  login: (_form, now) => buildJsonReply(buildTokenBody(signToken(user, serverId, now, undefined, 'open'), undefined)),
  check: () => user,
});

const signToken = (
  user: string,
  serverId: string,
  now: number,
  lifetimeMs: number | undefined,
  secret: string,
): string => {
  const expiry = lifetimeMs === undefined ? {} : {exp: (now + lifetimeMs) / 1000};
  const claims = encodeTokenPart({
    sub: deriveUuid('subject', user),
    iss: serverId,
    aud: serverId,
    iat: now / 1000,
    ...expiry,
    user,
  });
  const signature = createHmac('sha256', secret).update(`${tokenHeader}.${claims}`).digest('base64url');
  return `${tokenHeader}.${claims}.${signature}`;
};

const buildTokenBody = (token: string, lifetimeMs: number | undefined) => ({
  access_token: token,
  token_type: 'bearer',
  expires_in: lifetimeMs === undefined ? null : Math.round(lifetimeMs / 1000),
  refresh_token: null,
  csrf_token: null,
  scope: null,
  device_id: null,
  device_metadata: null,
});

type TokenClaims = {readonly exp?: number; readonly user: string};

const decodeToken = (token: string, secret: string): TokenClaims | string => {
  const [head = '', claims, signature] = token.split('.');
  if (claims === undefined || signature === undefined) {
    return 'Not enough segments.';
  }
  const expected = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
  if (signature !== expected) {
    return 'Signature verification failed.';
  }
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
};

const knownGrants = ['password', 'zenml-api-key', 'urn:ietf:params:oauth:grant-type:device_code', 'zenml-external'];

export const createAuthenticator = (
  auth: AuthOptions | undefined,
  user: string,
  serverId: string,
  service: string,
): Authenticator => {
  if (!auth) {
    return createOpenAuthenticator(user, serverId);
  }
  const secret = `${serverId} ${auth.password}`;
  const issue = (name: string, now: number): DemoReply =>
    buildJsonReply(buildTokenBody(signToken(name, serverId, now, auth.tokenLifetimeMs, secret), auth.tokenLifetimeMs));

  return {
    login: (form, now) => {
      const username = form.get('username');
      const password = form.get('password') ?? '';
      const grant = form.get('grant_type') ?? (username === null && password !== '' ? 'zenml-api-key' : 'password');
      if (!knownGrants.includes(grant)) {
        return buildPlainError(400, `Unsupported grant type: ${grant}`);
      }
      if (grant === 'zenml-api-key') {
        const isKnown = auth.apiKey !== undefined && password === auth.apiKey;
        return isKnown ? issue(service, now) : buildCredentialsError('error decoding API key');
      }
      if (username === null) {
        return buildPlainError(400, 'Invalid request: username is required.');
      }
      const isRight = username === auth.username && password === auth.password;
      return isRight ? issue(user, now) : buildCredentialsError('invalid username or password');
    },
    check: (authorization, now) => {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) {
        return notAuthenticatedReply;
      }
      if (token === auth.apiKey) {
        return service;
      }
      const claims = decodeToken(token, secret);
      if (typeof claims === 'string') {
        return buildTokenError(claims);
      }
      if (claims.exp !== undefined && claims.exp * 1000 <= now) {
        return buildTokenError('Signature has expired.');
      }
      return claims.user;
    },
  };
};
