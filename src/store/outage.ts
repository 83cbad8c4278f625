import {isServerAway} from '../domain/failure.js';
import type {Action} from './action.js';
import {retryPauseMs} from './backoff.js';
import type {Need} from './query.js';
import {never} from './requests.js';
import type {Outage, State} from './state.js';

/** One request may fail for itself; when the next one does too, with no answer between them, it is the server. */
const outageFrom = 2;

/** How long the server must have been away for what we know to be doubted when it is back, in milliseconds. */
const longOutageMs = 30_000;

export const reduceOutage = (before: Outage | undefined, action: Action): Outage | undefined => {
  switch (action.type) {
    case 'news/arrived':
    case 'polling/demanded':
    case 'server/chosen':
      return undefined;

    case 'news/failed': {
      const {failure, at, jitter} = action;
      return isServerAway(failure)
        ? {since: before?.since ?? at, lastAt: at, count: (before?.count ?? 0) + 1, failure, jitter}
        : undefined;
    }

    default:
      return before;
  }
};

/** Whether an outage that ends with this action lasted so long that anything may have been missed. */
export const endsLongOutage = (
  before: Outage | undefined,
  action: Action,
): action is Extract<Action, {readonly type: 'news/arrived'}> =>
  action.type === 'news/arrived' && before !== undefined && action.answeredAt - before.since > longOutageMs;

/**
 * While the server is away only the first need is asked, to see whether it is back, and all others wait for that: a server
 * in trouble is asked one thing at a time.
 */
export const withOutage = (state: State, needs: readonly Need[]): readonly Need[] => {
  const {outage, requests, session} = state;
  if (outage === undefined || outage.count < outageFrom) {
    return needs;
  }

  return needs.map((need, at) => {
    const failedInARow = requests.get(need.key)?.failedInARow ?? 0;
    const dueAt = at === 0 ? outage.lastAt + retryPauseMs({...outage, failedInARow}, session.intervalMs) : never;
    return {...need, dueAt};
  });
};
