import type {StepDetail} from '../domain/attempt.js';
import type {StepId} from '../domain/ids.js';
import {isFinished} from '../domain/status.js';
import {failuresToExplain} from './failures-to-explain.js';
import type {Need} from './query.js';
import {dueAfter} from './requests.js';
import {isPaneShown, shownAttempt} from './selectors.js';
import type {State, Watch} from './state.js';

const never = Number.POSITIVE_INFINITY;
const second = 1000;

/** How long the cursor rests on a step before its page is asked for. */
export const restMs = 150;

/** The pages of attempts that the pane shows, and of those whose end was missed. */
export const detailNeeds = (state: State, watch: Watch): readonly Need[] => [
  ...[...watch.missedIds].slice(0, 4).map(id => stepNeed(state, id, 0)),
  ...(state.session.isScreenless === true
    ? failuresToExplain(watch).map(({id}) => stepNeed(state, id, second))
    : isPaneShown(state)
      ? shownNeeds(state, watch)
      : []),
];

const stepNeed = (state: State, stepId: StepId, gapMs: number): Need => {
  const key = `step:${stepId}`;
  const request = state.requests.get(key);
  return {
    key,
    query: {kind: 'step', stepId},
    dueAt: dueAfter(request, request?.failure === undefined ? gapMs : second),
  };
};

const shownNeeds = (state: State, watch: Watch): readonly Need[] => {
  const attempt = shownAttempt(state);
  if (attempt === undefined) {
    return [];
  }

  const detail = watch.detailsById.get(attempt.id);
  const isStale =
    detail === undefined ||
    detail.attempt.status !== attempt.status ||
    (attempt.updatedAt ?? 0) > (detail.attempt.updatedAt ?? 0);
  // Metadata and attached logs do not move `updated`, so a running step is asked again now and then.
  const asked = stepNeed(state, attempt.id, isStale ? 0 : 20 * second);
  const dueAt = isStale
    ? Math.max(watch.list.movedAt + restMs, asked.dueAt)
    : isFinished(attempt.status)
      ? never
      : asked.dueAt;
  return [{...asked, dueAt}, ...(detail === undefined ? [] : originNeeds(state, watch, detail))];
};

/** For a cached step: the step whose outputs it took over, and that step's run. */
const originNeeds = (state: State, watch: Watch, detail: StepDetail): readonly Need[] => {
  const originalId = detail.originalStepId;
  if (originalId === undefined) {
    return [];
  }

  const original = watch.detailsById.get(originalId);
  if (original === undefined) {
    return [stepNeed(state, originalId, 5 * second)];
  }

  const runId = original.runId;
  if (runId === undefined || runId === watch.runId || watch.otherRunsById.has(runId)) {
    return [];
  }

  const key = `other-run:${runId}`;
  return [{key, query: {kind: 'other-run', runId}, dueAt: dueAfter(state.requests.get(key), 5 * second)}];
};
