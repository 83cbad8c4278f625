import {isPassing} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {laterOf} from '../domain/instant.js';
import {needsOf, runKey} from './needs.js';
import type {Freshness} from './selectors.js';
import type {Request, State} from './state.js';
import {deltaKey, newestKey} from './steps-needs.js';

/** How far the screen of the open run can be trusted. */
export const freshnessOf = (state: State): Freshness => {
  const {watch} = state;
  if (watch === undefined) {
    return {kind: 'connecting', failure: state.outage?.failure, retryInMs: retryInMs(state)};
  }

  const asked = [deltaKey(watch.runId), newestKey(watch.runId), runKey(watch.runId)]
    .map(key => state.requests.get(key))
    .filter(request => request !== undefined);
  const asOf = asked.reduce<Instant | undefined>((latest, request) => laterOf(latest, request.asOf), undefined);
  if (asOf === undefined || watch.run === undefined) {
    const failing = asked.find(request => request.failure !== undefined);
    return {kind: 'connecting', failure: failing?.failure, retryInMs: retryInMs(state)};
  }

  const ageMs = Math.max(0, state.now - asOf);
  if (state.isPaused) {
    return {kind: 'paused', ageMs};
  }

  const failure = asked.find(request => isInTrouble(state, request))?.failure;
  if (failure !== undefined) {
    return {kind: 'stale', ageMs, retryInMs: retryInMs(state), failure};
  }

  return watch.overAt === undefined ? {kind: 'live', ageMs} : {kind: 'over'};
};

/** Failures that do not last this long, in milliseconds, are none of the reader's business: the age is shown anyway. */
const patienceMs = 3000;

/** Tries in a row after which a hiccup that the server is known for is none any more. */
const mostPassing = 3;

const isInTrouble = (state: State, {failure, failedInARow, failingSince}: Request): boolean => {
  if (failure === undefined || failingSince === undefined || (isPassing(failure) && failedInARow <= mostPassing)) {
    return false;
  }

  return state.now - failingSince >= Math.max(patienceMs, 3 * state.session.intervalMs);
};

/** Until what fails is tried again; while the server is away that waits for the one thing that is still asked. */
const retryInMs = (state: State): number => {
  const needs = needsOf(state).filter(({dueAt}) => Number.isFinite(dueAt));
  const failing = needs.filter(({key}) => state.requests.get(key)?.failure !== undefined);
  const dueAt = Math.min(...(failing.length > 0 ? failing : needs).map(need => need.dueAt));
  return Number.isFinite(dueAt) ? Math.max(0, dueAt - state.now) : 0;
};
