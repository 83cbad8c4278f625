import type {Instant} from '../domain/instant.js';
import {getNeeds, getRunKey} from '../store/needs.js';
import type {Need} from '../store/query.js';
import {isServerStateUnknown} from '../store/requests/outage.js';
import {getFailuresToExplain} from '../store/run/failures-to-explain.js';
import {hasRows} from '../store/run/steps-needs.js';
import {isAboutListing} from '../store/runs/listing.js';
import type {State} from '../store/state.js';

const neverDue = Number.POSITIVE_INFINITY;

/** After this many failures in a row, a report no longer waits for a request, unless the state of the run depends on it. */
const maxFailuresInARow = 4;

/** Whether all steps are loaded. Before that, each step that is still being loaded would be reported as new. */
export const isLoaded = (state: State): boolean =>
  state.openRun !== undefined &&
  hasRows(state, state.openRun) &&
  getNeeds(state).filter(isInitialNeed).every(isNoLongerAwaited(state));

const isInitialNeed = ({query}: Need): boolean =>
  query.kind === 'dag' || query.kind === 'planned' || (query.kind === 'steps' && query.subset === 'retried');

/** Whether a request for this need has succeeded or failed, none is due, or the report goes ahead without it. */
const isNoLongerAwaited = (state: State) => (need: Need) =>
  need.dueAt === neverDue || state.requestsByKey.has(need.key) || isTooLate(state, need, state.openRun?.openedAt);

/**
 * The graph and the details of failed steps delay a report by at most this long, in milliseconds, or by three times as long as such
 * a request usually takes if that is longer.
 */
const patienceMs = 5000;

/** Whether the report no longer waits for what this need fetches; `since` is when that was first needed. */
const isTooLate = ({requestsByKey, now}: State, {key, query}: Need, since: Instant | undefined): boolean => {
  const isDispensable = query.kind === 'dag' || query.kind === 'planned' || query.kind === 'step';
  const tookMs = requestsByKey.get(key)?.tookMs ?? 0;
  return isDispensable && since !== undefined && now - since >= Math.max(patienceMs, 3 * tookMs);
};

/** The instant since which the run has been known to be over and nothing has changed; `undefined` while it is not over. */
const findSettledAt = ({openRun}: State): Instant | undefined =>
  openRun?.overAt && Math.max(openRun.openedAt, openRun.overAt, openRun.changedAt);

/** Whether the report lacks the graph of the run, and with it steps that did not run. */
export const isGraphMissing = ({openRun}: State): boolean => openRun?.hasDag === true && !openRun.hasPlan;

/** Whether the exception of each failed step is loaded, or could not be loaded. */
export const areFailuresExplained = ({openRun, requestsByKey}: State): boolean =>
  openRun === undefined ||
  getFailuresToExplain(openRun).every(({id}) => requestsByKey.get(`step:${id}`)?.failure !== undefined);

/**
 * Whether the run is over and its final state is loaded: the run was fetched after its end, and no request about its steps
 * is outstanding. A run that ended long ago is complete as soon as it is loaded.
 */
export const isReportComplete = (state: State): boolean => {
  const {openRun, requestsByKey} = state;
  const isEndSeen =
    openRun?.overAt !== undefined &&
    (requestsByKey.get(getRunKey(openRun.runId))?.asOf ?? Number.NEGATIVE_INFINITY) >= openRun.overAt;
  return (
    isEndSeen &&
    isServerKnown(state) &&
    !isServerLost(state) &&
    isLoaded(state) &&
    !getNeeds(state).some(need => isOutstanding(state)(need) && !isTooLate(state, need, findSettledAt(state)))
  );
};

/** Whether the server is lost, judging by the requests for which the report waits. */
const isServerLost = (state: State): boolean => {
  const {outage} = state;
  if (outage === undefined || !isServerStateUnknown(state)) {
    return false;
  }

  const late = new Set(
    getNeeds(state)
      .filter(need => isTooLate(state, need, findSettledAt(state)))
      .map(({key}) => key),
  );
  return [...outage.keys].some(key => !late.has(key));
};

export const missingGraphText =
  'The server did not return the graph of the run, so steps that did not run may be missing.';

/** The URL of the run depends on what the server says about itself. */
const isServerKnown = ({server, requestsByKey}: State): boolean =>
  server !== undefined || requestsByKey.get('info')?.failure !== undefined;

const isOutstanding =
  ({requestsByKey}: State) =>
  ({key, query, dueAt}: Need): boolean => {
    if (isAboutListing(query)) {
      return false;
    }

    switch (query.kind) {
      case 'steps':
        return dueAt !== neverDue;

      case 'dag':
      case 'planned':
      case 'step':
        return dueAt !== neverDue && (requestsByKey.get(key)?.failedInARow ?? 0) < maxFailuresInARow;

      // None of these affects the final state, and a finished run is still polled from time to time.
      case 'info':
      case 'run':
      case 'referenced-run':
      case 'previous-runs':
      case 'previous-dag':
      case 'previous-step':
      case 'cache-candidates':
      case 'artifact-version':
      case 'activity':
      case 'questions':
      case 'user':
      case 'resource-request':
      case 'stack':
      case 'pipeline-source':
      case 'log':
      case 'child-runs':
      case 'child-dag':
        return false;
    }
  };
