import type {Instant} from '../domain/instant.js';
import {deltaKey, needsOf, newestKey, runKey} from './needs.js';
import type {Freshness} from './selectors.js';
import type {Request, State} from './state.js';

/** How far the screen of the open run can be trusted. */
export const freshnessOf = (state: State): Freshness => {
  const {watch} = state;
  if (watch === undefined) {
    return {kind: 'connecting', failure: undefined, retryInMs: 0};
  }

  const asked = [deltaKey(watch.runId), newestKey(watch.runId), runKey(watch.runId)]
    .map(key => state.requests.get(key))
    .filter(request => request !== undefined);
  const asOf = asked.reduce<Instant | undefined>((latest, {asOf}) => laterOf(latest, asOf), undefined);
  const trouble = asked.find(isInTrouble);
  if (asOf === undefined || watch.run === undefined) {
    return {kind: 'connecting', failure: trouble?.failure, retryInMs: retryInMs(state)};
  }

  const ageMs = Math.max(0, state.now - asOf);
  if (state.isPaused) {
    return {kind: 'paused', ageMs};
  }

  if (trouble?.failure !== undefined) {
    return {kind: 'stale', ageMs, retryInMs: retryInMs(state), failure: trouble.failure};
  }

  return watch.overAt === undefined ? {kind: 'live', ageMs} : {kind: 'over'};
};

const laterOf = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

/** One silent try is forgiven: a server that answers the next one was never away. */
const isInTrouble = (request: Request): boolean => request.failure !== undefined && request.failedInARow > 0;

const retryInMs = (state: State): number =>
  Math.max(0, Math.min(...needsOf(state).map(need => need.dueAt)) - state.now);
