import {hasNotOneOfFilter} from '../../domain/server.js';
import type {Need, Query} from '../query.js';
import {canCountUnfinished, endGraceMs, getDeltaGapMs, getLiveGapMs} from '../requests/pace.js';
import {getDueAt, getVitalDueAt, never} from '../requests/reduce-requests.js';
import type {RequestState} from '../requests/request.js';
import type {State} from '../state.js';
import type {OpenRun} from './open-run.js';

const second = 1000;

export const getNewestStepsKey = (runId: string): string => `steps:newest:${runId}`;
export const getRetriedStepsKey = (runId: string): string => `steps:retried:${runId}`;
export const getStepsDeltaKey = (runId: string): string => `steps:delta:${runId}`;
export const getLiveStepsKey = (runId: string): string => `steps:live:${runId}`;

/** Rows asked for at the start, and in a listing of what is unfinished. */
const startSize = 200;
const liveSize = 100;

/** Whoever only wants to know how many there are asks for one. */
const countSize = 1;

/** Whether what holds was asked for before something happened that may have made it wrong. */
export const isInvalidated = (watch: OpenRun | undefined, request: RequestState | undefined): boolean =>
  request?.asOf !== undefined && watch?.doubtedAt !== undefined && request.asOf < watch.doubtedAt;

type StepsNeeds = {
  /** What the list lives on. */
  readonly lists: readonly Need[];
  /** What mends what that missed. */
  readonly resyncs: readonly Need[];
};

export const getStepsNeeds = (state: State, watch: OpenRun): StepsNeeds => {
  // Without the run's own project the server answers for another one, with an empty page.
  if (watch.run === undefined) {
    return {lists: [], resyncs: []};
  }

  if (watch.watermarkAt === undefined) {
    const key = getNewestStepsKey(watch.runId);
    return {
      lists: [
        {key, query: buildStepsQuery(state, watch, 'newest', startSize), dueAt: getVitalDueAt(state, key, second)},
      ],
      resyncs: [],
    };
  }

  return {
    lists: [getStepsDeltaNeed(state, watch)],
    resyncs: [...getRetriedStepsNeeds(state, watch), getLiveStepsNeed(state, watch)],
  };
};

type Slice = Extract<Query, {readonly kind: 'steps'}>['slice'];

const buildStepsQuery = (state: State, watch: OpenRun, slice: Slice, size: number): Query => ({
  kind: 'steps',
  runId: watch.runId,
  projectId: watch.run?.projectId ?? state.session.project?.id,
  slice,
  size,
  updatedSince: slice === 'delta' ? watch.watermarkAt : undefined,
  exceptIds: slice === 'delta' && hasNotOneOfFilter(state.server) ? watch.seenRows.map(({id}) => id) : [],
});

/** At a pace while the run goes on, once more when it is over, and again a little later: the last rows may follow the end. */
const getStepsDeltaNeed = (state: State, watch: OpenRun): Need => {
  const key = getStepsDeltaKey(watch.runId);
  const query = buildStepsQuery(state, watch, 'delta', watch.deltaSize);
  const delta = state.requests.get(key);
  const holdingKey = delta === undefined ? getNewestStepsKey(watch.runId) : key;
  const holding = delta ?? state.requests.get(holdingKey);
  if (watch.isDeltaCut || isInvalidated(watch, holding)) {
    return {key, query, dueAt: getVitalDueAt(state, holdingKey, 0)};
  }

  const isFailing = holding?.failure !== undefined;
  if (watch.overAt === undefined || isFailing) {
    return {key, query, dueAt: getVitalDueAt(state, holdingKey, getDeltaGapMs(state, watch, delta?.tookMs ?? 0))};
  }

  const asOf = holding?.asOf ?? 0;
  const settledAt = watch.overAt + endGraceMs;
  const dueAt = asOf < watch.overAt ? getVitalDueAt(state, holdingKey, 0) : asOf < settledAt ? settledAt : never;
  return {key, query, dueAt};
};

/** Earlier attempts, where the newest rows are not all. */
const getRetriedStepsNeeds = (state: State, watch: OpenRun): readonly Need[] => {
  const key = getRetriedStepsKey(watch.runId);
  const request = state.requests.get(key);
  const isDone = request?.asOf !== undefined && request.failure === undefined;
  return watch.hasOlderRows && !isDone
    ? [{key, query: buildStepsQuery(state, watch, 'retried', startSize), dueAt: getDueAt(state, key, second)}]
    : [];
};

const getLiveStepsNeed = (state: State, watch: OpenRun): Need => {
  const key = getLiveStepsKey(watch.runId);
  const live = state.requests.get(key);
  // The rows that came first tell as much.
  const lastKey = live === undefined ? getNewestStepsKey(watch.runId) : key;
  const dueAt = getDueAt(state, lastKey, isInvalidated(watch, live) ? 0 : getLiveGapMs(watch));
  const size = canCountUnfinished(watch) && !watch.isLiveUncertain ? countSize : liveSize;
  return {key, query: buildStepsQuery(state, watch, 'live', size), dueAt: watch.overAt === undefined ? dueAt : never};
};
