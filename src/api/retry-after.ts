import type {TransportAnswer} from './transport.js';

const maxRetryAfterMs = 24 * 3_600_000;

/** `Retry-After` of an answer in milliseconds, whether it is in seconds or a date by the server's clock. */
export const parseRetryAfterMs = ({headers, timing}: TransportAnswer): number | undefined => {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') {
    return undefined;
  }

  const waitMs = /^\d+(?:\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - (timing.serverDateAt ?? timing.answeredAt);
  return Number.isNaN(waitMs) ? undefined : Math.min(maxRetryAfterMs, Math.max(0, waitMs));
};
