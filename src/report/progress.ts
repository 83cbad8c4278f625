import {getNeeds, getRunKey} from '../store/needs.js';
import type {Need} from '../store/query.js';
import {isServerInTrouble} from '../store/requests/outage.js';
import {getFailuresToExplain} from '../store/run/failures-to-explain.js';
import {hasRows} from '../store/run/steps-needs.js';
import type {State} from '../store/state.js';

const neverDue = Number.POSITIVE_INFINITY;

/** What failed so often is not waited for, unless it is what tells how the run is. */
const maxFailuresInARow = 4;

/**
 * Whether all steps have been told once: before that, a step that nobody has told of yet would look as if it came later.
 */
export const isLoaded = (state: State): boolean =>
  state.watch !== undefined &&
  hasRows(state, state.watch) &&
  getNeeds(state).filter(isInitialNeed).every(isAnswered(state));

const isInitialNeed = ({query}: Need): boolean =>
  query.kind === 'dag' || query.kind === 'planned' || (query.kind === 'steps' && query.slice === 'retried');

const isAnswered = (state: State) => (need: Need) => need.dueAt === neverDue || state.requests.has(need.key);

/** Whether the exception of each failed step is here, or was asked for in vain. */
export const hasExplainedFailures = ({watch, requests}: State): boolean =>
  watch === undefined || getFailuresToExplain(watch).every(({id}) => requests.get(`step:${id}`)?.failure !== undefined);

/**
 * Whether the run is over and its last state has been told: the run itself was asked after its end, and nothing of its
 * steps is to be asked again. A run that ended long ago is done as soon as it is loaded.
 */
export const isReportComplete = (state: State): boolean => {
  const {watch, requests} = state;
  const isEndSeen =
    watch?.overAt !== undefined &&
    (requests.get(getRunKey(watch.runId))?.asOf ?? Number.NEGATIVE_INFINITY) >= watch.overAt;
  return isEndSeen && !isServerInTrouble(state) && isLoaded(state) && !getNeeds(state).some(isOutstanding(state));
};

const isOutstanding =
  ({requests}: State) =>
  ({key, query, dueAt}: Need): boolean => {
    switch (query.kind) {
      case 'steps':
        return dueAt !== neverDue;

      case 'dag':
      case 'planned':
      case 'step':
        return dueAt !== neverDue && (requests.get(key)?.failedInARow ?? 0) < maxFailuresInARow;

      // None says anything of the end; and a run that is over is looked at now and then for ever.
      case 'info':
      case 'run':
      case 'other-run':
      case 'earlier-runs':
      case 'earlier-dag':
      case 'earlier-step':
      case 'cache-candidates':
      case 'artifact-version':
      case 'log':
      case 'child-runs':
      case 'runs':
      case 'run-progress':
      case 'current-user':
      case 'projects':
      case 'project':
      case 'compared-run':
      case 'compared-steps':
      case 'compared-parameters':
      case 'next-run':
        return false;
    }
  };
