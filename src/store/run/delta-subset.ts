// Deltas alternate between two requests: for the rows that have changed, found by their time, and for those that are new or have
// ended, found by their IDs.
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {memoize} from '../../domain/memoize.js';
import {hasNotOneOfFilter} from '../../domain/server.js';
import {findLatestAttempt} from '../../domain/step.js';
import {iterateSteps, type StepTable} from '../../domain/step-table.js';
import type {Query, StepsSubset} from '../query.js';
import {countUnfinished, listBlockingSteps} from '../requests/pace.js';
import type {RequestState} from '../requests/request.js';
import {maxSeenRows} from '../requests/seen-rows.js';
import {areTimesUncertain, findDeltaStart} from '../requests/watermark.js';
import type {State} from '../state.js';
import {isInvalidated} from './is-invalidated.js';
import type {OpenRun} from './open-run.js';

/** The subsets that deltas request in turn. */
type DeltaSubset = Extract<StepsSubset, 'delta' | 'new' | 'ends'>;

const isDelta = (subset: StepsSubset): boolean => subset === 'delta' || subset === 'ends';

/** Which rows a request for a subset leaves out. */
export const getDeltaFilters = (
  state: State,
  openRun: OpenRun,
  subset: StepsSubset,
): Pick<Extract<Query, {readonly kind: 'steps'}>, 'updatedSince' | 'exceptIds'> => {
  const {watermark, seenRows} = openRun.sync;
  if (subset === 'new' || (subset === 'ends' && canRequestByIds(state, openRun))) {
    return {updatedSince: undefined, exceptIds: findIdleIds(openRun.table)};
  }

  return isDelta(subset)
    ? {
        updatedSince: findDeltaStart(watermark),
        exceptIds: hasNotOneOfFilter(state.server) ? seenRows.map(({id}) => id) : [],
      }
    : {updatedSince: undefined, exceptIds: []};
};

/** The rows that are not running: the attempts to leave out so that only new rows and those that have ended since are returned. */
const findIdleIds = memoize((table: StepTable): readonly StepId[] =>
  [...iterateSteps(table)].flatMap(({attempts}) =>
    attempts.filter(({status}) => status !== 'running').map(({id}) => id),
  ),
);

/** Whether rows that are new or have ended can be requested by their IDs, without regard to any clock. */
const canRequestByIds = (state: State, {table, sync}: OpenRun): boolean =>
  hasNotOneOfFilter(state.server) && !sync.hasMoreRows && findIdleIds(table).length <= maxSeenRows;

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
  const [sole, ...others] = listBlockingSteps(openRun);
  const startedAt = sole && others.length === 0 ? findLatestAttempt(sole)?.updatedAt : undefined;
  return (
    startedAt !== undefined &&
    startedAt >= (findDeltaStart(watermark) ?? Number.POSITIVE_INFINITY) &&
    !areTimesUncertain(watermark)
  );
};

/** While only one step is running, its end is requested without regard to `updated` this often, in milliseconds. */
const endsGapMs = 6000;

/**
 * If the server's clock is set back and a proxy writes `Date`, no delta returns what happens from then on. So while only an end
 * can be next, requests for rows that have ended, whenever that was, take turns with deltas, or replace them if several steps are
 * running: then an end is seldom followed by a start.
 */
const isEndsCheckDue = (state: State, openRun: OpenRun, asOf: Instant | undefined): boolean => {
  const {length} = listBlockingSteps(openRun);
  return (
    length > 0 &&
    canRequestByIds(state, openRun) &&
    asOf !== undefined &&
    (length > 1 || asOf - Math.max(openRun.sync.requestedByIdsAt, openRun.changedAt) >= endsGapMs)
  );
};

/**
 * While nothing is running, all rows that are known can be left out, and what starts is found whatever its time. This takes turns
 * with deltas, which find known rows that were written again, once a delta has found nothing.
 */
const isNewCheckDue = (state: State, openRun: OpenRun, asOf: Instant | undefined): boolean =>
  countUnfinished(openRun.table) === 0 &&
  canRequestByIds(state, openRun) &&
  asOf !== undefined &&
  asOf > openRun.sync.requestedByIdsAt &&
  asOf >= openRun.changedAt;

/** Whether to request the rows that have changed, only new ones, or only those that have ended. */
export const pickDeltaSubset = (state: State, openRun: OpenRun, delta: RequestState | undefined): DeltaSubset => {
  if (isInvalidated(openRun, delta) || isDeltaNeeded(openRun)) {
    return 'delta';
  }

  if (isNewCheckDue(state, openRun, delta?.asOf)) {
    return 'new';
  }

  return hasSeenAllStarts(openRun) || isEndsCheckDue(state, openRun, delta?.asOf) ? 'ends' : 'delta';
};
