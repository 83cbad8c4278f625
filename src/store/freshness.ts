import {isPassing} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {laterOf} from '../domain/instant.js';
import {isGoingOn} from '../domain/run-row.js';
import type {Request} from './asking.js';
import {needsOf, runKey} from './needs.js';
import {comparedRunKey} from './runs/comparing-needs.js';
import {wantedFilters} from './runs/run-rows.js';
import {runsDeltaKey, runsPageKey} from './runs/runs-needs.js';
import {screenBelow} from './screen.js';
import type {Freshness} from './selectors.js';
import type {State} from './state.js';
import {deltaKey, newestKey} from './steps-needs.js';

/** How far what is on the screen can be trusted. */
export const freshnessOf = (state: State): Freshness => {
  const screen = screenBelow(state.screen);
  switch (screen.name) {
    case 'runs':
      return freshnessBy(state, {keys: runsKeys(state), isKnown: state.runs.watermarkAt !== undefined, isOver: false});

    case 'comparing': {
      const compared = screen.runIds.map(id => state.runs.comparison.get(id)?.run);
      const isOver = compared.every(run => run !== undefined && !isGoingOn(run));
      return freshnessBy(state, {keys: screen.runIds.map(comparedRunKey), isKnown: true, isOver});
    }

    case 'run': {
      const {watch} = state;
      return watch === undefined
        ? {kind: 'connecting', failure: state.outage?.failure, retryInMs: retryInMs(state)}
        : freshnessBy(state, {
            keys: [deltaKey(watch.runId), newestKey(watch.runId), runKey(watch.runId)],
            isKnown: watch.run !== undefined,
            isOver: watch.overAt !== undefined,
          });
    }
  }
};

const runsKeys = (state: State): readonly string[] => [
  runsDeltaKey,
  runsPageKey({}, 1),
  ...wantedFilters(state).map(filters => runsPageKey(filters, 1)),
];

type Basis = {
  /** Of the requests that what is shown lives on. */
  readonly keys: readonly string[];
  /** There is something to show. */
  readonly isKnown: boolean;
  /** Nothing more will change. */
  readonly isOver: boolean;
};

const freshnessBy = (state: State, {keys, isKnown, isOver}: Basis): Freshness => {
  const asked = keys.map(key => state.requests.get(key)).filter(request => request !== undefined);
  const asOf = asked.reduce<Instant | undefined>((latest, request) => laterOf(latest, request.asOf), undefined);
  if (asOf === undefined || !isKnown) {
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

  return isOver ? {kind: 'over'} : {kind: 'live', ageMs};
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
