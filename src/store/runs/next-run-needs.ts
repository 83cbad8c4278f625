import type {Need} from '../query.js';
import {dueAfter} from '../requests.js';
import type {State} from '../state.js';
import type {Watch} from '../watch.js';

/** How often a run that may come is looked for, in milliseconds: a pipeline takes seconds to start anyway. */
const gapMs = 5000;

/** The next run of the pipeline, when the open one is over and the reader wants to go on with it. */
export const nextRunNeeds = (state: State, watch: Watch): readonly Need[] => {
  const {run, overAt, runId} = watch;
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
      dueAt: Math.max(overAt + gapMs, dueAfter(state, key, Math.max(gapMs, state.session.intervalMs))),
    },
  ];
};
