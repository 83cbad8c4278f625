import {isFinished} from '../../domain/status.js';
import type {Need} from '../query.js';
import {endGraceMs, getDeltaGapMs} from '../requests/pace.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import {isInvalidated} from './is-invalidated.js';
import type {OpenRun} from './open-run.js';
import {getChildRunsKey} from './steps-keys.js';

const second = 1000;

/** A child run is noticed at most this long after its start, in milliseconds. */
const unknownGapMs = 15 * second;

/** The pause between fetches of child runs is this many times as long as that between fetches of steps. */
const pollRatio = 3;

/**
 * The child runs of a dynamic run. Only dynamic runs have any, and their own rows do not show that a child run has
 * changed. Fetched once more after the end, and as long as one of them is still in progress: it can outlive its parent.
 */
export const getChildRunsNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {run, runId, childRuns, overAt} = openRun;
  if (run?.isDynamic !== true || run.projectId === undefined) {
    return [];
  }

  const key = getChildRunsKey(runId);
  const hasLiveChild = childRuns.some(({status}) => status !== undefined && !isFinished(status.status));
  const request = state.requestsByKey.get(key);
  const isOutdated = isInvalidated(openRun, request);
  const graceEndAt = overAt === undefined ? undefined : overAt + endGraceMs;
  const isFetchedAfterEnd = graceEndAt !== undefined && (request?.asOf ?? 0) >= graceEndAt;
  const isSlow = childRuns.length === 0 || isFetchedAfterEnd;
  const gapMs = isSlow ? unknownGapMs : pollRatio * Math.max(second, getDeltaGapMs(state, openRun));
  const isOver = graceEndAt !== undefined && !hasLiveChild && (childRuns.length === 0 || isFetchedAfterEnd);
  return [
    {
      key,
      query: {kind: 'child-runs', runId, projectId: run.projectId},
      dueAt: isOutdated
        ? getDueAt(state, key, 0)
        : isOver
          ? never
          : Math.max(graceEndAt ?? 0, getDueAt(state, key, gapMs)),
    },
  ];
};
