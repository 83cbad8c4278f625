import type {Instant} from '../../domain/instant.js';
import type {Action} from '../action.js';
import type {State} from '../state.js';
import {isEndOfLongOutage, reduceOutage} from './outage.js';
import {reduceRequests} from './reduce-requests.js';
import {findServerDoubtedAt} from './server-doubt.js';

/** How the asking goes, whatever was asked. */
export const reducePolling = (state: State, action: Action): State => {
  const requests = reduceRequests(state.requests, state.outage, action);
  const outage = reduceOutage(state.outage, action);
  const serverDoubtedAt = findServerDoubtedAt(state, action) ?? state.serverDoubtedAt;
  const isSame = requests === state.requests && outage === state.outage && serverDoubtedAt === state.serverDoubtedAt;
  const next = isSame ? state : {...state, requests, outage, serverDoubtedAt};
  return isEndOfLongOutage(state.outage, action) ? invalidate(next, action.askedAt) : next;
};

/** All that was asked for before this instant, by our clock, is to be asked for again. */
export const invalidate = (state: State, doubtedAt: Instant): State => ({
  ...state,
  watch: state.watch && {...state.watch, doubtedAt},
  runs: {...state.runs, doubtedAt},
});
