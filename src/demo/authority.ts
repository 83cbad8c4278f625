import {createHmac} from 'node:crypto';
import {type Answer, json, plainError, zenmlError} from './answers.js';
import {uuidFor} from './ids.js';

export type AuthOptions = {
  readonly username: string;
  readonly password: string;
  readonly apiKey?: string;
  /** How long a token is good; forever unless told, as on a real server. */
  readonly tokenLifetimeMs?: number;
};

/** Who may ask: hands out tokens and checks them. */
export type Authority = {
  readonly login: (form: URLSearchParams, now: number) => Answer;
  /** The name of the user, or the refusal. */
  readonly check: (authorization: string | undefined, now: number) => string | Answer;
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const invalid = (reason: string): Answer => zenmlError(401, 'CredentialsNotValid', `Authentication error: ${reason}`);

const invalidToken = (reason: string): Answer => invalid(`error decoding access token: Invalid JWT token: ${reason}`);

const notAuthenticated: Answer = {
  ...plainError(401, 'Not authenticated'),
  headers: {'www-authenticate': 'Bearer'},
};

const header = encode({alg: 'HS256', typ: 'JWT'});

/** A server without authentication takes whatever it is given. */
const openAuthority = (user: string, serverId: string): Authority => ({
  login: (_form, now) => json(tokenAnswer(tokenFor(user, serverId, now, undefined, 'open'), undefined)),
  check: () => user,
});

const tokenFor = (
  user: string,
  serverId: string,
  now: number,
  lifetimeMs: number | undefined,
  secret: string,
): string => {
  const expiry = lifetimeMs === undefined ? {} : {exp: (now + lifetimeMs) / 1000};
  const claims = encode({
    sub: uuidFor('subject', user),
    iss: serverId,
    aud: serverId,
    iat: now / 1000,
    ...expiry,
    user,
  });
  const signature = createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
};

const tokenAnswer = (token: string, lifetimeMs: number | undefined) => ({
  access_token: token,
  token_type: 'bearer',
  expires_in: lifetimeMs === undefined ? null : Math.round(lifetimeMs / 1000),
  refresh_token: null,
  csrf_token: null,
  scope: null,
  device_id: null,
  device_metadata: null,
});

type Claims = {readonly exp?: number; readonly user: string};

const claimsOf = (token: string, secret: string): Claims | string => {
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

export const createAuthority = (
  auth: AuthOptions | undefined,
  user: string,
  serverId: string,
  service: string,
): Authority => {
  if (!auth) {
    return openAuthority(user, serverId);
  }
  const secret = `${serverId} ${auth.password}`;
  const issue = (name: string, now: number): Answer =>
    json(tokenAnswer(tokenFor(name, serverId, now, auth.tokenLifetimeMs, secret), auth.tokenLifetimeMs));

  return {
    login: (form, now) => {
      const username = form.get('username');
      const password = form.get('password') ?? '';
      const grant = form.get('grant_type') ?? (username === null && password !== '' ? 'zenml-api-key' : 'password');
      if (!knownGrants.includes(grant)) {
        return plainError(400, `Unsupported grant type: ${grant}`);
      }
      if (grant === 'zenml-api-key') {
        const isKnown = auth.apiKey !== undefined && password === auth.apiKey;
        return isKnown ? issue(service, now) : invalid('error decoding API key');
      }
      if (username === null) {
        return plainError(400, 'Invalid request: username is required.');
      }
      const isRight = username === auth.username && password === auth.password;
      return isRight ? issue(user, now) : invalid('invalid username or password');
    },
    check: (authorization, now) => {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) {
        return notAuthenticated;
      }
      if (token === auth.apiKey) {
        return service;
      }
      const claims = claimsOf(token, secret);
      if (typeof claims === 'string') {
        return invalidToken(claims);
      }
      if (claims.exp !== undefined && claims.exp * 1000 <= now) {
        return invalidToken('Signature has expired.');
      }
      return claims.user;
    },
  };
};
