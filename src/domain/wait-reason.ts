import type {Attempt, StepDetail} from './attempt.js';
import {findBlockers, isReady} from './blockers.js';
import type {StepId} from './ids.js';
import {type Instant, pickLater} from './instant.js';
import type {Question} from './intervention/question.js';
import type {ResourceRequest} from './resource-request.js';
import {getRetryDelaySeconds, type RetryConfig} from './retry.js';
import {isRunOver, type Run} from './run.js';
import {getLastEndAt} from './run-end.js';
import {findLatestAttempt, isBetweenAttempts, type Step} from './step.js';
import {findStepIndexes} from './step-indexes.js';
import {emptyStepTable, findStep, findStepAt, iterateSteps, type StepTable} from './step-table.js';

/** Why a step or a run is waiting. `since` and `until` are by the server's clock; `undefined` if the server has not said. */
export type WaitReason =
  /** These upstream steps were unsuccessful, so the step never starts. */
  | {readonly kind: 'failure'; readonly steps: readonly Step[]; readonly isRunOver: boolean}
  /** The run ended before the step could start. */
  | {readonly kind: 'end'}
  | {readonly kind: 'stopping'}
  /** These steps must succeed first; none of them is itself waiting for a step. */
  | {readonly kind: 'upstream'; readonly steps: readonly Step[]}
  | {readonly kind: 'question'; readonly text: string; readonly since: Instant | undefined}
  | {readonly kind: 'paused'; readonly text: string | undefined}
  /** It is waiting for resources; `text` is the server's explanation. */
  | {readonly kind: 'queued'; readonly since: Instant | undefined; readonly text: string | undefined}
  /** It is waiting for its infrastructure. ZenML does not record what exactly is missing. */
  | {readonly kind: 'provisioning'; readonly since: Instant | undefined}
  /** It is waiting for its next attempt, which is due at `until`. */
  | {readonly kind: 'retry'; readonly until: Instant | undefined}
  /** Nothing is missing: the orchestrator has not started it yet. */
  | {readonly kind: 'ready'; readonly since: Instant | undefined};

type WaitingRun = Pick<Run, 'status' | 'waitCondition' | 'startedAt' | 'createdAt'> &
  Partial<Pick<Run, 'statusReason' | 'config'>>;

/** Why a run as a whole is waiting, and the step concerned, if any. */
export type RunWait = {readonly reason: WaitReason; readonly step: Step | undefined};

/** The facts about a run that explain why its steps are waiting. */
export type WaitFacts = {
  readonly run: WaitingRun | undefined;
  readonly isRunOver: boolean;
  readonly table: StepTable;
  readonly questions: readonly Question[];
  readonly detailsById: ReadonlyMap<StepId, StepDetail>;
  readonly resourceRequestsById: ReadonlyMap<string, ResourceRequest>;
};

/** Why a step has not started, or not started again; `undefined` if it is running or over. */
export const findWaitReason = (step: Step, facts: WaitFacts): WaitReason | undefined => {
  const attempt = findLatestAttempt(step);
  return attempt === undefined
    ? findStartReason(step, facts)
    : facts.isRunOver
      ? undefined
      : findAttemptReason(step, attempt, facts);
};

const findStartReason = (step: Step, facts: WaitFacts): WaitReason => {
  const {failed, active, ready} = findBlockers(facts.table, step.name);
  if (failed.length > 0) {
    return {kind: 'failure', steps: failed, isRunOver: facts.isRunOver};
  }

  if (facts.isRunOver) {
    return {kind: 'end'};
  }

  if (facts.run?.status === 'stopping') {
    return {kind: 'stopping'};
  }

  if (active.length > 0) {
    return {kind: 'upstream', steps: active};
  }

  const reason = findHaltReason(facts);
  if (reason !== undefined) {
    return reason;
  }

  return ready.length > 0 ? {kind: 'upstream', steps: ready} : {kind: 'ready', since: getReadyAt(step, facts)};
};

/** When the last of its upstream steps ended; the start of the run if it has none. */
const getReadyAt = (step: Step, {table, run}: WaitFacts): Instant | undefined =>
  step.upstream
    .map(name => findStep(table, name))
    .map(upstream => upstream && findLatestAttempt(upstream)?.endedAt)
    .reduce(pickLater, run?.startedAt);

