import {getPreviousRunsNeeds} from '../history/previous-needs.js';
import type {Need} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import {isInvalidated} from '../run/is-invalidated.js';
import type {OpenRun} from '../run/open-run.js';
import {isPaneShown, isRunSelected, selectServerNow} from '../selectors.js';
import type {State} from '../state.js';
import {isSilent} from './quiet-steps.js';

/** How long the row of the run must be selected before its page is fetched, in milliseconds. */
const restMs = 150;

/** If a response did not contain what is missing, it is requested again after this pause, in milliseconds. */
const pauseMs = 5000;

/** Whether the pane is on the screen and shows the run itself. */
export const isRunPageShown = (state: State, openRun: OpenRun): boolean =>
  state.session.isScreenless !== true && isRunSelected(openRun) && isPaneShown(state);

/** What the page of the run shows: previous runs of the pipeline, and the stack. */
export const getRunPageNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {page} = openRun;
  const isShown = isRunPageShown(state, openRun);
  const isHistoryWanted = isShown || page.isComparisonWanted;
  return [
    ...(isHistoryWanted ? getPreviousRunsNeeds(state, openRun, page.isComparisonWanted ? 0 : restMs) : []),
    ...(isShown || isActing(state) || isSilent(openRun, selectServerNow(state)) ? getStackNeeds(state, openRun) : []),
    ...getSourceNeeds(state, openRun),
  ];
};

/**
 * Where the function of the pipeline is defined: the menu of actions offers the code that replays a finished run, which imports it.
 */
const getSourceNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {runId, run, page, overAt} = openRun;
  const isWanted = state.screen.name === 'menu' && state.screen.isLive && overAt !== undefined;
  if (!isWanted || page.source !== undefined || run?.snapshotId === undefined) {
    return [];
  }

  const key = getSourceKey(openRun);
  const query = {kind: 'pipeline-source', runId, snapshotId: run.snapshotId} as const;
  return [{key, query, dueAt: isSourceLoading(state, openRun) ? getDueAt(state, key, pauseMs) : never}];
};

const getSourceKey = ({runId}: OpenRun): string => `pipeline-source:${runId}`;

/**
 * Whether the server may still say where the function of the pipeline is defined. It is requested only once, unless an outage was the
 * cause of the failure.
 */
export const isSourceLoading = (state: State, openRun: OpenRun): boolean => {
  const {failure, failedInARow = 0} = state.requestsByKey.get(getSourceKey(openRun)) ?? {};
  const mayBeFetched = failure === undefined || failedInARow === 0;
  return openRun.page.source === undefined && openRun.run?.snapshotId !== undefined && mayBeFetched;
};

/** What an action can do depends on the orchestrator. */
const isActing = ({screen}: State): boolean => screen.name === 'confirming' || screen.name === 'menu';

const getStackNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {run, page} = openRun;
  if (run?.stack === undefined) {
    return [];
  }

  const key = `stack:${run.stack.id}`;
  const request = state.requestsByKey.get(key);
  if (page.stack?.id === run.stack.id && !isInvalidated(openRun, request)) {
    return [];
  }

  const failure = request?.failure?.kind;
  const isHopeless = failure === 'not-found' || failure === 'no-route' || failure === 'forbidden';
  return [
    {
      key,
      query: {kind: 'stack', stackId: run.stack.id},
      dueAt: isHopeless ? never : getDueAt(state, key, pauseMs),
      restMs,
    },
  ];
};
