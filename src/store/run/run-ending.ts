import {countSteps} from '../../domain/step-table.js';
import {countUnfinished} from '../requests/pace.js';
import type {RequestState} from '../requests/request.js';
import type {State} from '../state.js';
import type {OpenRun} from './open-run.js';
import {getDagKey, getNewestStepsKey, getStepsDeltaKey} from './steps-keys.js';

/**
 * Whether the steps contradict the end of the run: some are unfinished, or the run completed although some have not
 * started.
 */
export const hasContradiction = ({run, table}: OpenRun): boolean =>
  countUnfinished(table) > 0 || (run?.status === 'completed' && countSteps(table.counts, 'waiting') > 0);

/** A request that has failed this many times in a row is not waited for. */
const patience = 4;

/**
 * Whether the end of the run can be believed: its steps were requested after the end was seen. If they contradict
 * it, only a complete list and a graph that were both requested after it are believed.
 */
export const isEndBelieved = ({requests}: State, openRun: OpenRun): boolean => {
  const {endSeenAt, runId, hasDag} = openRun;
  if (endSeenAt === undefined) {
    return false;
  }

  const isAfter = (request: RequestState | undefined): boolean =>
    request?.asOf !== undefined && request.asOf >= endSeenAt;
  const isListed = isAfter(requests.get(getNewestStepsKey(runId)));
  if (!hasContradiction(openRun)) {
    return isListed || isAfter(requests.get(getStepsDeltaKey(runId)));
  }

  const dag = requests.get(getDagKey(runId));
  return isListed && (!hasDag || isAfter(dag) || (dag?.failedInARow ?? 0) >= patience);
};
