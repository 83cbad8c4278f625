import type {Failure} from '../../domain/failure.js';
import type {Run} from '../../domain/run.js';
import type {Need, Query} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {OpenRun} from '../run/open-run.js';
import {findShownStep, isPaneShown} from '../selectors.js';
import type {State} from '../state.js';
import type {Tab} from '../ui/pane.js';
import {findUnseenEarlierRun} from './history.js';

/** The tabs that compare a step with how it went before. */
const comparingTabs: ReadonlySet<Tab> = new Set(['outputs', 'cache', 'code']);

/** Runs older than these say little about this one, and each may cost a request. */
const maxEarlierRuns = 8;

const pauseMs = 5000;

/** How long a step must be selected before its previous runs are fetched, in milliseconds. */
const restMs = 300;

export const getEarlierRunsKey = (runId: string): string => `earlier-runs:${runId}`;
const getEarlierStepKey = (runId: string, name: string): string => `earlier-step:${runId}:${name}`;

/** Previous runs of this pipeline, and the selected step in the newest of them in which it finished. */
export const getEarlierNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const step = findShownStep(openRun);
  const isWanted = state.session.isScreenless !== true && isPaneShown(state) && comparingTabs.has(openRun.pane.tab);
  return step === undefined || !isWanted ? [] : getEarlierStepNeeds(state, openRun, step.name);
};

/** The next previous run in which to look up the step with this name. */
export const getEarlierStepNeeds = (state: State, openRun: OpenRun, name: string): readonly Need[] => {
  if (openRun.history.runs === undefined) {
    return getEarlierRunsNeeds(state, openRun, restMs);
  }

  const run = findUnseenEarlierRun(openRun, name);
  if (run === undefined) {
    return [];
  }

  const key = getEarlierStepKey(run.id, name);
  const query = {kind: 'earlier-step', runId: run.id, projectId: run.projectId, name} as const;
  return [{key, query, dueAt: getDueAt(state, key, pauseMs), restMs}];
};

/** Why it is not known how the step with this name went before, if fetching that fails. */
export const findEarlierFailure = (state: State, openRun: OpenRun, name: string): Failure | undefined => {
  const run = findUnseenEarlierRun(openRun, name);
  const key = run === undefined ? getEarlierRunsKey(openRun.runId) : getEarlierStepKey(run.id, name);
  return state.requests.get(key)?.failure;
};

/** Previous runs of this pipeline, once they have been needed for `restMs`. */
export const getEarlierRunsNeeds = (state: State, {run, runId}: OpenRun, restMs: number): readonly Need[] => {
  const query = run && getEarlierRunsQuery(run);
  if (query === undefined) {
    return [];
  }

  const key = getEarlierRunsKey(runId);
  const isRefused = state.requests.get(key)?.failure?.kind === 'not-found';
  return [{key, query, dueAt: isRefused ? never : getDueAt(state, key, pauseMs), restMs}];
};

/** `undefined` for a run without a pipeline. */
export const getEarlierRunsQuery = ({id, pipeline, projectId, createdAt}: Run): Query | undefined =>
  pipeline === undefined || createdAt === undefined
    ? undefined
    : {
        kind: 'earlier-runs',
        runId: id,
        pipelineId: pipeline.id,
        projectId,
        before: createdAt,
        size: maxEarlierRuns,
      };
