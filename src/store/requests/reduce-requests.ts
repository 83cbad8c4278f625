import {type Failure, hasSameCause, isNotFound} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Action} from '../action.js';
import type {State} from '../state.js';
import {getRetryDelayMs} from './backoff.js';
import type {Outage, RequestState} from './request.js';

type RequestsByKey = State['requestsByKey'];

/** Earlier than any instant: due at once. */
export const atOnce = Number.NEGATIVE_INFINITY;
export const never = Number.POSITIVE_INFINITY;

export const reduceRequests = (
  requestsByKey: RequestsByKey,
  outage: Outage | undefined,
  action: Action,
): RequestsByKey => {
  switch (action.type) {
    case 'news/arrived':
      return withRequest(resetRecovered(requestsByKey, findRecovery({requestsByKey, outage}, action.key)), action.key, {
        asOf: action.requestedAt,
        respondedAt: action.respondedAt,
        tookMs: getSmoothedTookMs(requestsByKey.get(action.key), action),
        failure: undefined,
        failedInARow: 0,
        failingSince: undefined,
        unsuccessfulSince: undefined,
        jitter: 0,
      });

    case 'news/failed':
      return withRequest(requestsByKey, action.key, buildFailedRequest(requestsByKey.get(action.key), action));

    case 'polling/demanded':
      return new Map(
        [...requestsByKey].map(([key, request]) => [key, {...request, failedInARow: 0, respondedAt: atOnce}]),
      );

    case 'run/opened':
      return new Map([...requestsByKey].filter(([key]) => isProjectKey(key)));

    case 'project/chosen':
      return new Map([...requestsByKey].filter(([key]) => isServerKey(key)));

    case 'server/chosen':
      return new Map();

    // Everything known about the run that the user goes to is dropped. What is known about the run that they left is kept, in
    // case they come back.
    case 'linkedRun/opened':
      return new Map([...requestsByKey].filter(([key]) => !key.includes(action.runId)));

    default:
      return requestsByKey;
  }
};

/** Keys that do not belong to the open run. */
const isProjectKey = (key: string): boolean => key.startsWith('runs:') || key === 'project' || isServerKey(key);

/** Keys that do not belong to the project. */
const isServerKey = (key: string): boolean => key === 'info' || key === 'me' || key === 'projects';

/**
 * How long requests take, in milliseconds: falls at once and rises by little more than a quarter each time, so that a single late
 * response does not slow down polling.
 */
const getSmoothedTookMs = (
  before: RequestState | undefined,
  {requestedAt, respondedAt}: {readonly requestedAt: Instant; readonly respondedAt: Instant},
): number => {
  const lastMs = Math.max(0, respondedAt - requestedAt);
  return before?.asOf === undefined ? lastMs : Math.min(lastMs, before.tookMs * 1.25 + 10);
};

/** What a response proves to be over, and since when it had lasted. */
type Recovery = {readonly failure: Failure; readonly since: Instant};

/**
 * What a response to `key` ends: the failure of this key, or failures of other keys in the meantime. `undefined` if
 * nothing was wrong that could affect more than one key.
 */
export const findRecovery = (
  {requestsByKey, outage}: Pick<State, 'requestsByKey' | 'outage'>,
  key: string,
): Recovery | undefined => {
  const {failure, failingSince} = requestsByKey.get(key) ?? {};
  if (failure !== undefined && failingSince !== undefined && !isNotFound(failure)) {
    return {failure, since: Math.min(failingSince, outage?.since ?? failingSince)};
  }

  return outage !== undefined && outage.keys.size > 1 ? outage : undefined;
};

/**
 * The cause is gone: requests that started to fail in the same way since then are retried soon. Those that had
 * failed before have a cause of their own.
 */
const resetRecovered = (requestsByKey: RequestsByKey, recovery: Recovery | undefined): RequestsByKey =>
  recovery === undefined
    ? requestsByKey
    : new Map(
        [...requestsByKey].map(([key, request]) => [
          key,
          isCausedBy(request, recovery) ? resetFailureCount(request) : request,
        ]),
      );

const isCausedBy = ({failure, failingSince}: RequestState, recovery: Recovery): boolean =>
  failure !== undefined &&
  failingSince !== undefined &&
  failingSince >= recovery.since &&
  hasSameCause(failure, recovery.failure);

const resetFailureCount = (request: RequestState): RequestState => ({...request, failedInARow: 0});

/** Requests about one of the many steps or artifacts that the user moves past. */
const droppableKeyPattern = /^(?:step|previous-step|artifact-version|log):/;

/** If more requests than this are remembered, the oldest droppable one is dropped. */
const maxRequests = 500;

const withRequest = (requestsByKey: RequestsByKey, key: string, request: RequestState): RequestsByKey => {
  const next = new Map(requestsByKey);
  // The latest is last.
  next.delete(key);
  next.set(key, request);
  if (next.size > maxRequests) {
    const oldest = [...next.keys()].find(other => droppableKeyPattern.test(other) && other !== key);
    next.delete(oldest ?? '');
  }

  return next;
};

const buildFailedRequest = (
  before: RequestState | undefined,
  {
    requestedAt,
    failure,
    at,
    jitter,
  }: Pick<Extract<Action, {readonly type: 'news/failed'}>, 'requestedAt' | 'failure' | 'at' | 'jitter'>,
): RequestState => ({
  asOf: before?.asOf,
  respondedAt: at,
  tookMs: before?.tookMs ?? 0,
  failure,
  failedInARow: (before?.failedInARow ?? 0) + 1,
  failingSince: before?.failingSince ?? at,
  unsuccessfulSince: before?.unsuccessfulSince ?? requestedAt ?? at,
  jitter,
});

/**
 * When the request with this key is next due, by the local clock: `gapMs` after the last response; after a failure when it
 * is time to retry, whatever the gap; at once if it was never made.
 */
export const getDueAt = (state: State, key: string, gapMs: number): Instant =>
  computeDueAt(state, key, gapMs, request =>
    hasSucceededSince(state.requestsByKey, request.failingSince ?? request.respondedAt),
  );

/**
 * Like `getDueAt`, for what the screen depends on and what is fetched every interval anyway: the user misses it at once, so the
 * success of other requests does not make it less urgent.
 */
export const getVitalDueAt = (state: State, key: string, gapMs: number): Instant =>
  computeDueAt(state, key, gapMs, () => false);

const computeDueAt = (
  state: State,
  key: string,
  gapMs: number,
  isOwnFailure: (request: RequestState) => boolean,
): Instant => {
  const request = state.requestsByKey.get(key);
  if (request === undefined) {
    return atOnce;
  }

  const {failure, failingSince, respondedAt, failedInARow, jitter} = request;
  if (failure === undefined) {
    // Also after the user has requested everything, when `respondedAt` is minus infinity.
    return gapMs === never ? never : respondedAt + gapMs;
  }

  const isOwn = isNotFound(failure) || isOwnFailure(request);
  const ageMs = respondedAt - (failingSince ?? respondedAt);
  return respondedAt + getRetryDelayMs({failure, failedInARow, ageMs, isOwn, jitter}, state.session.intervalMs);
};

/** Whether anything requested later than `since` has had a good response. */
const hasSucceededSince = (requestsByKey: RequestsByKey, since: Instant): boolean => {
  for (const {asOf} of requestsByKey.values()) {
    if (asOf !== undefined && asOf > since) {
      return true;
    }
  }

  return false;
};
