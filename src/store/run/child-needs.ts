import type {Need} from '../query.js';
import {endGraceMs, getDeltaGapMs} from '../requests/pace.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import type {OpenRun} from './open-run.js';

const second = 1000;

/** A child run is noticed at most this long after its start, in milliseconds. */
const unknownGapMs = 15 * second;

/** Child runs are fetched every third time that the steps are. */
const pollRatio = 3;

/**
 * The child runs of a dynamic run. Only dynamic runs have any, and their own rows do not show it when a child run
 * changes. Fetched once more after the end.
 */
export const getChildRunsNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {run, runId, childRuns, overAt} = openRun;
  if (run?.isDynamic !== true || run.projectId === undefined) {
    return [];
  }

  const key = `children:${runId}`;
  const gapMs = childRuns.length === 0 ? unknownGapMs : pollRatio * Math.max(second, getDeltaGapMs(state, openRun));
  const graceEndAt = overAt === undefined ? undefined : overAt + endGraceMs;
  const asOf = state.requests.get(key)?.asOf ?? 0;
  const isOver = graceEndAt !== undefined && (childRuns.length === 0 || asOf >= graceEndAt);
  return [
    {
      key,
      query: {kind: 'child-runs', runId, projectId: run.projectId},
      dueAt: isOver ? never : Math.max(graceEndAt ?? 0, getDueAt(state, key, gapMs)),
    },
  ];
};
