import {hasSameCause, isNotFound, isOutage} from '../../domain/failure.js';
import type {Action} from '../action.js';
import type {Need} from '../query.js';
import type {State} from '../state.js';
import {getRetryDelayMs} from './backoff.js';
import {never} from './reduce-requests.js';
import type {Outage} from './request.js';

/**
 * One request may fail on its own; when the next one fails too, with no response in between, the server is at fault. If
 * the failure may concern only what was requested (unlike `isOutage`), the second request must be for something else.
 */
const minOutageFailures = 2;

/** After an outage this long, in milliseconds, all loaded data is invalidated. */
const longOutageMs = 30_000;

export const reduceOutage = (before: Outage | undefined, action: Action): Outage | undefined => {
  switch (action.type) {
    case 'news/arrived':
    case 'polling/demanded':
    case 'server/chosen':
      return undefined;

    case 'news/failed':
      return isNotFound(action.failure) ? undefined : extendOutage(before, action);

    default:
      return before;
  }
};

const extendOutage = (
  before: Outage | undefined,
  {key, failure, at, jitter}: Extract<Action, {readonly type: 'news/failed'}>,
): Outage => {
  const same = before !== undefined && hasSameCause(before.failure, failure) ? before : undefined;
  return {
    since: same?.since ?? at,
    lastAt: at,
    count: (same?.count ?? 0) + 1,
    keys: new Set([...(same?.keys ?? []), key]),
    failure,
    jitter,
  };
};

const isServerOutage = ({count, keys, failure}: Outage): boolean =>
  (isOutage(failure) ? count : keys.size) >= minOutageFailures;

/** Whether the server's state is unknown, so that requests may be held back. */
export const isServerStateUnknown = ({outage}: Pick<State, 'outage'>): boolean =>
  outage !== undefined && (isOutage(outage.failure) || isServerOutage(outage));

/** Whether an outage that ends with this action was long enough for anything to have been missed. */
export const isEndOfLongOutage = (
  before: Outage | undefined,
  action: Action,
): action is Extract<Action, {readonly type: 'news/arrived'}> =>
  action.type === 'news/arrived' && before !== undefined && action.respondedAt - before.since > longOutageMs;

/** A request may keep failing on its own, so it must not be the only one that checks whether the server is back. */
const maxProbes = 2;

/**
 * While the server is down only one request is made, to see whether it is back, and all others wait for it: a server
 * that fails gets one request at a time. The two most urgent ones take turns.
 */
export const limitToProbe = (state: State, needs: readonly Need[]): readonly Need[] => {
  const {outage, requestsByKey, session} = state;
  if (outage === undefined || !isServerOutage(outage)) {
    return needs;
  }

  const getLastTriedAt = ({key}: Need): number => requestsByKey.get(key)?.respondedAt ?? Number.NEGATIVE_INFINITY;
  const [probe] = needs
    .filter(({dueAt}) => dueAt < never)
    .slice(0, maxProbes)
    .toSorted((one, other) => getLastTriedAt(one) - getLastTriedAt(other));
  const {since, lastAt, count, failure, jitter} = outage;
  const streak = {failure, failedInARow: count, ageMs: lastAt - since, isOwn: false, jitter};
  const dueAt = lastAt + getRetryDelayMs(streak, session.intervalMs);
  return needs.map(need => ({...need, dueAt: need === probe ? dueAt : never}));
};
