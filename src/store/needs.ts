import type {Instant} from '../domain/instant.js';
import {detailNeeds} from './detail-needs.js';
import {deltaGapMs, endSettleMs, resyncGapMs, runGapMs} from './pace.js';
import type {Need, Query} from './query.js';
import {dueAfter} from './requests.js';
import type {Request, State, Watch} from './state.js';

const never = Number.POSITIVE_INFINITY;
const second = 1000;

export const runKey = (runId: string): string => `run:${runId}`;
export const dagKey = (runId: string): string => `dag:${runId}`;
export const newestKey = (runId: string): string => `steps:newest:${runId}`;
export const deltaKey = (runId: string): string => `steps:delta:${runId}`;

/** What must be fresh for what the screen shows, most urgent first. Nothing else is ever asked. */
export const needsOf = (state: State): readonly Need[] => {
  if (state.isPaused) {
    return [];
  }

  const {watch} = state;
  return watch === undefined
    ? [infoNeed(state)]
    : [
        runNeed(state, watch),
        graphNeed(state, watch),
        ...stepsNeeds(state, watch),
        ...detailNeeds(state, watch),
        infoNeed(state),
      ];
};

const infoNeed = (state: State): Need => ({
  key: 'info',
  query: {kind: 'info'},
  dueAt: state.server === undefined ? dueAfter(state.requests.get('info'), 5 * second) : never,
});

/** Whether what holds was asked for before something happened that may have made it wrong. */
const isDoubted = (watch: Watch, request: Request | undefined): boolean =>
  request !== undefined && watch.doubtedAt !== undefined && (request.asOf ?? 0) < watch.doubtedAt;

/**
 * A thing that is asked for at a pace while the run goes on, once more when it is over, and again a little later, since
 * the last rows may follow the end. `asOf` is that of what is held.
 */
const dueUntilSettled = (
  watch: Watch,
  request: Request | undefined,
  asOf: Instant | undefined,
  gapMs: number,
): Instant => {
  if (watch.overAt === undefined || request?.failure !== undefined) {
    return dueAfter(request, gapMs);
  }

  if (asOf === undefined || asOf < watch.overAt) {
    return dueAfter(request, 0);
  }

  return asOf < watch.overAt + endSettleMs ? watch.overAt + endSettleMs : never;
};

const runNeed = (state: State, watch: Watch): Need => {
  const key = runKey(watch.runId);
  const request = state.requests.get(key);
  const isEndUnseen = watch.overAt !== undefined && (request?.asOf ?? 0) < watch.overAt;
  // The configuration never changes; the times and the exception do when it ends.
  const isHydrated = watch.run?.config === undefined || watch.overAt !== undefined;
  const gapMs = isEndUnseen || isDoubted(watch, request) ? 0 : runGapMs(state, watch);
  return {key, query: {kind: 'run', runId: watch.runId, isHydrated}, dueAt: dueAfter(request, gapMs)};
};

const graphNeed = (state: State, watch: Watch): Need => {
  const {runId, run} = watch;
  const key = dagKey(runId);
  const request = state.requests.get(key);
  if (!watch.hasDag) {
    const snapshotId = run?.snapshotId;
    const plannedKey = `planned:${runId}`;
    const planned = state.requests.get(plannedKey);
    const isAnswered = planned?.asOf !== undefined || planned?.failure?.kind === 'not-found';
    return {
      key: plannedKey,
      query: {kind: 'planned', runId, snapshotId: snapshotId ?? ''},
      dueAt: snapshotId === undefined || isAnswered ? never : dueAfter(planned, 5 * second),
    };
  }

  const dueAt = isDoubted(watch, request)
    ? dueAfter(request, 0)
    : dueUntilSettled(watch, request, request?.asOf, request?.failure === undefined ? resyncGapMs(watch) : second);
  return {key, query: {kind: 'dag', runId}, dueAt};
};

const stepsNeeds = (state: State, watch: Watch): readonly Need[] => {
  const {runId, run} = watch;
  // Without the run's own project the server answers for another one, with an empty page.
  if (run === undefined) {
    return [];
  }

  const projectId = run.projectId ?? state.session.project?.id;
  const query = (slice: 'newest' | 'retried' | 'delta' | 'live', size: number): Query => ({
    kind: 'steps',
    runId,
    projectId,
    slice,
    size,
    updatedSince: slice === 'delta' ? watch.watermarkAt : undefined,
  });
  const onceNeed = (key: string, slice: 'newest' | 'retried'): Need => {
    const request = state.requests.get(key);
    const isDone = request?.asOf !== undefined && request.failure === undefined && !isDoubted(watch, request);
    return {key, query: query(slice, 200), dueAt: isDone ? never : dueAfter(request, second)};
  };
  const once = [onceNeed(newestKey(runId), 'newest'), onceNeed(`steps:retried:${runId}`, 'retried')];
  if (watch.watermarkAt === undefined) {
    return once;
  }

  const delta = state.requests.get(deltaKey(runId));
  const newest = state.requests.get(newestKey(runId));
  const gapMs = watch.isDeltaCut ? 0 : deltaGapMs(state, watch, delta?.tookMs ?? 0);
  const live = state.requests.get(`steps:live:${runId}`);
  return [
    ...once,
    {
      key: deltaKey(runId),
      query: query('delta', watch.deltaSize),
      dueAt: dueUntilSettled(watch, delta ?? newest, delta?.asOf ?? newest?.asOf, gapMs),
    },
    {
      key: `steps:live:${runId}`,
      query: query('live', 100),
      dueAt: watch.overAt === undefined ? dueAfter(live ?? newest, 20 * second) : never,
    },
  ];
};
