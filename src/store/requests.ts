import {type Failure, retryAfterMsOf} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import type {Action} from './action.js';
import type {Request, State} from './state.js';

type Requests = State['requests'];

export const reduceRequests = (requests: Requests, action: Action): Requests => {
  switch (action.type) {
    case 'news/arrived':
      return new Map(requests).set(action.key, {
        asOf: action.askedAt,
        answeredAt: action.answeredAt,
        tookMs: action.answeredAt - action.askedAt,
        failure: undefined,
        failedInARow: 0,
        jitter: 0,
      });

    case 'news/failed':
      return new Map(requests).set(action.key, stumbled(requests.get(action.key), action));

    case 'polling/demanded':
      return new Map([...requests].map(([key, request]) => [key, {...request, failedInARow: 0, answeredAt: 0}]));

    case 'run/opened':
      return new Map();

    default:
      return requests;
  }
};

const stumbled = (
  before: Request | undefined,
  {failure, at, jitter}: {readonly failure: Failure; readonly at: Instant; readonly jitter: number},
): Request => ({
  asOf: before?.asOf,
  answeredAt: at,
  tookMs: before?.tookMs ?? 0,
  failure,
  failedInARow: (before?.failedInARow ?? 0) + 1,
  jitter,
});

/** The longest pause between two tries, in milliseconds. */
const ceilingMs = 30_000;

/** Doubles with each failure in a row up to a ceiling, and spreads over its upper half by the jitter (0 to 1). */
export const backoffMs = (gapMs: number, failedInARow: number, jitter: number): number => {
  const full = Math.max(gapMs, Math.min(ceilingMs, gapMs * 2 ** Math.min(failedInARow, 16)));
  return full / 2 + (full / 2) * jitter;
};

/**
 * When to ask again, by our clock: `gapMs` after the last answer, later after failures; Retry-After wins over both.
 * Never asked: at once.
 */
export const dueAfter = (request: Request | undefined, gapMs: number): Instant => {
  if (request === undefined) {
    return Number.NEGATIVE_INFINITY;
  }

  if (request.failure === undefined) {
    return request.answeredAt + gapMs;
  }

  const pauseMs =
    retryAfterMsOf(request.failure) ?? backoffMs(Math.min(gapMs, ceilingMs), request.failedInARow, request.jitter);
  return request.answeredAt + pauseMs;
};
