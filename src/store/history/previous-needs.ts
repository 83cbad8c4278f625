import type {Failure} from '../../domain/failure.js';
import type {Run} from '../../domain/run.js';
import {isRunInProgress} from '../../domain/run-row.js';
import type {Need, Query} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import {isInvalidated} from '../run/is-invalidated.js';
import type {OpenRun} from '../run/open-run.js';
import {findShownStep, isPaneShown} from '../selectors.js';
import type {State} from '../state.js';
import type {Tab} from '../ui/pane.js';
import {findUnseenPreviousRun, type RunHistory} from './history.js';

/** The tabs that compare a step with how it went before. */
const comparingTabs: ReadonlySet<Tab> = new Set(['outputs', 'cache', 'code']);

/** More previous runs than this would say little about this one, and each may cost a request. */
const maxPreviousRuns = 8;

/** If a response did not contain what is missing, it is requested again after this pause, in milliseconds. */
const pauseMs = 5000;

/** The pause before a previous run that is in progress is fetched again, in milliseconds. */
const liveGapMs = 10_000;

/** How long a step must be selected before its previous runs are fetched, in milliseconds. */
const selectionRestMs = 300;

export const getPreviousRunsKey = (runId: string): string => `previous-runs:${runId}`;
const getPreviousStepKey = (runId: string, name: string): string => `previous-step:${runId}:${name}`;

/** Previous runs of this pipeline, and the selected step in the newest of them in which it completed or was cached. */
export const getPreviousNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const step = findShownStep(openRun);
  const isWanted = state.session.isScreenless !== true && isPaneShown(state) && comparingTabs.has(openRun.pane.tab);
  return step === undefined || !isWanted ? [] : getPreviousStepNeeds(state, openRun, step.name);
};

/** Previous runs, and the step with this name in the newest of them in which it has not been looked up yet. */
export const getPreviousStepNeeds = (state: State, openRun: OpenRun, name: string): readonly Need[] => {
  const runsNeeds = getPreviousRunsNeeds(state, openRun, selectionRestMs);
  const run = findUnseenPreviousRun(openRun, name);
  if (run === undefined) {
    return runsNeeds;
  }

  const key = getPreviousStepKey(run.id, name);
  const query = {kind: 'previous-step', runId: run.id, projectId: run.projectId, name} as const;
  return [...runsNeeds, {key, query, dueAt: getDueAt(state, key, pauseMs), restMs: selectionRestMs}];
};

/** The failure of the request for previous runs, or for the step with this name in one of them; `undefined` if none has failed. */
export const findPreviousFailure = (state: State, openRun: OpenRun, name: string): Failure | undefined => {
  const run = findUnseenPreviousRun(openRun, name);
  const key = run === undefined ? getPreviousRunsKey(openRun.runId) : getPreviousStepKey(run.id, name);
  return state.requestsByKey.get(key)?.failure;
};

/**
 * Previous runs of this pipeline, once they have been needed for `restMs`. They are fetched again while one of them is in progress,
 * and when they may have changed.
 */
export const getPreviousRunsNeeds = (state: State, openRun: OpenRun, restMs: number): readonly Need[] => {
  const {run, runId, history} = openRun;
  const query = run && findPreviousRunsQuery(run);
  const key = getPreviousRunsKey(runId);
  const gapMs = findPreviousRunsGapMs(history, isInvalidated(openRun, state.requestsByKey.get(key)));
  if (query === undefined || gapMs === undefined) {
    return [];
  }

  const isGone = state.requestsByKey.get(key)?.failure?.kind === 'not-found';
  return [{key, query, dueAt: isGone ? never : getDueAt(state, key, gapMs), restMs}];
};

/** `undefined` if the previous runs need not be fetched. */
const findPreviousRunsGapMs = ({runs}: RunHistory, isOutdated: boolean): number | undefined => {
  if (runs === undefined) {
    return pauseMs;
  }

  return isOutdated ? 0 : runs.some(isRunInProgress) ? liveGapMs : undefined;
};

/** `undefined` for a run without a pipeline, or without the time of its creation. */
export const findPreviousRunsQuery = ({id, pipeline, projectId, createdAt}: Run): Query | undefined =>
  pipeline === undefined || createdAt === undefined
    ? undefined
    : {
        kind: 'previous-runs',
        runId: id,
        pipelineId: pipeline.id,
        projectId,
        before: createdAt,
        size: maxPreviousRuns,
      };
