import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {memoize} from '../../domain/memoize.js';
import {hasNotOneOfFilter} from '../../domain/server.js';
import {findBlockingSteps} from '../../domain/sole-step.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {iterateSteps, type StepTable} from '../../domain/step-table.js';
import type {Need, Query} from '../query.js';
import {canCountUnfinished, endGraceMs, getDeltaGapMs, getLiveGapMs} from '../requests/pace.js';
import {atOnce, getDueAt, getVitalDueAt, never} from '../requests/reduce-requests.js';
import type {RequestState} from '../requests/request.js';
import {maxSeenRows} from '../requests/seen-rows.js';
import {areTimesUncertain, getDeltaStart} from '../requests/watermark.js';
import type {State} from '../state.js';
import type {OpenRun} from './open-run.js';
import {hasContradiction} from './run-ending.js';
import {getLiveStepsKey, getNewestStepsKey, getRetriedStepsKey, getStepsDeltaKey} from './steps-keys.js';

const second = 1000;

/** Rows per request at the start, and when listing unfinished steps. */
const startSize = 200;
const liveSize = 100;

/** A request that only needs the count asks for one row. */
const countSize = 1;

/** Whether the current answer was requested before something happened that may have made it wrong. */
export const isInvalidated = (openRun: OpenRun | undefined, request: RequestState | undefined): boolean =>
  request?.asOf !== undefined && openRun?.sync.invalidatedAt !== undefined && request.asOf < openRun.sync.invalidatedAt;

type StepsNeeds = {
  /** Keep the list up to date. */
  readonly lists: readonly Need[];
  /** Fetch what the lists missed. */
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
export const hasRows = ({requests}: State, {sync, runId}: OpenRun): boolean =>
  sync.watermark.at !== undefined || requests.get(getNewestStepsKey(runId))?.asOf !== undefined;

type Slice = Extract<Query, {readonly kind: 'steps'}>['slice'];

const isDelta = (slice: Slice): boolean => slice === 'delta' || slice === 'ends';

const buildStepsQuery = (state: State, openRun: OpenRun, slice: Slice, size: number): Query => ({
  kind: 'steps',
  runId: openRun.runId,
  projectId: openRun.run?.projectId ?? state.session.project?.id,
  slice,
  size,
  ...getDeltaFilters(state, openRun, slice),
});

const getDeltaFilters = (
  state: State,
  openRun: OpenRun,
  slice: Slice,
): Pick<Extract<Query, {readonly kind: 'steps'}>, 'updatedSince' | 'exceptIds'> => {
  const {watermark, seenRows} = openRun.sync;
  if (slice === 'ends' && canCheckEnds(state, openRun)) {
    return {updatedSince: undefined, exceptIds: findIdleIds(openRun.table)};
  }

  return isDelta(slice)
    ? {
        updatedSince: getDeltaStart(watermark),
        exceptIds: hasNotOneOfFilter(state.server) ? seenRows.map(({id}) => id) : [],
      }
    : {updatedSince: undefined, exceptIds: []};
};

/** The rows that are not running: the attempts to leave out so that only ends since are returned. */
const findIdleIds = memoize((table: StepTable): readonly StepId[] =>
  [...iterateSteps(table)].flatMap(({attempts}) =>
    attempts.filter(({status}) => status !== 'running').map(({id}) => id),
  ),
);

/** Whether rows that have ended can be requested by their ids, without regard to any clock. */
const canCheckEnds = (state: State, {table, sync}: OpenRun): boolean =>
  hasNotOneOfFilter(state.server) && !sync.hasMoreRows && findIdleIds(table).length <= maxSeenRows;

/** The running steps if no other step can start before one of them ends. */
const findBlocking = ({run, hasPlan, table}: OpenRun): readonly Step[] =>
  run?.isDynamic === false && hasPlan ? findBlockingSteps(table) : [];

const isDeltaNeeded = ({endSeenAt, sync}: OpenRun): boolean =>
  endSeenAt !== undefined ||
  sync.watermark.isDeltaCut ||
  sync.watermark.doubtedFrom !== undefined ||
  sync.unseen.isFinishedById.size > 0;

/**
 * The server compares whole seconds, so the next delta would return again the row of a step that has just started. If nothing
 * can happen before that step ends, it is enough to request rows that are not running.
 */
const hasSeenAllStarts = (openRun: OpenRun): boolean => {
  const {watermark} = openRun.sync;
  const [sole, ...others] = findBlocking(openRun);
  const startedAt = sole && others.length === 0 ? findLatestAttempt(sole)?.updatedAt : undefined;
  return (
    startedAt !== undefined &&
    startedAt >= (getDeltaStart(watermark) ?? Number.POSITIVE_INFINITY) &&
    !areTimesUncertain(watermark)
  );
};

/** While only one step is running, its end is requested without regard to `updated` this often, in milliseconds. */
const endsGapMs = 6 * second;

/**
 * If the server's clock is set back and a proxy writes `Date`, no delta returns what happens from then on. So while only an end
 * can be next, requests for rows that have ended, whenever that was, take turns with deltas, or replace them if several steps are
 * running: then an end is seldom followed by a start.
 */
const isEndsCheckDue = (state: State, openRun: OpenRun, asOf: Instant | undefined): boolean => {
  const {length} = findBlocking(openRun);
  return (
    length > 0 &&
    canCheckEnds(state, openRun) &&
    asOf !== undefined &&
    (length > 1 || asOf - Math.max(openRun.sync.endsCheckedAt, openRun.changedAt) >= endsGapMs)
  );
};

const pickSlice = (state: State, openRun: OpenRun, delta: RequestState | undefined): 'delta' | 'ends' =>
  !isInvalidated(openRun, delta) &&
  !isDeltaNeeded(openRun) &&
  (hasSeenAllStarts(openRun) || isEndsCheckDue(state, openRun, delta?.asOf))
    ? 'ends'
    : 'delta';

/**
 * At a steady pace while the run is in progress, once when it has ended, and again a little later: the last rows may
 * follow the end.
 */
const getStepsDeltaNeed = (state: State, openRun: OpenRun): Need => {
  const key = getStepsDeltaKey(openRun.runId);
  const slice = pickSlice(state, openRun, state.requests.get(key));
  const query = buildStepsQuery(state, openRun, slice, openRun.sync.watermark.deltaSize);
  const delta = state.requests.get(key);
  const latestKey = delta === undefined ? getNewestStepsKey(openRun.runId) : key;
  const latest = delta ?? state.requests.get(latestKey);
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
  const asOf = state.requests.get(key)?.asOf ?? atOnce;
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

  const deltaAsOf = state.requests.get(getStepsDeltaKey(runId))?.asOf ?? atOnce;
  const listAsOf = state.requests.get(getNewestStepsKey(runId))?.asOf ?? atOnce;
  const graceEndAt = endSeenAt + endGraceMs;
  const since = listAsOf < endSeenAt && deltaAsOf >= endSeenAt ? endSeenAt : graceEndAt;
  return Math.max(since, distrustedAt ?? since);
};

/** Previous attempts, if the newest rows are not all rows. */
const getRetriedStepsNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const key = getRetriedStepsKey(openRun.runId);
  const request = state.requests.get(key);
  const isDone = request?.asOf !== undefined && request.failure === undefined;
  return openRun.sync.hasMoreRows && !isDone
    ? [{key, query: buildStepsQuery(state, openRun, 'retried', startSize), dueAt: getDueAt(state, key, second)}]
    : [];
};

const getLiveStepsNeed = (state: State, openRun: OpenRun): Need => {
  const key = getLiveStepsKey(openRun.runId);
  const live = state.requests.get(key);
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
