import type {Attempt, StepDetail} from '../domain/attempt.js';
import type {RunId, StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {isFinished} from '../domain/status.js';
import {failuresToExplain} from './failures-to-explain.js';
import type {Need} from './query.js';
import {atOnce, dueAfter, never} from './requests.js';
import {isPaneShown, shownAttempt, shownStep} from './selectors.js';
import type {State} from './state.js';
import type {Watch} from './watch.js';

const second = 1000;

/** How long the cursor rests on a step before its page is asked for. */
export const restMs = 150;

/** The same where the list follows by itself what runs: a step that is gone again at once is not worth a page. */
export const followRestMs = 2 * second;

/** Ends that were missed are asked for few at a time. */
const mostMissed = 4;

/** The pages of attempts whose end was missed. */
export const missedNeeds = (state: State, watch: Watch): readonly Need[] =>
  [...watch.missedIds].slice(0, mostMissed).map(id => stepNeed(state, id, second));

/** The page of the attempt that the pane shows, and what that one points to; without a screen, why steps failed. */
export const shownNeeds = (state: State, watch: Watch): readonly Need[] => {
  if (state.session.isScreenless === true) {
    return failuresToExplain(watch).map(({id}) => stepNeed(state, id, second));
  }

  const attempt = isPaneShown(state) ? shownAttempt(state) : undefined;
  if (attempt === undefined) {
    return [];
  }

  const detail = watch.detailsById.get(attempt.id);
  const isPassingBy = watch.list.isFollowing && !isFinished(attempt.status);
  const shown: Need = {
    ...stepNeed(state, attempt.id, second),
    dueAt: Math.max(shownDueAt(state, attempt, detail), leftAlone(state, watch, attempt)),
    restMs: isPassingBy ? followRestMs : restMs,
  };
  return [
    shown,
    ...(detail === undefined ? [] : originNeeds(state, watch, detail)),
    ...earlierAttemptNeeds(state, watch, attempt.id),
  ];
};

/** The overview tells why earlier attempts failed, of so many the latest. */
const mostAttempts = 10;

/** Their pages are asked for few at a time. */
const mostAttemptsAtOnce = 2;

const earlierAttemptNeeds = (state: State, watch: Watch, shownId: StepId): readonly Need[] => {
  const attempts = watch.pane.tab === 'overview' ? (shownStep(watch)?.attempts ?? []) : [];
  return attempts
    .slice(-mostAttempts, -1)
    .toReversed()
    .filter(({id, status}) => id !== shownId && watch.detailsById.get(id)?.attempt.status !== status)
    .slice(0, mostAttemptsAtOnce)
    .map(({id}) => ({...stepNeed(state, id, 5 * second), restMs}));
};

const stepKey = (stepId: StepId): string => `step:${stepId}`;

export const stepNeed = (state: State, stepId: StepId, gapMs: number): Need => ({
  key: stepKey(stepId),
  query: {kind: 'step', stepId},
  dueAt: dueUnlessGone(state, stepKey(stepId), gapMs),
});

/** What the server says is not there is not asked for again. */
const dueUnlessGone = (state: State, key: string, gapMs: number): Instant =>
  state.requests.get(key)?.failure?.kind === 'not-found' ? never : dueAfter(state, key, gapMs);

const shownDueAt = (state: State, attempt: Attempt, detail: StepDetail | undefined): Instant => {
  const isStale =
    detail === undefined ||
    detail.attempt.status !== attempt.status ||
    (attempt.updatedAt ?? 0) > (detail.attempt.updatedAt ?? 0);
  if (isStale) {
    return dueUnlessGone(state, stepKey(attempt.id), second);
  }

  // Metadata and attached logs do not move `updated`, so a running step is asked again now and then.
  return isFinished(attempt.status) ? never : dueUnlessGone(state, stepKey(attempt.id), 30 * second);
};

/** Until when a step that has ended well is left alone: a list that follows what runs mostly goes on to the next at once. */
const leftAlone = (state: State, watch: Watch, {status, endedAt}: Attempt): Instant => {
  const isLeft = watch.list.isFollowing && watch.overAt === undefined && isFinished(status) && status !== 'failed';
  return isLeft && endedAt !== undefined ? endedAt - state.clockOffsetMs + followRestMs : atOnce;
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

  return [otherRunNeed(state, runId)];
};

export const otherRunNeed = (state: State, runId: RunId): Need => {
  const key = `other-run:${runId}`;
  return {key, query: {kind: 'other-run', runId}, dueAt: dueUnlessGone(state, key, 5 * second)};
};
