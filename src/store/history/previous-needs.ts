import type {Failure} from '../../domain/failure.js';
import type {Run} from '../../domain/run.js';
import type {Need, Query} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {OpenRun} from '../run/open-run.js';
import {findShownStep, isPaneShown} from '../selectors.js';
import type {State} from '../state.js';
import type {Tab} from '../ui/pane.js';
import {findUnseenPreviousRun} from './history.js';

/** The tabs that compare a step with how it went before. */
const comparingTabs: ReadonlySet<Tab> = new Set(['outputs', 'cache', 'code']);

/** Runs older than these say little about this one, and each may cost a request. */
const maxPreviousRuns = 8;

const pauseMs = 5000;

/** How long a step must be selected before its previous runs are fetched, in milliseconds. */
const restMs = 300;

export const getPreviousRunsKey = (runId: string): string => `previous-runs:${runId}`;
const getPreviousStepKey = (runId: string, name: string): string => `previous-step:${runId}:${name}`;

/** Previous runs of this pipeline, and the selected step in the newest of them in which it finished. */
export const getPreviousNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const step = findShownStep(openRun);
  const isWanted = state.session.isScreenless !== true && isPaneShown(state) && comparingTabs.has(openRun.pane.tab);
  return step === undefined || !isWanted ? [] : getPreviousStepNeeds(state, openRun, step.name);
};

/** The next previous run in which to look up the step with this name. */
export const getPreviousStepNeeds = (state: State, openRun: OpenRun, name: string): readonly Need[] => {
  if (openRun.history.runs === undefined) {
    return getPreviousRunsNeeds(state, openRun, restMs);
  }

  const run = findUnseenPreviousRun(openRun, name);
  if (run === undefined) {
    return [];
  }

  const key = getPreviousStepKey(run.id, name);
  const query = {kind: 'previous-step', runId: run.id, projectId: run.projectId, name} as const;
  return [{key, query, dueAt: getDueAt(state, key, pauseMs), restMs}];
};

/** Why it is not known how the step with this name went before, if fetching that fails. */
export const findPreviousFailure = (state: State, openRun: OpenRun, name: string): Failure | undefined => {
  const run = findUnseenPreviousRun(openRun, name);
  const key = run === undefined ? getPreviousRunsKey(openRun.runId) : getPreviousStepKey(run.id, name);
  return state.requests.get(key)?.failure;
};

/** Previous runs of this pipeline, once they have been needed for `restMs`. */
export const getPreviousRunsNeeds = (state: State, {run, runId}: OpenRun, restMs: number): readonly Need[] => {
  const query = run && getPreviousRunsQuery(run);
  if (query === undefined) {
    return [];
  }

  const key = getPreviousRunsKey(runId);
  const isRefused = state.requests.get(key)?.failure?.kind === 'not-found';
  return [{key, query, dueAt: isRefused ? never : getDueAt(state, key, pauseMs), restMs}];
};

/** `undefined` for a run without a pipeline. */
export const getPreviousRunsQuery = ({id, pipeline, projectId, createdAt}: Run): Query | undefined =>
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
