import type {Instant} from '../domain/instant.js';
import type {Secret} from './secret.js';

/** An access token. `usableUntil` is its expiry minus the leeway; `undefined` means that it never expires. */
export type Token = {readonly secret: Secret; readonly usableUntil: Instant | undefined};

export const getTokenUsableUntil = (expiresAt: Instant | undefined, leewayMs: number): Instant | undefined =>
  expiresAt === undefined ? undefined : expiresAt - leewayMs;

export const isUsable = (token: Token, now: Instant): boolean =>
  token.usableUntil === undefined || now < token.usableUntil;

const hourMs = 3_600_000;

/**
 * How long before its expiry a fetched token is no longer used: as in ZenML's client 30 s for tokens valid for less than an
 * hour, else a twentieth of their lifetime. At most half the lifetime, so that a token valid only for seconds is used at all.
 */
export const getLeewayMs = (lifetimeMs: number): number =>
  Math.min(lifetimeMs < hourMs ? 30_000 : lifetimeMs / 20, lifetimeMs / 2);
