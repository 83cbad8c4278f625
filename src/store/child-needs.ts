import {deltaGapMs, endSettleMs} from './pace.js';
import type {Need} from './query.js';
import {dueAfter, never} from './requests.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

const second = 1000;

/** A run that has been started is known, at the latest, this long after, in milliseconds. */
const unknownGapMs = 15 * second;

/** Every third time that the steps are asked for. */
const share = 3;

/**
 * The runs that a dynamic run has started: only such a one can, and nothing in its own rows tells that one has moved on. Once
 * more after its end.
 */
export const childNeeds = (state: State, watch: Watch): readonly Need[] => {
  const {run, runId, childRuns, overAt} = watch;
  if (run?.isDynamic !== true || run.projectId === undefined || state.session.isScreenless === true) {
    return [];
  }

  const key = `children:${runId}`;
  const gapMs = childRuns.length === 0 ? unknownGapMs : share * Math.max(second, deltaGapMs(state, watch, 0));
  const settledAt = overAt === undefined ? undefined : overAt + endSettleMs;
  const asOf = state.requests.get(key)?.asOf ?? 0;
  const isOver = settledAt !== undefined && (childRuns.length === 0 || asOf >= settledAt);
  return [
    {
      key,
      query: {kind: 'child-runs', runId, projectId: run.projectId},
      dueAt: isOver ? never : Math.max(settledAt ?? 0, dueAfter(state, key, gapMs)),
    },
  ];
};
