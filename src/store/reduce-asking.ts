import type {Instant} from '../domain/instant.js';
import type {Action} from './action.js';
import {endsLongOutage, reduceOutage} from './outage.js';
import {reduceRequests} from './requests.js';
import {doubtAbout} from './server-doubt.js';
import type {State} from './state.js';

/** How the asking goes, whatever was asked. */
export const reduceAsking = (state: State, action: Action): State => {
  const requests = reduceRequests(state.requests, state.outage, action);
  const outage = reduceOutage(state.outage, action);
  const serverDoubtedAt = doubtAbout(state, action) ?? state.serverDoubtedAt;
  const isSame = requests === state.requests && outage === state.outage && serverDoubtedAt === state.serverDoubtedAt;
  const next = isSame ? state : {...state, requests, outage, serverDoubtedAt};
  return endsLongOutage(state.outage, action) ? doubted(next, action.askedAt) : next;
};

/** All that was asked for before this instant, by our clock, is to be asked for again. */
export const doubted = (state: State, doubtedAt: Instant): State => ({
  ...state,
  watch: state.watch && {...state.watch, doubtedAt},
  runs: {...state.runs, doubtedAt},
});
