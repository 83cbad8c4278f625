import type {Instant} from '../domain/instant.js';
import type {Secret} from './secret.js';

/** An access token; `usableUntil` has the leeway taken off already, `undefined` means it never expires. */
export type Token = {readonly secret: Secret; readonly usableUntil: Instant | undefined};

export const getTokenUsableUntil = (expiresAt: Instant | undefined, leewayMs: number): Instant | undefined =>
  expiresAt === undefined ? undefined : expiresAt - leewayMs;

export const isUsable = (token: Token, now: Instant): boolean =>
  token.usableUntil === undefined || now < token.usableUntil;

const hourMs = 3_600_000;

/**
 * How long before its end a token we fetched is given up: by ZenML's client 30 s for tokens that live less than an hour,
 * else a twentieth. Never more than half the life, so that a very short token is used at all.
 */
export const getLeewayMs = (lifetimeMs: number): number =>
  Math.min(lifetimeMs < hourMs ? 30_000 : lifetimeMs / 20, lifetimeMs / 2);