/** What keeps the run as a whole from continuing. */
const findHaltReason = ({run, questions}: WaitFacts): WaitReason | undefined => {
  const question = questions.find(({isPending}) => isPending);
  if (question !== undefined) {
    return {kind: 'question', text: question.text ?? question.name, since: question.createdAt};
  }

  if (run?.waitCondition !== undefined) {
    return {kind: 'question', text: run.waitCondition.question ?? run.waitCondition.name, since: undefined};
  }

  return run?.status === 'paused' ? {kind: 'paused', text: run.statusReason} : undefined;
};

const findAttemptReason = (step: Step, attempt: Attempt, facts: WaitFacts): WaitReason | undefined => {
  if (isBetweenAttempts(step)) {
    const retry = findRetry(step, facts);
    const {endedAt, number} = attempt;
    const until =
      retry === undefined || endedAt === undefined ? undefined : endedAt + getRetryDelaySeconds(retry, number) * 1000;
    return {kind: 'retry', until};
  }

  switch (attempt.status) {
    case 'queued': {
      const request = facts.resourceRequestsById.get(attempt.resourceRequestId ?? '');
      return {kind: 'queued', since: request?.queuedAt ?? attempt.startedAt, text: request?.reason};
    }

    case 'initializing':
    case 'provisioning':
      return {kind: 'provisioning', since: attempt.startedAt};

    case 'paused':
      return findHaltReason(facts) ?? {kind: 'paused', text: undefined};

    default:
      return undefined;
  }
};

/** Since 0.84, ZenML copies the retry configuration of a pipeline into each of its steps that has none. */
const findRetry = ({attempts}: Step, {detailsById, run}: WaitFacts): RetryConfig | undefined => {
  const detail = attempts.map(({id}) => detailsById.get(id)).find(each => each !== undefined);
  return detail === undefined ? run?.config?.retry : detail.config.retry;
};

/** Why a run in the run list is waiting; its steps and questions are unknown. */
export const findListedRunWait = (run: WaitingRun & Pick<Run, 'isInProgress'>): RunWait | undefined =>
  findRunWait({
    run,
    isRunOver: isRunOver(run),
    table: emptyStepTable,
    questions: [],
    detailsById: new Map(),
    resourceRequestsById: new Map(),
  });

/** Why a run as a whole is waiting; `undefined` if it is over, or if a step is running and no question is open. */
export const findRunWait = (facts: WaitFacts): RunWait | undefined => {
  const {run, isRunOver, table} = facts;
  if (run === undefined || isRunOver) {
    return undefined;
  }

  const reason = findHaltReason(facts) ?? findRunStartReason(run);
  if (reason !== undefined) {
    return {reason, step: undefined};
  }

  return (table.counts.running ?? 0) > 0 ? undefined : findFirstWait(facts);
};

const findRunStartReason = ({status, startedAt, createdAt}: WaitingRun): WaitReason | undefined => {
  const since = startedAt ?? createdAt;
  switch (status) {
    case 'initializing':
    case 'provisioning':
      return {kind: 'provisioning', since};

    case 'queued':
      return {kind: 'queued', since, text: undefined};

    default:
      return undefined;
  }
};

/** The first step that is waiting for something other than a step, and why. */
const findFirstWait = (facts: WaitFacts): RunWait | undefined => {
  const {table} = facts;
  for (const index of findStepIndexes(table, 'unfinished')) {
    const step = findStepAt(table, index);
    const reason = step && findWaitReason(step, facts);
    if (reason !== undefined) {
      return {reason, step};
    }
  }

  for (const step of iterateSteps(table)) {
    if (findLatestAttempt(step) === undefined && isReady(table, step)) {
      const reason = findStartReason(step, facts);
      // Steps may take turns, so the run has been waiting for this one only since the last of the others ended.
      return {
        reason: reason.kind === 'ready' ? {...reason, since: pickLater(reason.since, getLastEndAt(table))} : reason,
        step,
      };
    }
  }

  return undefined;
};
