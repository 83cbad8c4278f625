import {getElapsedMs, type Instant} from './instant.js';
import {getMedian} from './median.js';
import {getPace} from './pace.js';
import type {PastRun, PastStep} from './past-run.js';
import {isUnsuccessful} from './status.js';
import {findLatestAttempt, isBetweenAttempts, isStepFinished, type Step} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** The remaining time of a run in milliseconds: median, minimum and maximum of the estimates from `runCount` past runs. */
export type TimeLeft = {
  readonly ms: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly runCount: number;
  /**
   * Whether, in most of these estimates, the running steps or the wait for the next step are taking longer than expected. If the
   * running steps are, `ms` covers only what follows them, and is 0 if no step follows.
   */
  readonly isOverdue: boolean;
};

type Estimate = {readonly ms: number; readonly isOverdue: boolean};

/**
 * The remaining time if the rest of the run goes as in each of the past runs; `undefined` if no step is left, if no past run
 * allows an estimate, or if a step failed or was stopped, because it is then unknown which steps will still start. `now` is the
 * server's time. `reportedLeftMsByName`: how much longer running steps will take according to the progress that they report, in
 * milliseconds; used instead of their past durations.
 *
 * The estimate from one past run: each unfinished step takes as long as it did there (all attempts, times the pace of this run),
 * less the time it has already taken. For a step that has not started, the time that it waited there is added, unscaled. If the
 * steps ran one after another there, and at most one unfinished step has started here, these times are added up, less as much of
 * the wait for the next step as has already passed since the last step ended; otherwise the longest path through the graph counts.
 * The time between the last step and the end of the run is added.
 */
export const estimateTimeLeft = (
  past: readonly PastRun[],
  table: StepTable,
  now: Instant,
  reportedLeftMsByName: ReadonlyMap<string, number> = new Map(),
): TimeLeft | undefined => {
  const steps = [...iterateSteps(table)];
  const unfinished = steps.filter(step => !isStepFinished(step) || isBetweenAttempts(step));
  if (unfinished.length === 0 || steps.some(hasFailed)) {
    return undefined;
  }

  const estimates = past.flatMap(run => estimateFromRun(run, steps, unfinished, {now, reportedLeftMsByName}) ?? []);
  const times = estimates.map(({ms}) => ms);
  const ms = getMedian(times);
  const overdueCount = estimates.filter(({isOverdue}) => isOverdue).length;
  return ms === undefined
    ? undefined
    : {
        ms,
        minMs: Math.min(...times),
        maxMs: Math.max(...times),
        runCount: estimates.length,
        isOverdue: overdueCount * 2 > estimates.length,
      };
};

const hasFailed = (step: Step): boolean => isUnsuccessful(findLatestAttempt(step)?.status ?? 'waiting');

/** The estimate from one past run; `undefined` if a step that is unfinished now did not exist in it or was reused there. */
const estimateFromRun = (
  past: PastRun,
  steps: readonly Step[],
  unfinished: readonly Step[],
  {now, reportedLeftMsByName}: {readonly now: Instant; readonly reportedLeftMsByName: ReadonlyMap<string, number>},
): Estimate | undefined => {
  const areAllKnown = unfinished.every(({name}) => past.stepsByName.get(name)?.isReused === false);
  if (!areAllKnown) {
    return undefined;
  }

  const started = unfinished.filter(hasStarted);
  const isOneByOne = isSequential(past) && started.length <= 1;
  const getReadyAt = isOneByOne ? createPreviousEndLookup(past) : createUpstreamEndLookup(past);
  const idleMs = started.length === 0 ? getMsSinceLastEnd(steps, now) : 0;
  const pace = getPace(past, steps, now);
  const msUntilEndByName = new Map<string, number>();
  let sum = 0;
  let longest = 0;
  // Steps are in topological order.
  for (const step of unfinished) {
    const then = past.stepsByName.get(step.name);
    const ownMs =
      reportedLeftMsByName.get(step.name) ??
      (then === undefined ? 0 : estimateStepMs(step, then, {getReadyAt, pace, now}));
    const beforeMs = Math.max(0, ...step.upstream.map(name => msUntilEndByName.get(name) ?? 0));
    msUntilEndByName.set(step.name, beforeMs + ownMs);
    sum += ownMs;
    longest = Math.max(longest, beforeMs + ownMs);
  }

  const areStartedOverdue = started.length > 0 && started.every(step => msUntilEndByName.get(step.name) === 0);
  const haveAllStarted = started.length === unfinished.length;
  const restMs = (isOneByOne ? sum : longest) + getTailMs(past);
  const passedWaitMs = isOneByOne ? Math.min(idleMs, getNextWaitMs(past, unfinished, getReadyAt)) : 0;
  const ms = areStartedOverdue && haveAllStarted ? 0 : restMs - passedWaitMs;
  // If no step has been running for longer than all the rest takes, including the wait, then the wait is longer than usual.
  return {ms, isOverdue: areStartedOverdue || idleMs > restMs};
};

