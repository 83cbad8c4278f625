import {createHmac} from 'node:crypto';
import {type Authenticator, type AuthenticatorNames, buildTokenResponse} from '../../src/demo/authenticator.js';
import {buildPlainError, buildZenmlError, type DemoResponse} from '../../src/demo/responses.js';

export type AuthOptions = {
  readonly username: string;
  readonly password: string;
  readonly apiKey?: string;
  /** By default a token never expires, as on a real server. */
  readonly tokenLifetimeMs?: number;
};

const buildCredentialsError = (reason: string): DemoResponse =>
  buildZenmlError(401, 'CredentialsNotValid', `Authentication error: ${reason}`);

const buildTokenError = (reason: string): DemoResponse =>
  buildCredentialsError(`error decoding access token: Invalid JWT token: ${reason}`);

const notAuthenticatedResponse: DemoResponse = {
  ...buildPlainError(401, 'Not authenticated'),
  headers: {'www-authenticate': 'Bearer'},
};

type TokenClaims = {readonly exp?: number; readonly user: string};

/** The claims of a token, or why it is refused. */
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

/**
 * Returns a function that creates the authenticator of a server. The server accepts one user with a password and, optionally, one
 * service account with an API key.
 */
export const createPasswordAuthenticator =
  (auth: AuthOptions) =>
  ({user, service, serverId}: AuthenticatorNames): Authenticator => {
    const secret = `${serverId} ${auth.password}`;
    const issueToken = (name: string, now: number): DemoResponse =>
      buildTokenResponse({user: name, serverId, now, lifetimeMs: auth.tokenLifetimeMs, secret});

    return {
      isOpen: false,
      login: (form, now) => {
        const username = form.get('username');
        const password = form.get('password') ?? '';
        const grant = form.get('grant_type') ?? (username === null && password !== '' ? 'zenml-api-key' : 'password');
        if (!knownGrants.includes(grant)) {
          return buildPlainError(400, `Unsupported grant type: ${grant}`);
        }

        if (grant === 'zenml-api-key') {
          const isKnown = auth.apiKey !== undefined && password === auth.apiKey;
          return isKnown ? issueToken(service, now) : buildCredentialsError('error decoding API key');
        }

        if (username === null) {
          return buildPlainError(400, 'Invalid request: username is required.');
        }

        const isRight = username === auth.username && password === auth.password;
        return isRight ? issueToken(user, now) : buildCredentialsError('invalid username or password');
      },
      check: (authorization, now) => {
        const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
        if (token === undefined) {
          return notAuthenticatedResponse;
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
