import net from 'node:net';

/**
 * Node connects to the addresses of a host in turn and drops an attempt after 250 ms, which is too short for a slow link: if the
 * other addresses have no route, no connection is ever made.
 */
const firstAttemptMs = 500;
const maxAttemptMs = 4000;

let attemptMs = firstAttemptMs;

/** Sets how long Node tries one of several addresses of a host before it tries the next. */
export const limitConnectAttempts = (): void => net.setDefaultAutoSelectFamilyAttemptTimeout(attemptMs);

/** Doubles the time for each address, for all later connections. Returns false if it has reached its maximum. */
export const prolongConnectAttempts = (): boolean => {
  if (attemptMs >= maxAttemptMs) {
    return false;
  }

  attemptMs *= 2;
  limitConnectAttempts();
  return true;
};

/** Whether no address of a host was reached, and at least one attempt was dropped before it could have failed by itself. */
export const hasDroppedAttempt = (error: unknown): boolean =>
  error instanceof AggregateError &&
  error.errors.some(each => each instanceof Error && 'code' in each && each.code === 'ETIMEDOUT');
