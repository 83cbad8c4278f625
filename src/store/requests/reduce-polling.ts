import type {Instant} from '../../domain/instant.js';
import type {Action} from '../action.js';
import {withSync} from '../run/open-run.js';
import type {State} from '../state.js';
import {isEndOfLongOutage, reduceOutage} from './outage.js';
import {reduceRequests} from './reduce-requests.js';
import {findServerInvalidatedAt} from './server-validity.js';

/** Updates what is known about the requests themselves, whatever they were for. */
export const reducePolling = (state: State, action: Action): State => {
  const requestsByKey = reduceRequests(state.requestsByKey, state.outage, action);
  const outage = reduceOutage(state.outage, action);
  const serverInvalidatedAt = findServerInvalidatedAt(state, action) ?? state.serverInvalidatedAt;
  const isSame =
    requestsByKey === state.requestsByKey &&
    outage === state.outage &&
    serverInvalidatedAt === state.serverInvalidatedAt;
  const next = isSame ? state : {...state, requestsByKey, outage, serverInvalidatedAt};
  return isEndOfLongOutage(state.outage, action) ? invalidate(next, action.requestedAt) : next;
};

/** Everything requested before this instant, by the local clock, is requested again. */
export const invalidate = (state: State, invalidatedAt: Instant): State => ({
  ...state,
  openRun: state.openRun && withSync(state.openRun, {invalidatedAt}),
  runs: {...state.runs, invalidatedAt},
});
