import type {Attempt, StepDetail} from '../../domain/attempt.js';
import type {RunId, StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {isFinished} from '../../domain/status.js';
import {findStep} from '../../domain/step-table.js';
import type {Need} from '../query.js';
import {atOnce, getDueAt, never} from '../requests/reduce-requests.js';
import {findSelectedRow, findShownStep, isPaneShown, selectShownAttempt} from '../selectors.js';
import type {State} from '../state.js';
import {getFailuresToExplain} from './failures-to-explain.js';
import {isInvalidated} from './is-invalidated.js';
import type {OpenRun} from './open-run.js';

const second = 1000;

/** How long a step must be selected before its details are fetched. */
const restMs = 150;

/**
 * Like `restMs`, while the list follows running steps by itself. Details are large: they would be a good part of the traffic, for
 * short steps that nobody has selected.
 */
const followRestMs = 10 * second;

/** Like `restMs`, for a step that the list has followed to its end: usually the list moves on at once. */
const endedRestMs = 2 * second;

/** How often the details of the selected step are fetched again while it runs, for its metadata. */
const metadataGapMs = 15 * second;

/** How long to wait before details of what the shown attempt refers to are fetched again, if they are still missing. */
const relatedGapMs = 5 * second;

/** Missed ends are fetched a few at a time. */
const maxMissed = 4;

/** Details of attempts whose end was missed. */
export const getMissedStepNeeds = (state: State, openRun: OpenRun): readonly Need[] =>
  [...openRun.sync.missedIds]
    .map(id => getStepNeed(state, id, second))
    .filter(({dueAt}) => dueAt < never)
    .slice(0, maxMissed);

/** Details of the attempt in the pane, of what it refers to, and of failed steps; without a screen, only of failed steps. */
export const getShownStepNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  if (state.session.isScreenless === true) {
    return getFailuresToExplain(openRun).map(({id}) => getStepNeed(state, id, second));
  }

  const attempt = isPaneShown(state) ? selectShownAttempt(state) : undefined;
  const failures = getListedFailureNeeds(state, openRun);
  if (attempt === undefined) {
    return failures;
  }

  const detail = openRun.detailsById.get(attempt.id);
  const shownNeed: Need = {
    ...getStepNeed(state, attempt.id, second),
    dueAt: Math.max(getShownStepDueAt(state, openRun, attempt), getRestUntil(state, openRun, attempt)),
    restMs: isBrieflySelected(state, openRun, attempt) ? followRestMs : restMs,
  };
  return [
    shownNeed,
    ...(detail === undefined ? [] : getOriginNeeds(state, openRun, detail)),
    ...getPreviousAttemptNeeds(state, openRun, attempt.id),
    ...failures.filter(({key}) => key !== shownNeed.key),
  ];
};

/**
 * Whether the list has moved to this running step by itself and may soon move on. A step that was running already when
 * the run was opened is more likely to be a long one, and one whose attempt has failed has an error to show.
 */
export const isBrieflySelected = (
  {clockOffsetMs}: State,
  {list, openedAt}: OpenRun,
  {status, startedAt}: Attempt,
): boolean =>
  list.isFollowing &&
  !isFinished(status) &&
  status !== 'retrying' &&
  startedAt !== undefined &&
  startedAt - clockOffsetMs >= openedAt;

/** The summary printed at the end names this many failed steps with their exceptions. */
const maxListedFailures = 5;

/** Exceptions may be fetched this much later than what the user looks at, in milliseconds. */
const failureRestMs = second;

/** The pane of a group counts the exceptions of this many failed steps. */
const maxGroupFailures = 20;

const getListedFailureNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const row = isPaneShown(state) ? findSelectedRow(openRun) : undefined;
  const failures = getFailuresToExplain(openRun).filter(({status}) => status === 'failed');
  const groupFailures =
    row?.kind === 'group' ? failures.filter(({name}) => findStep(openRun.table, name)?.group?.id === row.groupId) : [];
  return [...new Set([...failures.slice(0, maxListedFailures), ...groupFailures.slice(0, maxGroupFailures)])].map(
    ({id}) => ({
      ...getStepNeed(state, id, second),
      restMs: failureRestMs,
    }),
  );
};

