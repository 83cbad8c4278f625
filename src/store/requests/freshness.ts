import {isTransient} from '../../domain/failure.js';
import type {Instant} from '../../domain/instant.js';
import {pickLater} from '../../domain/instant.js';
import {isRunInProgress} from '../../domain/run-row.js';
import {getNeeds, getRunKey} from '../needs.js';
import {getNewestStepsKey, getStepsDeltaKey} from '../run/steps-keys.js';
import {getComparedRunKey} from '../runs/comparing-needs.js';
import {selectWantedFilters} from '../runs/run-rows.js';
import {getRunsPageKey, hasRunsPage, runsDeltaKey} from '../runs/runs-needs.js';
import type {Freshness} from '../selectors.js';
import type {State} from '../state.js';
import {getBaseScreen} from '../ui/screen.js';
import type {RequestState} from './request.js';

/** How far what is on the screen can be trusted. */
export const selectFreshness = (state: State): Freshness => {
  const screen = getBaseScreen(state.screen);
  switch (screen.name) {
    case 'runs':
      return getFreshness(state, {keys: selectRunsKeys(state), isKnown: hasRunsPage(state), isOver: false});

    case 'comparing': {
      const compared = screen.runIds.map(id => state.runs.comparison.get(id)?.run);
      const isOver = compared.every(run => run !== undefined && !isRunInProgress(run));
      return getFreshness(state, {keys: screen.runIds.map(getComparedRunKey), isKnown: true, isOver});
    }

    case 'run': {
      const {watch} = state;
      return watch === undefined
        ? {kind: 'connecting', failure: state.outage?.failure, retryInMs: selectRetryInMs(state)}
        : getFreshness(state, {
            keys: [getStepsDeltaKey(watch.runId), getNewestStepsKey(watch.runId), getRunKey(watch.runId)],
            isKnown: watch.run !== undefined,
            isOver: watch.overAt !== undefined,
          });
    }
  }
};

const selectRunsKeys = (state: State): readonly string[] => [
  runsDeltaKey,
  getRunsPageKey({}, 1),
  ...selectWantedFilters(state).map(filters => getRunsPageKey(filters, 1)),
];

type FreshnessBasis = {
  /** Of the requests that what is shown lives on. */
  readonly keys: readonly string[];
  /** There is something to show. */
  readonly isKnown: boolean;
  /** Nothing more will change. */
  readonly isOver: boolean;
};

const getFreshness = (state: State, {keys, isKnown, isOver}: FreshnessBasis): Freshness => {
  const asked = keys.map(key => state.requests.get(key)).filter(request => request !== undefined);
  const asOf = asked.reduce<Instant | undefined>((latest, request) => pickLater(latest, request.asOf), undefined);
  if (asOf === undefined || !isKnown) {
    const failing = asked.find(request => request.failure !== undefined);
    return {kind: 'connecting', failure: failing?.failure, retryInMs: selectRetryInMs(state)};
  }

  const ageMs = Math.max(0, state.now - asOf);
  if (state.isPaused) {
    return {kind: 'paused', ageMs};
  }

  const failure = asked.find(request => isPersistentlyFailing(state, request))?.failure;
  if (failure !== undefined) {
    return {kind: 'stale', ageMs, retryInMs: selectRetryInMs(state), failure};
  }

  return isOver ? {kind: 'over'} : {kind: 'live', ageMs};
};

/** Failures that do not last this long, in milliseconds, are none of the reader's business: the age is shown anyway. */
const patienceMs = 3000;

/** Tries in a row after which a hiccup that the server is known for is none any more. */
const maxTransientFailures = 3;

const isPersistentlyFailing = (state: State, {failure, failedInARow, failingSince}: RequestState): boolean => {
  if (
    failure === undefined ||
    failingSince === undefined ||
    (isTransient(failure) && failedInARow <= maxTransientFailures)
  ) {
    return false;
  }

  return state.now - failingSince >= Math.max(patienceMs, 3 * state.session.intervalMs);
};

/** Until what fails is tried again; while the server is away that waits for the one thing that is still asked. */
const selectRetryInMs = (state: State): number => {
  const needs = getNeeds(state).filter(({dueAt}) => Number.isFinite(dueAt));
  const failing = needs.filter(({key}) => state.requests.get(key)?.failure !== undefined);
  const dueAt = Math.min(...(failing.length > 0 ? failing : needs).map(need => need.dueAt));
  return Number.isFinite(dueAt) ? Math.max(0, dueAt - state.now) : 0;
};
