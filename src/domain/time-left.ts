import {getElapsedMs, type Instant} from './instant.js';
import {getMedian} from './median.js';
import type {PastRun} from './past-run.js';
import {isUnsuccessful} from './status.js';
import {findLatestAttempt, isStepFinished, type Step} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** How long a run may still take, in milliseconds: the middle, the least and the most of what so many earlier runs say. */
export type TimeLeft = {
  readonly ms: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly runCount: number;
};

/**
 * What would be left if the rest went as in each of the past runs; `undefined` where none of them can tell, or a step
 * failed, after which nobody knows what still starts. `now` is by the server's clock.
 *
 * As in one past run: each unfinished step takes what it took there, with the wait before it; one that runs, what it took
 * less what it has taken. Where steps ran one after the other there the sum of these counts, else the longest path through
 * the graph. What came after the last step there is added.
 */
export const estimateTimeLeft = (past: readonly PastRun[], table: StepTable, now: Instant): TimeLeft | undefined => {
  const steps = [...iterateSteps(table)];
  const unfinished = steps.filter(step => !isStepFinished(step) || isBetweenAttempts(step));
  if (unfinished.length === 0 || steps.some(hasFailed)) {
    return undefined;
  }

  const all = past.flatMap(run => estimateFromRun(run, unfinished, now) ?? []);
  const ms = getMedian(all);
  return ms === undefined ? undefined : {ms, leastMs: Math.min(...all), mostMs: Math.max(...all), runCount: all.length};
};

const hasFailed = (step: Step): boolean => isUnsuccessful(findLatestAttempt(step)?.status ?? 'waiting');

const isBetweenAttempts = (step: Step): boolean => findLatestAttempt(step)?.status === 'retried';

/** `undefined` where a step that is unfinished now was absent there, or did no work. */
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
  // A step comes after those it waits for, as in the pipeline's own order.
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

/** When the last step before this one had ended: the wait since then is the orchestrator's. */
const createPreviousEndLookup = ({startedAt: runStartedAt, stepsByName}: PastRun): GetReadyAt => {
  const ends = [...stepsByName.values()].map(({endedAt}) => endedAt);
  return (_, startedAt) => Math.max(runStartedAt, ...ends.filter(endedAt => endedAt <= startedAt));
};

/** When all that the step waits for had ended. */
const createUpstreamEndLookup =
  ({startedAt: runStartedAt, stepsByName}: PastRun): GetReadyAt =>
  step =>
    Math.max(runStartedAt, ...step.upstream.map(name => stepsByName.get(name)?.endedAt ?? runStartedAt));

const hasStarted = (step: Step): boolean => findLatestAttempt(step)?.startedAt !== undefined;

const isSequential = ({stepsByName}: PastRun): boolean => {
  const worked = [...stepsByName.values()]
    .filter(({isReused}) => !isReused)
    .sort((one, other) => one.startedAt - other.startedAt);
  return worked.every((step, at) => at === 0 || step.startedAt >= (worked[at - 1]?.endedAt ?? 0));
};

const getTailMs = ({endedAt, stepsByName}: PastRun): number =>
  Math.max(0, endedAt - Math.max(...[...stepsByName.values()].map(step => step.endedAt)));
