import {createHmac} from 'node:crypto';
import {deriveUuid} from './derived-ids.js';
import {buildJsonResponse, type DemoResponse} from './responses.js';

/** Hands out tokens and checks them. */
export type Authenticator = {
  /** Whether it accepts every request, with or without a token. */
  readonly isOpen: boolean;
  readonly login: (form: URLSearchParams, now: number) => DemoResponse;
  /** The name of the user, or the refusal to send. */
  readonly check: (authorization: string | undefined, now: number) => string | DemoResponse;
};

/** The user and the service account of a scenario, and the server that issues their tokens. */
export type AuthenticatorNames = {readonly user: string; readonly service: string; readonly serverId: string};

type TokenOptions = {
  readonly user: string;
  readonly serverId: string;
  readonly now: number;
  /** `undefined` for a token that never expires. */
  readonly lifetimeMs: number | undefined;
  readonly secret: string;
};

const encodeTokenPart = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const tokenHeader = encodeTokenPart({alg: 'HS256', typ: 'JWT'});

const signToken = ({user, serverId, now, lifetimeMs, secret}: TokenOptions): string => {
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

/** The response to a successful `POST /login`. */
export const buildTokenResponse = (options: TokenOptions): DemoResponse =>
  buildJsonResponse({
    access_token: signToken(options),
    token_type: 'bearer',
    expires_in: options.lifetimeMs === undefined ? null : Math.round(options.lifetimeMs / 1000),
    refresh_token: null,
    csrf_token: null,
    scope: null,
    device_id: null,
    device_metadata: null,
  });

/** A server without authentication accepts any credentials, or none. */
export const createOpenAuthenticator = ({user, serverId}: AuthenticatorNames): Authenticator => ({
  isOpen: true,
  login: (_form, now) => buildTokenResponse({user, serverId, now, lifetimeMs: undefined, secret: 'open'}),
  check: () => user,
});
