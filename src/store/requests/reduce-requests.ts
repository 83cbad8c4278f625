import {type Failure, hasSameCause, isNotFound} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import type {Action} from '../action.js';
import type {State} from '../state.js';
import {getRetryDelayMs} from './backoff.js';
import type {Outage, RequestState} from './request.js';

type Requests = State['requests'];

/** Earlier than any instant: what is due then is asked at once. */
export const atOnce = Number.NEGATIVE_INFINITY;
export const never = Number.POSITIVE_INFINITY;

export const reduceRequests = (requests: Requests, outage: Outage | undefined, action: Action): Requests => {
  switch (action.type) {
    case 'news/arrived':
      return withRequest(resetRecovered(requests, findRecovery({requests, outage}, action.key)), action.key, {
        asOf: action.requestedAt,
        answeredAt: action.answeredAt,
        tookMs: getSmoothedTookMs(requests.get(action.key), action),
        failure: undefined,
        failedInARow: 0,
        failingSince: undefined,
        unansweredSince: undefined,
        jitter: 0,
      });

    case 'news/failed':
      return withRequest(requests, action.key, buildFailedRequest(requests.get(action.key), action));

    case 'polling/demanded':
      return new Map([...requests].map(([key, request]) => [key, {...request, failedInARow: 0, answeredAt: atOnce}]));

    case 'run/opened':
      return new Map([...requests].filter(([key]) => isProjectKey(key)));

    case 'project/chosen':
      return new Map([...requests].filter(([key]) => isServerKey(key)));

    case 'server/chosen':
      return new Map();

    // Of this run nothing is known any more; of the one that is left all is, for when the reader comes back.
    case 'run/followed':
      return new Map([...requests].filter(([key]) => !key.includes(action.runId)));

    default:
      return requests;
  }
};

/** What goes by these keys has nothing to do with the run that is open. */
const isProjectKey = (key: string): boolean => key.startsWith('runs:') || key === 'project' || isServerKey(key);

/** Nor with the project. */
const isServerKey = (key: string): boolean => key === 'info' || key === 'me' || key === 'projects';

/** Falls at once and rises by a quarter each time: an answer that was late for once does not slow down the asking. */
const getSmoothedTookMs = (
  before: RequestState | undefined,
  {requestedAt, answeredAt}: {readonly requestedAt: Instant; readonly answeredAt: Instant},
): number => {
  const lastMs = Math.max(0, answeredAt - requestedAt);
  return before?.asOf === undefined ? lastMs : Math.min(lastMs, before.tookMs * 1.25 + 10);
};

/** What an answer shows to be over, and since when that had lasted. */
type Recovery = {readonly failure: Failure; readonly since: Instant};

/**
 * What an answer to `key` puts an end to: what this key failed with, or what other things had failed with meanwhile.
 * `undefined` where nothing was amiss that can have been of more than one thing.
 */
export const findRecovery = (
  {requests, outage}: Pick<State, 'requests' | 'outage'>,
  key: string,
): Recovery | undefined => {
  const {failure, failingSince} = requests.get(key) ?? {};
  if (failure !== undefined && failingSince !== undefined && !isNotFound(failure)) {
    return {failure, since: Math.min(failingSince, outage?.since ?? failingSince)};
  }

  return outage !== undefined && outage.keys.size > 1 ? outage : undefined;
};

/**
 * What went wrong went right again: requests that began to fail in the same way since then need not wait for long any
 * more. Those that had been failing before do so for a reason of their own.
 */
const resetRecovered = (requests: Requests, overcome: Recovery | undefined): Requests =>
  overcome === undefined
    ? requests
    : new Map(
        [...requests].map(([key, request]) => [
          key,
          isCausedBy(request, overcome) ? resetFailureCount(request) : request,
        ]),
      );

const isCausedBy = ({failure, failingSince}: RequestState, overcome: Recovery): boolean =>
  failure !== undefined &&
  failingSince !== undefined &&
  failingSince >= overcome.since &&
  hasSameCause(failure, overcome.failure);

const resetFailureCount = (request: RequestState): RequestState => ({...request, failedInARow: 0});

/** What was asked about one of many steps or artifacts, as the reader went by it. */
const transientKeyPattern = /^(?:step|earlier-step|artifact-version|log):/;

/** So many requests are remembered, of those that will not be made again the latest. */
const maxRequests = 500;

const withRequest = (requests: Requests, key: string, request: RequestState): Requests => {
  const next = new Map(requests);
  // The latest stands last.
  next.delete(key);
  next.set(key, request);
  if (next.size > maxRequests) {
    const oldest = [...next.keys()].find(other => transientKeyPattern.test(other) && other !== key);
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
  answeredAt: at,
  tookMs: before?.tookMs ?? 0,
  failure,
  failedInARow: (before?.failedInARow ?? 0) + 1,
  failingSince: before?.failingSince ?? at,
  unansweredSince: before?.unansweredSince ?? requestedAt ?? at,
  jitter,
});

/**
 * When to ask again for what goes by this key, by our clock: `gapMs` after the last answer; after a failure when it is time
 * to try again, whatever the gap. Never asked: at once.
 */
export const getDueAt = (state: State, key: string, gapMs: number): Instant =>
  computeDueAt(state, key, gapMs, request =>
    hasAnsweredSince(state.requests, request.failingSince ?? request.answeredAt),
  );

/**
 * The same for what the screen lives on and is asked each interval anyway: it is missed at once, and asked again no less
 * often because other things go well.
 */
export const getVitalDueAt = (state: State, key: string, gapMs: number): Instant =>
  computeDueAt(state, key, gapMs, () => false);

const computeDueAt = (
  state: State,
  key: string,
  gapMs: number,
  isOwnTrouble: (request: RequestState) => boolean,
): Instant => {
  const request = state.requests.get(key);
  if (request === undefined) {
    return atOnce;
  }

  const {failure, failingSince, answeredAt, failedInARow, jitter} = request;
  if (failure === undefined) {
    return answeredAt + gapMs;
  }

  const isOwn = isNotFound(failure) || isOwnTrouble(request);
  const ageMs = answeredAt - (failingSince ?? answeredAt);
  return answeredAt + getRetryDelayMs({failure, failedInARow, ageMs, isOwn, jitter}, state.session.intervalMs);
};

/** Whether anything that was asked for later than `since` was answered. */
const hasAnsweredSince = (requests: Requests, since: Instant): boolean => {
  for (const {asOf} of requests.values()) {
    if (asOf !== undefined && asOf > since) {
      return true;
    }
  }

  return false;
};
