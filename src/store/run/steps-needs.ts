import type {Instant} from '../../domain/instant.js';
import type {Need, Query, StepsSubset} from '../query.js';
import {canCountUnfinished, endGraceMs, getDeltaGapMs, getLiveGapMs} from '../requests/pace.js';
import {atOnce, getDueAt, getVitalDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import {getDeltaFilters, pickDeltaSubset} from './delta-subset.js';
import {isInvalidated} from './is-invalidated.js';
import type {OpenRun} from './open-run.js';
import {hasContradiction} from './run-ending.js';
import {getLiveStepsKey, getNewestStepsKey, getRetriedStepsKey, getStepsDeltaKey} from './steps-keys.js';

const second = 1000;

/** Rows per request at the start, and when listing unfinished steps. */
const startSize = 200;
const liveSize = 100;

/** A request that only needs the count asks for one row. */
const countSize = 1;

type StepsNeeds = {
  /** Needs that keep the list up to date. */
  readonly lists: readonly Need[];
  /** Needs that fetch what the lists missed. */
  readonly resyncs: readonly Need[];
};

export const getStepsNeeds = (state: State, openRun: OpenRun): StepsNeeds => {
  // Without the run's own project the server looks in another one and returns an empty page.
  if (openRun.run === undefined) {
    return {lists: [], resyncs: []};
  }

  if (!hasRows(state, openRun)) {
    const key = getNewestStepsKey(openRun.runId);
    return {
      lists: [
        {key, query: buildStepsQuery(state, openRun, 'newest', startSize), dueAt: getVitalDueAt(state, key, second)},
      ],
      resyncs: [],
    };
  }

  return {
    lists: [getStepsDeltaNeed(state, openRun), ...getRelistNeeds(state, openRun)],
    resyncs: [...getRetriedStepsNeeds(state, openRun), getLiveStepsNeed(state, openRun)],
  };
};

/** Whether the first list of rows, possibly empty, has arrived. */
export const hasRows = ({requestsByKey}: State, {sync, runId}: OpenRun): boolean =>
  sync.watermark.at !== undefined || requestsByKey.get(getNewestStepsKey(runId))?.asOf !== undefined;

const buildStepsQuery = (state: State, openRun: OpenRun, subset: StepsSubset, size: number): Query => ({
  kind: 'steps',
  runId: openRun.runId,
  projectId: openRun.run?.projectId ?? state.session.project?.id,
  subset,
  size,
  ...getDeltaFilters(state, openRun, subset),
});

/**
 * At a steady pace while the run is in progress, once when it has ended, and again a little later: the last rows may
 * follow the end.
 */
const getStepsDeltaNeed = (state: State, openRun: OpenRun): Need => {
  const key = getStepsDeltaKey(openRun.runId);
  const delta = state.requestsByKey.get(key);
  const subset = pickDeltaSubset(state, openRun, delta);
  const query = buildStepsQuery(state, openRun, subset, openRun.sync.watermark.deltaSize);
  const latestKey = delta === undefined ? getNewestStepsKey(openRun.runId) : key;
  const latest = delta ?? state.requestsByKey.get(latestKey);
  if (openRun.sync.watermark.isDeltaCut || isInvalidated(openRun, latest)) {
    return {key, query, dueAt: getVitalDueAt(state, latestKey, 0)};
  }

  const isFailing = latest?.failure !== undefined;
  const {endSeenAt} = openRun;
  if (endSeenAt === undefined || isFailing) {
    return {key, query, dueAt: getVitalDueAt(state, latestKey, getDeltaGapMs(state, openRun, delta))};
  }

  const asOf = latest?.asOf ?? 0;
  const graceEndAt = endSeenAt + endGraceMs;
  const dueAt = asOf < endSeenAt ? getVitalDueAt(state, latestKey, 0) : asOf < graceEndAt ? graceEndAt : never;
  return {key, query, dueAt};
};

/** However often relisting seems necessary, a whole list is requested at most this often, in milliseconds. */
const relistGapMs = 10 * second;

/**
 * The newest rows once more, regardless of the watermark: deltas missed something, or the run has ended and its
 * steps contradict that. In the latter case once more after the last rows have had time to arrive.
 */
const getRelistNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const key = getNewestStepsKey(openRun.runId);
  const asOf = state.requestsByKey.get(key)?.asOf ?? atOnce;
  const since = findRelistTime(state, openRun);
  const gapMs = openRun.endSeenAt === undefined ? relistGapMs : 0;
  return since === undefined || asOf >= since
    ? []
    : [
        {
          key,
          query: buildStepsQuery(state, openRun, 'newest', startSize),
          dueAt: Math.max(since, getVitalDueAt(state, key, gapMs)),
        },
      ];
};

const findRelistTime = (state: State, openRun: OpenRun): Instant | undefined => {
  const {endSeenAt, runId} = openRun;
  const {distrustedAt} = openRun.sync;
  if (endSeenAt === undefined || !hasContradiction(openRun)) {
    return distrustedAt;
  }

  const deltaAsOf = state.requestsByKey.get(getStepsDeltaKey(runId))?.asOf ?? atOnce;
  const listAsOf = state.requestsByKey.get(getNewestStepsKey(runId))?.asOf ?? atOnce;
  const graceEndAt = endSeenAt + endGraceMs;
  const since = listAsOf < endSeenAt && deltaAsOf >= endSeenAt ? endSeenAt : graceEndAt;
  return Math.max(since, distrustedAt ?? since);
};

/** Previous attempts, if the newest rows are not all rows. */
const getRetriedStepsNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const key = getRetriedStepsKey(openRun.runId);
  const request = state.requestsByKey.get(key);
  const isDone = request?.asOf !== undefined && request.failure === undefined;
  return openRun.sync.hasMoreRows && !isDone
    ? [{key, query: buildStepsQuery(state, openRun, 'retried', startSize), dueAt: getDueAt(state, key, second)}]
    : [];
};

const getLiveStepsNeed = (state: State, openRun: OpenRun): Need => {
  const key = getLiveStepsKey(openRun.runId);
  const live = state.requestsByKey.get(key);
  // The first rows serve the same purpose.
  const lastKey = live === undefined ? getNewestStepsKey(openRun.runId) : key;
  const dueAt = getDueAt(state, lastKey, isInvalidated(openRun, live) ? 0 : getLiveGapMs(openRun));
  const size = canCountUnfinished(openRun) && !openRun.sync.isUnfinishedCountWrong ? countSize : liveSize;
  return {
    key,
    query: buildStepsQuery(state, openRun, 'live', size),
    dueAt: openRun.endSeenAt === undefined ? dueAt : never,
  };
};
