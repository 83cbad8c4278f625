import type {Need} from '../query.js';
import {getDueAt} from '../requests/reduce-requests.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';

/** How often a run that may come is looked for, in milliseconds: a pipeline takes seconds to start anyway. */
const gapMs = 5000;

/** The next run of the pipeline, when the open one is over and the reader wants to go on with it. */
export const getNextRunNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {run, overAt, runId} = openRun;
  const pipelineId = run?.pipeline?.id;
  if (state.session.isFollowingPipeline !== true || overAt === undefined || pipelineId === undefined) {
    return [];
  }

  const key = `next-run:${runId}`;
  const after = run?.createdAt ?? run?.startedAt ?? 0;
  return [
    {
      key,
      query: {kind: 'next-run', runId, pipelineId, projectId: run?.projectId, after},
      // What became of this one is to be seen first.
      dueAt: Math.max(overAt + gapMs, getDueAt(state, key, Math.max(gapMs, state.session.intervalMs))),
    },
  ];
};