/** The earliest time at which a step could have started in the past run, where it started at `startedAt`. */
type GetReadyAt = (step: Step, startedAt: Instant) => Instant;

type EstimateContext = {
  readonly getReadyAt: GetReadyAt;
  readonly pace: number;
  readonly now: Instant;
};

const estimateStepMs = (step: Step, then: PastStep, {getReadyAt, pace, now}: EstimateContext): number => {
  const totalMs = pace * (then.endedAt - then.startedAt);
  const firstStartAt = step.attempts[0]?.startedAt;
  if (firstStartAt === undefined) {
    return getWaitMs(step, then, getReadyAt) + totalMs;
  }

  const leftMs = totalMs - Math.max(0, now - firstStartAt);
  return Math.max(
    0,
    leftMs,
    step.attempts.length > 1 || isBetweenAttempts(step) ? getAttemptLeftMs(step, then, pace, now) : 0,
  );
};

/** How long the step waited in the past run, in milliseconds. */
const getWaitMs = (step: Step, {startedAt}: PastStep, getReadyAt: GetReadyAt): number =>
  Math.max(0, startedAt - getReadyAt(step, startedAt));

/** How long the next step, which is the first unfinished one, waited in the past run, in milliseconds. */
const getNextWaitMs = ({stepsByName}: PastRun, [next]: readonly Step[], getReadyAt: GetReadyAt): number => {
  const then = next && stepsByName.get(next.name);
  return next === undefined || then === undefined ? 0 : getWaitMs(next, then, getReadyAt);
};

/** However long previous attempts took, the current or next one should take as long as the last one of the past run. */
const getAttemptLeftMs = (step: Step, {lastAttemptMs}: PastStep, pace: number, now: Instant): number => {
  const attempt = findLatestAttempt(step);
  const takenMs = attempt === undefined || isBetweenAttempts(step) ? 0 : (getElapsedMs(attempt, now) ?? 0);
  return pace * lastAttemptMs - takenMs;
};

/** How long ago a step last ended, in milliseconds; 0 if none has. */
const getMsSinceLastEnd = (steps: readonly Step[], now: Instant): number => {
  const ends = steps.flatMap(step => findLatestAttempt(step)?.endedAt ?? []);
  return ends.length === 0 ? 0 : Math.max(0, now - Math.max(...ends));
};

/** The latest end of a step before this one started; the orchestrator caused the wait after that. */
const createPreviousEndLookup = ({startedAt: runStartedAt, stepsByName}: PastRun): GetReadyAt => {
  const ends = [...stepsByName.values()].map(({endedAt}) => endedAt);
  return (_, startedAt) => Math.max(runStartedAt, ...ends.filter(endedAt => endedAt <= startedAt));
};

/** When all upstream steps had ended. */
const createUpstreamEndLookup =
  ({startedAt: runStartedAt, stepsByName}: PastRun): GetReadyAt =>
  step =>
    Math.max(runStartedAt, ...step.upstream.map(name => stepsByName.get(name)?.endedAt ?? runStartedAt));

const hasStarted = (step: Step): boolean => findLatestAttempt(step)?.startedAt !== undefined;

/** Whether the steps that were executed ran one after another. */
const isSequential = ({stepsByName}: PastRun): boolean => {
  const executed = [...stepsByName.values()]
    .filter(({isReused}) => !isReused)
    .sort((one, other) => one.startedAt - other.startedAt);
  return executed.every((step, index) => index === 0 || step.startedAt >= (executed[index - 1]?.endedAt ?? 0));
};

/** The time between the end of the last step and that of the run, in milliseconds. */
const getTailMs = ({endedAt, stepsByName}: PastRun): number =>
  Math.max(0, endedAt - Math.max(...[...stepsByName.values()].map(step => step.endedAt)));
