import type {Failure} from '../domain/failure.js';
import {unseenEarlierRun} from './earlier.js';
import type {Tab} from './pane.js';
import type {Need} from './query.js';
import {dueAfter, never} from './requests.js';
import {isPaneShown, shownStep} from './selectors.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

/** The tabs that compare a step with how it went before. */
const comparing: ReadonlySet<Tab> = new Set(['outputs', 'cache', 'code']);

/** Older runs than these tell little about this one, and each may cost a request. */
const mostEarlierRuns = 8;

const pauseMs = 5000;

/** How long the cursor rests on a step before earlier runs are asked about it, in milliseconds. */
const restMs = 300;

export const earlierRunsKey = (runId: string): string => `earlier-runs:${runId}`;
export const earlierStepKey = (runId: string, name: string): string => `earlier-step:${runId}:${name}`;

/** The runs of this pipeline before this one, and the shown step in the newest of them in which it got to its end. */
export const earlierNeeds = (state: State, watch: Watch): readonly Need[] => {
  const step = shownStep(watch);
  const isWanted = state.session.isScreenless !== true && isPaneShown(state) && comparing.has(watch.pane.tab);
  return step === undefined || !isWanted ? [] : earlierStepNeeds(state, watch, step.name);
};

/** Where to look next for how the step with this name went before. */
export const earlierStepNeeds = (state: State, watch: Watch, name: string): readonly Need[] => {
  if (watch.earlier.runs === undefined) {
    return earlierRunsNeeds(state, watch, restMs);
  }

  const run = unseenEarlierRun(watch, name);
  if (run === undefined) {
    return [];
  }

  const key = earlierStepKey(run.id, name);
  const query = {kind: 'earlier-step', runId: run.id, projectId: run.projectId, name} as const;
  return [{key, query, dueAt: dueAfter(state, key, pauseMs), restMs}];
};

/** Why it is not known how the step with this name went before, where asking for that fails. */
export const earlierFailure = (state: State, watch: Watch, name: string): Failure | undefined => {
  const run = unseenEarlierRun(watch, name);
  const key = run === undefined ? earlierRunsKey(watch.runId) : earlierStepKey(run.id, name);
  return state.requests.get(key)?.failure;
};

/** The runs of this pipeline before this one, once they have been needed for `restMs`. */
export const earlierRunsNeeds = (state: State, {run, runId}: Watch, restMs: number): readonly Need[] => {
  if (run?.pipeline === undefined || run.createdAt === undefined) {
    return [];
  }

  const key = earlierRunsKey(runId);
  const isRefused = state.requests.get(key)?.failure?.kind === 'not-found';
  return [
    {
      key,
      query: {
        kind: 'earlier-runs',
        runId,
        pipelineId: run.pipeline.id,
        projectId: run.projectId,
        before: run.createdAt,
        size: mostEarlierRuns,
      },
      dueAt: isRefused ? never : dueAfter(state, key, pauseMs),
      restMs,
    },
  ];
};
