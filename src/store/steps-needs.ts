import {takesNotOneOf} from '../domain/server.js';
import type {Request} from './asking.js';
import {deltaGapMs, endSettleMs, isCounted, liveGapMs} from './pace.js';
import type {Need, Query} from './query.js';
import {dueAfter, never, vitalDueAfter} from './requests.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

const second = 1000;

export const newestKey = (runId: string): string => `steps:newest:${runId}`;
export const retriedKey = (runId: string): string => `steps:retried:${runId}`;
export const deltaKey = (runId: string): string => `steps:delta:${runId}`;
export const liveKey = (runId: string): string => `steps:live:${runId}`;

/** Rows asked for at the start, and in a listing of what is unfinished. */
const startSize = 200;
const liveSize = 100;

/** Whoever only wants to know how many there are asks for one. */
const countSize = 1;

/** Whether what holds was asked for before something happened that may have made it wrong. */
export const isDoubted = (watch: Watch | undefined, request: Request | undefined): boolean =>
  request?.asOf !== undefined && watch?.doubtedAt !== undefined && request.asOf < watch.doubtedAt;

type StepsNeeds = {
  /** What the list lives on. */
  readonly lists: readonly Need[];
  /** What mends what that missed. */
  readonly resyncs: readonly Need[];
};

export const stepsNeeds = (state: State, watch: Watch): StepsNeeds => {
  // Without the run's own project the server answers for another one, with an empty page.
  if (watch.run === undefined) {
    return {lists: [], resyncs: []};
  }

  if (watch.watermarkAt === undefined) {
    const key = newestKey(watch.runId);
    return {
      lists: [{key, query: queryOf(state, watch, 'newest', startSize), dueAt: vitalDueAfter(state, key, second)}],
      resyncs: [],
    };
  }

  return {lists: [deltaNeed(state, watch)], resyncs: [...retriedNeeds(state, watch), liveNeed(state, watch)]};
};

type Slice = Extract<Query, {readonly kind: 'steps'}>['slice'];

const queryOf = (state: State, watch: Watch, slice: Slice, size: number): Query => ({
  kind: 'steps',
  runId: watch.runId,
  projectId: watch.run?.projectId ?? state.session.project?.id,
  slice,
  size,
  updatedSince: slice === 'delta' ? watch.watermarkAt : undefined,
  exceptIds: slice === 'delta' && takesNotOneOf(state.server) ? watch.seenRows.map(({id}) => id) : [],
});

/** At a pace while the run goes on, once more when it is over, and again a little later: the last rows may follow the end. */
const deltaNeed = (state: State, watch: Watch): Need => {
  const key = deltaKey(watch.runId);
  const query = queryOf(state, watch, 'delta', watch.deltaSize);
  const delta = state.requests.get(key);
  const holdingKey = delta === undefined ? newestKey(watch.runId) : key;
  const holding = delta ?? state.requests.get(holdingKey);
  if (watch.isDeltaCut || isDoubted(watch, holding)) {
    return {key, query, dueAt: vitalDueAfter(state, holdingKey, 0)};
  }

  const isFailing = holding?.failure !== undefined;
  if (watch.overAt === undefined || isFailing) {
    return {key, query, dueAt: vitalDueAfter(state, holdingKey, deltaGapMs(state, watch, delta?.tookMs ?? 0))};
  }

  const asOf = holding?.asOf ?? 0;
  const settledAt = watch.overAt + endSettleMs;
  const dueAt = asOf < watch.overAt ? vitalDueAfter(state, holdingKey, 0) : asOf < settledAt ? settledAt : never;
  return {key, query, dueAt};
};

/** Earlier attempts, where the newest rows are not all. */
const retriedNeeds = (state: State, watch: Watch): readonly Need[] => {
  const key = retriedKey(watch.runId);
  const request = state.requests.get(key);
  const isDone = request?.asOf !== undefined && request.failure === undefined;
  return watch.hasOlderRows && !isDone
    ? [{key, query: queryOf(state, watch, 'retried', startSize), dueAt: dueAfter(state, key, second)}]
    : [];
};

const liveNeed = (state: State, watch: Watch): Need => {
  const key = liveKey(watch.runId);
  const live = state.requests.get(key);
  // The rows that came first tell as much.
  const lastKey = live === undefined ? newestKey(watch.runId) : key;
  const dueAt = dueAfter(state, lastKey, isDoubted(watch, live) ? 0 : liveGapMs(watch));
  const size = isCounted(watch) && !watch.isLiveUncertain ? countSize : liveSize;
  return {key, query: queryOf(state, watch, 'live', size), dueAt: watch.overAt === undefined ? dueAt : never};
};
