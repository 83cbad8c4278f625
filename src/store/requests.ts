import {type Failure, isOfThatAlone, isSameTrouble} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import type {Action} from './action.js';
import type {Outage, Request} from './asking.js';
import {retryPauseMs} from './backoff.js';
import type {State} from './state.js';

type Requests = State['requests'];

/** Earlier than any instant: what is due then is asked at once. */
export const atOnce = Number.NEGATIVE_INFINITY;
export const never = Number.POSITIVE_INFINITY;

export const reduceRequests = (requests: Requests, outage: Outage | undefined, action: Action): Requests => {
  switch (action.type) {
    case 'news/arrived':
      return noted(relieved(requests, overcomeBy({requests, outage}, action.key)), action.key, {
        asOf: action.askedAt,
        answeredAt: action.answeredAt,
        tookMs: tookMs(requests.get(action.key), action),
        failure: undefined,
        failedInARow: 0,
        failingSince: undefined,
        jitter: 0,
      });

    case 'news/failed':
      return noted(requests, action.key, stumbled(requests.get(action.key), action));

    case 'polling/demanded':
      return new Map([...requests].map(([key, request]) => [key, {...request, failedInARow: 0, answeredAt: atOnce}]));

    case 'run/opened':
      return new Map([...requests].filter(([key]) => isOfProject(key)));

    case 'project/chosen':
      return new Map([...requests].filter(([key]) => isOfServer(key)));

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
const isOfProject = (key: string): boolean => key.startsWith('runs:') || key === 'project' || isOfServer(key);

/** Nor with the project. */
const isOfServer = (key: string): boolean => key === 'info' || key === 'me' || key === 'projects';

/** Falls at once and rises by a quarter each time: an answer that was late for once does not slow down the asking. */
const tookMs = (
  before: Request | undefined,
  {askedAt, answeredAt}: {readonly askedAt: Instant; readonly answeredAt: Instant},
): number => {
  const lastMs = Math.max(0, answeredAt - askedAt);
  return before?.asOf === undefined ? lastMs : Math.min(lastMs, before.tookMs * 1.25 + 10);
};

/** What an answer shows to be over, and since when that had lasted. */
type Overcome = {readonly failure: Failure; readonly since: Instant};

/**
 * What an answer to `key` puts an end to: what this key failed with, or what other things had failed with meanwhile.
 * `undefined` where nothing was amiss that can have been of more than one thing.
 */
export const overcomeBy = (
  {requests, outage}: Pick<State, 'requests' | 'outage'>,
  key: string,
): Overcome | undefined => {
  const {failure, failingSince} = requests.get(key) ?? {};
  if (failure !== undefined && failingSince !== undefined && !isOfThatAlone(failure)) {
    return {failure, since: Math.min(failingSince, outage?.since ?? failingSince)};
  }

  return outage !== undefined && outage.keys.size > 1 ? outage : undefined;
};

/**
 * What went wrong went right again: requests that began to fail in the same way since then need not wait for long any
 * more. Those that had been failing before do so for a reason of their own.
 */
const relieved = (requests: Requests, overcome: Overcome | undefined): Requests =>
  overcome === undefined
    ? requests
    : new Map([...requests].map(([key, request]) => [key, isDueTo(request, overcome) ? excused(request) : request]));

const isDueTo = ({failure, failingSince}: Request, overcome: Overcome): boolean =>
  failure !== undefined &&
  failingSince !== undefined &&
  failingSince >= overcome.since &&
  isSameTrouble(failure, overcome.failure);

const excused = (request: Request): Request => ({...request, failedInARow: 0});

/** What was asked about one of many steps or artifacts, as the reader went by it. */
const passing = /^(?:step|earlier-step|artifact-version|log):/;

/** So many requests are remembered, of those that will not be made again the latest. */
const mostRemembered = 500;

const noted = (requests: Requests, key: string, request: Request): Requests => {
  const next = new Map(requests);
  // The latest stands last.
  next.delete(key);
  next.set(key, request);
  if (next.size > mostRemembered) {
    const oldest = [...next.keys()].find(other => passing.test(other) && other !== key);
    next.delete(oldest ?? '');
  }

  return next;
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
  failingSince: before?.failingSince ?? at,
  jitter,
});

/**
 * When to ask again for what goes by this key, by our clock: `gapMs` after the last answer; after a failure when it is time
 * to try again, whatever the gap. Never asked: at once.
 */
export const dueAfter = (state: State, key: string, gapMs: number): Instant =>
  dueBy(state, key, gapMs, request => hasAnswered(state.requests, request.failingSince ?? request.answeredAt));

/**
 * The same for what the screen lives on and is asked each interval anyway: it is missed at once, and asked again no less
 * often because other things go well.
 */
export const vitalDueAfter = (state: State, key: string, gapMs: number): Instant =>
  dueBy(state, key, gapMs, () => false);

const dueBy = (state: State, key: string, gapMs: number, isOwnTrouble: (request: Request) => boolean): Instant => {
  const request = state.requests.get(key);
  if (request === undefined) {
    return atOnce;
  }

  const {failure, failingSince, answeredAt, failedInARow, jitter} = request;
  if (failure === undefined) {
    return answeredAt + gapMs;
  }

  const isOwn = isOfThatAlone(failure) || isOwnTrouble(request);
  const ageMs = answeredAt - (failingSince ?? answeredAt);
  return answeredAt + retryPauseMs({failure, failedInARow, ageMs, isOwn, jitter}, state.session.intervalMs);
};

/** Whether anything that was asked for later than `since` was answered. */
const hasAnswered = (requests: Requests, since: Instant): boolean => {
  for (const {asOf} of requests.values()) {
    if (asOf !== undefined && asOf > since) {
      return true;
    }
  }

  return false;
};
