// Why an intervention is unavailable now, in words for the user, like `whyNot` of a command; `undefined` if it is available.
import type {RunId, StepId} from '../domain/ids.js';
import {explainUnsupported, type Intervention} from '../domain/intervention/intervention.js';
import {getAnswerDelayMs, type Question} from '../domain/intervention/question.js';
import {explainIneffectiveStop, explainStopRefusal} from '../domain/intervention/stop.js';
import {hasQuestions} from '../domain/server.js';
import {findPendingQuestion} from '../store/intervention/question-needs.js';
import {selectTargetRun} from '../store/intervention/target.js';
import {getRunKey} from '../store/needs.js';
import {findShownStep, selectServerNow, selectShownAttempt, selectShownDetail} from '../store/selectors.js';
import type {State} from '../store/state.js';
import {getBaseScreen} from '../store/ui/screen.js';
import {formatCommandKey} from './command-key.js';

/** Why no intervention of this kind can be requested now, whatever the status of the run; `undefined` if it can. */
const explainNoIntervention = (state: State, kind: Intervention['kind']): string | undefined => {
  const {session, intervention, server} = state;
  if (session.replaySpeed !== undefined) {
    return 'not available in a recording';
  }

  if (session.isReadOnly) {
    return 'not available: read-only';
  }

  if (intervention !== undefined) {
    return 'wait until the server has responded';
  }

  return selectTargetRun(state) === undefined ? explainNoTarget(state) : explainUnsupported(kind, server);
};

export const explainNoTarget = (state: State): string | undefined =>
  selectTargetRun(state) !== undefined
    ? undefined
    : getBaseScreen(state.screen).name === 'runs'
      ? 'no run selected'
      : 'loading the run…';

/** Whether the server has accepted a stop, and the run has not been fetched since: a second one would be refused. */
const isJustStopped = ({interventionsDone, requestsByKey, now}: State, runId: RunId): boolean => {
  const stopped = interventionsDone.findLast(
    ({intervention: {kind, runId: id}}) => id === runId && (kind === 'stop' || kind === 'abort'),
  );
  const seenAt = requestsByKey.get(getRunKey(runId))?.asOf ?? Number.NEGATIVE_INFINITY;
  // A stop in the future was before the clock was set back.
  return stopped !== undefined && seenAt <= stopped.at && stopped.at <= now && now - stopped.at < maxUnseenMs;
};

/** The list of runs fetches no single run, but shows the new status within this time. */
const maxUnseenMs = 10_000;

/** The flavor of the open run's orchestrator, if that is the run in question and its stack is known. */
const selectFlavor = (state: State): string | undefined =>
  getBaseScreen(state.screen).name === 'runs' ? undefined : state.openRun?.page.stack?.orchestrator?.flavor;

/** Whether the open run is over, even if only its steps show that so far. */
const isEndSeen = ({screen, openRun}: State): boolean =>
  getBaseScreen(screen).name === 'run' && openRun?.endSeenAt !== undefined;

export const explainNoStopping = (state: State): string | undefined => {
  const run = selectTargetRun(state);
  const reason = explainNoIntervention(state, 'stop');
  if (reason !== undefined || run === undefined) {
    return reason;
  }

  if (isJustStopped(state, run.id)) {
    return 'the run is already stopping';
  }

  const target = isEndSeen(state) ? {...run, isInProgress: false} : run;
  return explainStopRefusal(target) ?? explainIneffectiveStop(target, selectFlavor(state), state.server);
};

export const explainNoForce = (state: State): string | undefined =>
  explainNoStopping(state) ??
  (selectTargetRun(state)?.waitCondition === undefined
    ? undefined
    : `the run is waiting for an answer: ${formatCommandKey('run.stop', state.session)} aborts the question`);

export const explainNoRefresh = (state: State): string | undefined => {
  const {openRun} = state;
  const reason = explainNoIntervention(state, 'refresh');
  if (reason !== undefined) {
    return reason;
  }

  if (openRun?.run?.status === 'stopping') {
    return 'the run is stopping';
  }

  if (selectFlavor(state) === 'local') {
    return 'a local orchestrator cannot report the status of a run';
  }

  return openRun?.page.canRefresh === false ? 'this orchestrator cannot report the status of a run' : undefined;
};

export const explainNoAnswer = (state: State): string | undefined => {
  const {openRun, server} = state;
  if (!hasQuestions(server)) {
    return `runs on this server (${server?.version}) cannot ask questions: that needs ZenML 0.94.1`;
  }

  const reason = explainNoIntervention(state, 'answer');
  if (reason !== undefined || openRun === undefined) {
    return reason;
  }

  const question = openRun.overAt === undefined ? findPendingQuestion(openRun) : undefined;
  if (question !== undefined && isJustResolved(state, question)) {
    return 'the question has been answered or aborted';
  }

  if (question !== undefined) {
    const delayMs = getAnswerDelayMs(question, selectServerNow(state));
    return delayMs === 0
      ? undefined
      : `the run's process has not polled in time and may have died: wait ${Math.ceil(delayMs / 1000)}s to be sure`;
  }

  return openRun.overAt === undefined && openRun.run?.waitCondition !== undefined
    ? 'loading the question…'
    : 'the run is not waiting for an answer';
};

/**
 * Whether the server has accepted an answer to this question, or its abort: until the question is fetched again, it looks pending.
 */
const isJustResolved = ({interventionsDone}: State, {id}: Question): boolean =>
  interventionsDone.some(
    ({intervention}) =>
      (intervention.kind === 'answer' || intervention.kind === 'abort') && intervention.questionId === id,
  );

export const explainNoTags = (state: State): string | undefined => explainNoIntervention(state, 'tag');

/**
 * ID of the step run that did the work of the selected step, for a cached one the original: only there does an expiry have an
 * effect.
 */
export const findWorkingStepId = (state: State): StepId | undefined => {
  const detail = selectShownDetail(state);
  return detail && (detail.originalStepId ?? detail.attempt.id);
};

export const explainNoExpiry = (state: State): string | undefined => {
  const reason = explainNoIntervention(state, 'expire-cache');
  if (reason !== undefined) {
    return reason;
  }

  const step = state.openRun && findShownStep(state.openRun);
  const attempt = selectShownAttempt(state);
  const detail = selectShownDetail(state);
  if (getBaseScreen(state.screen).name === 'runs' || step === undefined) {
    return 'select a step';
  }

  if (attempt === undefined || (attempt.status !== 'completed' && attempt.status !== 'cached')) {
    return 'the step has no outputs that could be reused';
  }

  if (detail === undefined) {
    return 'loading the step…';
  }

  const original = detail.originalStepId === undefined ? detail : state.openRun?.detailsById.get(detail.originalStepId);
  const expiresAt = (original ?? detail).cacheExpiresAt;
  return expiresAt !== undefined && expiresAt <= selectServerNow(state) ? 'its cache has expired' : undefined;
};
