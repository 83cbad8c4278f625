import type {Instant} from '../../domain/instant.js';
import {isRunOver} from '../../domain/run.js';
import {getLastEndAt, getRunEndAt, isEffectivelyOver} from '../../domain/run-end.js';
import {isFinished} from '../../domain/status.js';
import {countSteps} from '../../domain/step-table.js';
import type {Action} from '../action.js';
import {countUnfinished} from '../requests/pace.js';
import type {RequestState} from '../requests/request.js';
import type {State} from '../state.js';
import {type OpenRun, withSync} from './open-run.js';
import {getDagKey, getNewestStepsKey, getStepsDeltaKey} from './steps-keys.js';

type NewsArrival = Extract<Action, {readonly type: 'news/arrived'}>;

/**
 * Whether the steps contradict the end of the run: some are unfinished, or the run completed although some have not
 * started.
 */
export const hasContradiction = ({run, table}: OpenRun): boolean =>
  countUnfinished(table) > 0 || (run?.status === 'completed' && countSteps(table.counts, 'waiting') > 0);

/** zentop does not wait for a request that has failed this many times in a row. */
const maxFailures = 4;

/**
 * Whether the end of the run can be believed: its steps were requested after the end was seen. If they contradict
 * it, only a complete list and a graph that were both requested after it are believed.
 */
const isEndBelieved = ({requestsByKey}: State, openRun: OpenRun): boolean => {
  const {endSeenAt, runId, hasDag} = openRun;
  if (endSeenAt === undefined) {
    return false;
  }

  const isAfter = (request: RequestState | undefined): boolean =>
    request?.asOf !== undefined && request.asOf >= endSeenAt;
  const isListed = isAfter(requestsByKey.get(getNewestStepsKey(runId)));
  if (!hasContradiction(openRun)) {
    return isListed || isAfter(requestsByKey.get(getStepsDeltaKey(runId)));
  }

  const dag = requestsByKey.get(getDagKey(runId));
  return isListed && (!hasDag || isAfter(dag) || (dag?.failedInARow ?? 0) >= maxFailures);
};

/**
 * Updates whether the run has ended, since when, and whether its steps agree. If it is in progress again, everything
 * is invalidated.
 */
export const withRunEnd = (state: State, before: OpenRun, openRun: OpenRun, arrival: NewsArrival): OpenRun => {
  const {run, table, endSeenAt} = openRun;
  if (run === undefined) {
    return openRun;
  }

  // Until the plan is known, it is unknown what is left to do.
  const hasEnded =
    isRunOver(run) || (openRun.hasPlan && isEffectivelyOver(run, table, getQuietMs(state, openRun, arrival)));
  if (!hasEnded) {
    return endSeenAt === undefined
      ? openRun
      : {...withSync(openRun, {invalidatedAt: arrival.requestedAt}), endSeenAt: undefined, overAt: undefined};
  }

  const endedRun =
    endSeenAt === undefined
      ? {...openRun, endSeenAt: getEndSeenAt(state, before, openRun, arrival.respondedAt)}
      : openRun;
  return endedRun.overAt === undefined && isEndBelieved(state, endedRun)
    ? {...endedRun, overAt: endedRun.endSeenAt}
    : endedRun;
};

/** A run that had ended this long before it was opened, in milliseconds, has all its rows. */
const longEndedMs = 30_000;

const dayMs = 86_400_000;

/**
 * How long nothing has happened in the run, in milliseconds, judging by when zentop saw changes, because the `Date`
 * header may be a proxy's. Only if the last step ended at least a day ago by both clocks does that time count instead.
 */
const getQuietMs = ({now, clockOffsetMs}: State, {table, changedAt}: OpenRun, {respondedAt}: NewsArrival): number => {
  const agoMs = Math.min(now, now + clockOffsetMs) - (getLastEndAt(table) ?? now);
  return agoMs >= dayMs ? agoMs : respondedAt - changedAt;
};

/** When the end of the run counts as seen: when it happened, if that was long before the run was opened; otherwise `seenAt`. */
const getEndSeenAt = (
  {clockOffsetMs}: State,
  before: OpenRun,
  {run, table, openedAt}: OpenRun,
  seenAt: Instant,
): Instant => {
  const endedAt = (run && getRunEndAt(run, table)) ?? getLastEndAt(table);
  const wasInProgress = before.run !== undefined && !isRunOver(before.run) && !isFinished(before.run.status);
  if (endedAt === undefined || wasInProgress) {
    return seenAt;
  }

  // By whichever clock is later: the other may be wrong.
  const localEndedAt = endedAt - Math.min(0, clockOffsetMs);
  return localEndedAt < openedAt - longEndedMs ? localEndedAt : seenAt;
};
