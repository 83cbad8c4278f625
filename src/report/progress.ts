import {failuresToExplain} from '../store/failures-to-explain.js';
import {needsOf, runKey} from '../store/needs.js';
import {isInTrouble} from '../store/outage.js';
import type {Need} from '../store/query.js';
import type {State} from '../store/state.js';

const never = Number.POSITIVE_INFINITY;

/** What failed so often is not waited for, unless it is what tells how the run is. */
const patience = 4;

/**
 * Whether all steps have been told once: before that, a step that nobody has told of yet would look as if it came later.
 */
export const isLoaded = (state: State): boolean =>
  state.watch?.watermarkAt !== undefined && needsOf(state).filter(isOfStart).every(isAnswered(state));

const isOfStart = ({query}: Need): boolean =>
  query.kind === 'dag' || query.kind === 'planned' || (query.kind === 'steps' && query.slice === 'retried');

const isAnswered = (state: State) => (need: Need) => need.dueAt === never || state.requests.has(need.key);

/** Whether the exception of each failed step is here, or was asked for in vain. */
export const isExplained = ({watch, requests}: State): boolean =>
  watch === undefined || failuresToExplain(watch).every(({id}) => requests.get(`step:${id}`)?.failure !== undefined);

/**
 * Whether the run is over and its last state has been told: the run itself was asked after its end, and nothing of its
 * steps is to be asked again. A run that ended long ago is done as soon as it is loaded.
 */
export const isDone = (state: State): boolean => {
  const {watch, requests} = state;
  const isEndSeen =
    watch?.overAt !== undefined &&
    (requests.get(runKey(watch.runId))?.asOf ?? Number.NEGATIVE_INFINITY) >= watch.overAt;
  return isEndSeen && !isInTrouble(state) && isLoaded(state) && !needsOf(state).some(isOutstanding(state));
};

const isOutstanding =
  ({requests}: State) =>
  ({key, query, dueAt}: Need): boolean => {
    switch (query.kind) {
      case 'steps':
        return dueAt !== never;

      case 'dag':
      case 'planned':
      case 'step':
        return dueAt !== never && (requests.get(key)?.failedInARow ?? 0) < patience;

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
