import {getElapsedMs, type Instant} from './instant.js';
import {getMedian} from './median.js';
import type {PastRun} from './past-run.js';
import {isUnsuccessful} from './status.js';
import {findLatestAttempt, isStepFinished, type Step} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** The remaining time of a run in milliseconds: median, minimum and maximum of the estimates from `runCount` past runs. */
export type TimeLeft = {
  readonly ms: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly runCount: number;
};

/**
 * The remaining time if the rest of the run went as in each of the past runs; `undefined` if no past run allows an estimate,
 * or if a step failed, because it is unknown which steps still start. `now` is the server's time.
 *
 * The estimate from one past run: each unfinished step takes as long as it did there, including the wait before it, less
 * the time it has already run. If the steps ran one after the other there, these times are added up; otherwise the longest
 * path through the graph counts. The time between the last step and the end of the run is added.
 */
export const estimateTimeLeft = (past: readonly PastRun[], table: StepTable, now: Instant): TimeLeft | undefined => {
  const steps = [...iterateSteps(table)];
  const unfinished = steps.filter(step => !isStepFinished(step) || isBetweenAttempts(step));
  if (unfinished.length === 0 || steps.some(hasFailed)) {
    return undefined;
  }

  const estimates = past.flatMap(run => estimateFromRun(run, unfinished, now) ?? []);
  const ms = getMedian(estimates);
  return ms === undefined
    ? undefined
    : {ms, minMs: Math.min(...estimates), maxMs: Math.max(...estimates), runCount: estimates.length};
};

const hasFailed = (step: Step): boolean => isUnsuccessful(findLatestAttempt(step)?.status ?? 'waiting');

const isBetweenAttempts = (step: Step): boolean => findLatestAttempt(step)?.status === 'retried';

/** `undefined` if a step that is unfinished now did not exist in the past run or was reused there. */
const estimateFromRun = (past: PastRun, unfinished: readonly Step[], now: Instant): number | undefined => {
  const areAllKnown = unfinished.every(({name}) => past.stepsByName.get(name)?.isReused === false);
  if (!areAllKnown) {
    return undefined;
  }

  const isOneByOne = isSequential(past) && unfinished.filter(hasStarted).length <= 1;
  const readyAt = isOneByOne ? createPreviousEndLookup(past) : createUpstreamEndLookup(past);
  const leftByName = new Map<string, number>();
  let sum = 0;
  let longest = 0;
  // Steps are in topological order.
  for (const step of unfinished) {
    const ownMs = estimateStepMs(past, step, readyAt, now);
    const beforeMs = Math.max(0, ...step.upstream.map(name => leftByName.get(name) ?? 0));
    leftByName.set(step.name, beforeMs + ownMs);
    sum += ownMs;
    longest = Math.max(longest, beforeMs + ownMs);
  }

  return (isOneByOne ? sum : longest) + getTailMs(past);
};

type GetReadyAt = (step: Step, startedAt: Instant) => Instant;

const estimateStepMs = (past: PastRun, step: Step, readyAt: GetReadyAt, now: Instant): number => {
  const then = past.stepsByName.get(step.name);
  if (then === undefined) {
    return 0;
  }

  const attempt = findLatestAttempt(step);
  const takenMs = attempt === undefined || isBetweenAttempts(step) ? undefined : getElapsedMs(attempt, now);
  return takenMs === undefined
    ? then.endedAt - Math.min(then.startedAt, readyAt(step, then.startedAt))
    : Math.max(0, then.endedAt - then.startedAt - takenMs);
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

const isSequential = ({stepsByName}: PastRun): boolean => {
  const executed = [...stepsByName.values()]
    .filter(({isReused}) => !isReused)
    .sort((one, other) => one.startedAt - other.startedAt);
  return executed.every((step, at) => at === 0 || step.startedAt >= (executed[at - 1]?.endedAt ?? 0));
};

const getTailMs = ({endedAt, stepsByName}: PastRun): number =>
  Math.max(0, endedAt - Math.max(...[...stepsByName.values()].map(step => step.endedAt)));
