import {elapsedMs, type Instant} from './instant.js';
import {medianOf} from './median.js';
import type {PastRun} from './past-run.js';
import type {StepStatus} from './status.js';
import {isStepFinished, latestAttempt, type Step} from './step.js';
import {type StepTable, stepsOf} from './step-table.js';

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
export const timeLeft = (past: readonly PastRun[], table: StepTable, now: Instant): TimeLeft | undefined => {
  const steps = [...stepsOf(table)];
  const unfinished = steps.filter(step => !isStepFinished(step) || isBetweenAttempts(step));
  if (unfinished.length === 0 || steps.some(hasEndedBadly)) {
    return undefined;
  }

  const all = past.flatMap(run => leftAsIn(run, unfinished, now) ?? []);
  const ms = medianOf(all);
  return ms === undefined ? undefined : {ms, leastMs: Math.min(...all), mostMs: Math.max(...all), runCount: all.length};
};

const endedBadly: ReadonlySet<StepStatus> = new Set<StepStatus>(['failed', 'stopped', 'cancelled']);

const hasEndedBadly = (step: Step): boolean => endedBadly.has(latestAttempt(step)?.status ?? 'waiting');

const isBetweenAttempts = (step: Step): boolean => latestAttempt(step)?.status === 'retried';

/** `undefined` where a step that is unfinished now was absent there, or did no work. */
const leftAsIn = (past: PastRun, unfinished: readonly Step[], now: Instant): number | undefined => {
  const areAllKnown = unfinished.every(({name}) => past.stepsByName.get(name)?.isReused === false);
  if (!areAllKnown) {
    return undefined;
  }

  const isOneByOne = ranOneByOne(past) && unfinished.filter(isUnderWay).length <= 1;
  const readyAt = isOneByOne ? previousEnd(past) : upstreamEnd(past);
  const leftByName = new Map<string, number>();
  let sum = 0;
  let longest = 0;
  // A step comes after those it waits for, as in the pipeline's own order.
  for (const step of unfinished) {
    const ownMs = ownTime(past, step, readyAt, now);
    const beforeMs = Math.max(0, ...step.upstream.map(name => leftByName.get(name) ?? 0));
    leftByName.set(step.name, beforeMs + ownMs);
    sum += ownMs;
    longest = Math.max(longest, beforeMs + ownMs);
  }

  return (isOneByOne ? sum : longest) + tailOf(past);
};

type ReadyAt = (step: Step, startedAt: Instant) => Instant;

const ownTime = (past: PastRun, step: Step, readyAt: ReadyAt, now: Instant): number => {
  const then = past.stepsByName.get(step.name);
  if (then === undefined) {
    return 0;
  }

  const attempt = latestAttempt(step);
  const takenMs = attempt === undefined || isBetweenAttempts(step) ? undefined : elapsedMs(attempt, now);
  return takenMs === undefined
    ? then.endedAt - Math.min(then.startedAt, readyAt(step, then.startedAt))
    : Math.max(0, then.endedAt - then.startedAt - takenMs);
};

/** When the last step before this one had ended: the wait since then is the orchestrator's. */
const previousEnd = ({startedAt: runStartedAt, stepsByName}: PastRun): ReadyAt => {
  const ends = [...stepsByName.values()].map(({endedAt}) => endedAt);
  return (_, startedAt) => Math.max(runStartedAt, ...ends.filter(endedAt => endedAt <= startedAt));
};

/** When all that the step waits for had ended. */
const upstreamEnd =
  ({startedAt: runStartedAt, stepsByName}: PastRun): ReadyAt =>
  step =>
    Math.max(runStartedAt, ...step.upstream.map(name => stepsByName.get(name)?.endedAt ?? runStartedAt));

const isUnderWay = (step: Step): boolean => latestAttempt(step)?.startedAt !== undefined;

const ranOneByOne = ({stepsByName}: PastRun): boolean => {
  const worked = [...stepsByName.values()]
    .filter(({isReused}) => !isReused)
    .sort((one, other) => one.startedAt - other.startedAt);
  return worked.every((step, at) => at === 0 || step.startedAt >= (worked[at - 1]?.endedAt ?? 0));
};

const tailOf = ({endedAt, stepsByName}: PastRun): number =>
  Math.max(0, endedAt - Math.max(...[...stepsByName.values()].map(step => step.endedAt)));
