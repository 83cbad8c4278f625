import type {Need} from '../query.js';
import {getDueAt} from '../requests/reduce-requests.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';

/** How often to look for the next run, in milliseconds: a pipeline takes seconds to start anyway. */
const gapMs = 5000;

/** The next run of the pipeline, once the open one is over or gone and `--follow` is set. */
export const getNextRunNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {run, runId} = openRun;
  const overAt = openRun.overAt ?? openRun.goneAt;
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
      // First the user must be able to see how this run ended.
      dueAt: Math.max(overAt + gapMs, getDueAt(state, key, Math.max(gapMs, state.session.intervalMs))),
    },
  ];
};