/** The overview explains why previous attempts failed, for at most this many of the latest ones. */
const maxPreviousAttempts = 10;

/** Their details are fetched a few at a time. */
const maxAttemptsAtOnce = 2;

const getPreviousAttemptNeeds = (state: State, openRun: OpenRun, shownId: StepId): readonly Need[] => {
  const attempts = openRun.pane.tab === 'overview' ? (findShownStep(openRun)?.attempts ?? []) : [];
  return attempts
    .slice(-maxPreviousAttempts, -1)
    .toReversed()
    .filter(({id, status}) => id !== shownId && openRun.detailsById.get(id)?.attempt.status !== status)
    .map(({id}) => ({...getStepNeed(state, id, relatedGapMs), restMs}))
    .filter(({dueAt}) => dueAt < never)
    .slice(0, maxAttemptsAtOnce);
};

const getStepKey = (stepId: StepId): string => `step:${stepId}`;

export const getStepNeed = (state: State, stepId: StepId, gapMs: number): Need => ({
  key: getStepKey(stepId),
  query: {kind: 'step', stepId},
  dueAt: getDueAtUnlessGone(state, getStepKey(stepId), gapMs),
});

/** What does not exist on the server is not requested again. */
const getDueAtUnlessGone = (state: State, key: string, gapMs: number): Instant =>
  state.requestsByKey.get(key)?.failure?.kind === 'not-found' ? never : getDueAt(state, key, gapMs);

const getShownStepDueAt = (state: State, openRun: OpenRun, attempt: Attempt): Instant => {
  const key = getStepKey(attempt.id);
  // Expiring its cache and adding metadata or tags need not change `updated`.
  if (isInvalidated(openRun, state.requestsByKey.get(key))) {
    return getDueAtUnlessGone(state, key, 0);
  }

  const detail = openRun.detailsById.get(attempt.id);
  const isStale =
    detail === undefined ||
    detail.attempt.status !== attempt.status ||
    (attempt.updatedAt ?? 0) > (detail.attempt.updatedAt ?? 0);
  if (isStale) {
    return getDueAtUnlessGone(state, key, second);
  }

  // Metadata and attached logs do not change `updated`, so a running step is fetched again now and then.
  return isFinished(attempt.status) ? never : getDueAtUnlessGone(state, key, metadataGapMs);
};

/**
 * Until when the details of a step that has ended without failing are not fetched: a list that follows running steps usually moves
 * on at once.
 */
const getRestUntil = (state: State, openRun: OpenRun, {status, endedAt}: Attempt): Instant => {
  const canMoveOn =
    openRun.list.isFollowing && openRun.overAt === undefined && isFinished(status) && status !== 'failed';
  return canMoveOn && endedAt !== undefined ? endedAt - state.clockOffsetMs + endedRestMs : atOnce;
};

/** For a cached step: the step whose outputs it reuses, and that step's run. */
const getOriginNeeds = (state: State, openRun: OpenRun, detail: StepDetail): readonly Need[] => {
  const originalId = detail.originalStepId;
  if (originalId === undefined) {
    return [];
  }

  const original = openRun.detailsById.get(originalId);
  if (original === undefined) {
    return [getStepNeed(state, originalId, relatedGapMs)];
  }

  const runId = original.runId;
  if (runId === undefined || runId === openRun.runId || openRun.referencedRunsById.has(runId)) {
    return [];
  }

  return [getReferencedRunNeed(state, runId)];
};

export const getReferencedRunNeed = (state: State, runId: RunId): Need => {
  const key = `referenced-run:${runId}`;
  return {key, query: {kind: 'referenced-run', runId}, dueAt: getDueAtUnlessGone(state, key, relatedGapMs)};
};
