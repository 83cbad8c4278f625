import type {Instant} from '../instant.js';
import {getMedian} from '../median.js';
import {getWorkTimes, type PastRun} from '../past-run.js';
import {isUnsuccessful} from '../status.js';
import {findLatestAttempt, isStepFinished, type Step} from '../step.js';
import {findStep, iterateSteps, type StepTable} from '../step-table.js';
import {getClockBehindMs} from './step-span.js';

/** When a step is expected to run, from now on. */
export type Forecast = {readonly startAt: Instant; readonly endAt: Instant};

const noEnds: ReadonlyMap<string, Instant> = new Map();

/**
 * What is still to come, by step name: the rest of running steps, and steps that have not started. A step takes the median of its
 * time in the past runs; one that reports its progress ends when that suggests (`progressEndsByName`). A step without history has
 * no forecast, nor has anything downstream of it or of a failed step. A running step that exceeds its usual time has none either.
 */
export const buildForecasts = (
  table: StepTable,
  past: readonly PastRun[],
  now: Instant,
  progressEndsByName: ReadonlyMap<string, Instant> = noEnds,
): ReadonlyMap<string, Forecast> => {
  const forecastsByName = new Map<string, Forecast>();
  const readyByName = new Map<string, Instant | undefined>();
  if (past.length === 0 && progressEndsByName.size === 0) {
    return forecastsByName;
  }

  for (const step of iterateSteps(table)) {
    const ownEndAt = isStepFinished(step) ? undefined : progressEndsByName.get(step.name);
    const forecast =
      ownEndAt === undefined
        ? forecastStep(step, past, now, readyByName)
        : {startAt: now, endAt: Math.max(now, ownEndAt)};
    readyByName.set(step.name, isStepFinished(step) ? findOwnEnd(step, now) : forecast?.endAt);
    if (forecast !== undefined && forecast.endAt > now) {
      forecastsByName.set(step.name, forecast);
    }
  }

  return forecastsByName;
};

/**
 * The steps that the end of the run is expected to wait for, the started one first: the forecast that ends last, followed back
 * through the steps that have not started. Empty if nothing is known about the rest.
 */
export const findExpectedPath = (
  table: StepTable,
  forecastsByName: ReadonlyMap<string, Forecast>,
): readonly string[] => {
  const getEndAt = (name: string): Instant => forecastsByName.get(name)?.endAt ?? Number.NEGATIVE_INFINITY;
  const pickLatest = (names: Iterable<string>): string | undefined =>
    [...names]
      .filter(name => forecastsByName.has(name))
      .reduce<string | undefined>(
        (latest, name) => (latest === undefined || getEndAt(name) > getEndAt(latest) ? name : latest),
        undefined,
      );
  const path = new Set<string>();
  let step = findStep(table, pickLatest(forecastsByName.keys()) ?? '');
  while (step !== undefined && !path.has(step.name)) {
    path.add(step.name);
    // A running step has no forecast once it exceeds its usual time, but its downstream steps still wait for it.
    step =
      step.attempts.length > 0
        ? undefined
        : findStep(table, pickLatest(step.upstream) ?? findStartedUpstream(step, table) ?? '');
  }

  return [...path].reverse();
};

const findStartedUpstream = ({upstream}: Step, table: StepTable): string | undefined =>
  upstream.find(name => {
    const step = findStep(table, name);
    return step !== undefined && step.attempts.length > 0 && !isStepFinished(step);
  });

/** When a started step ended, or now, by the server's clock; `undefined` if it was unsuccessful: nothing downstream will start. */
const findOwnEnd = (step: Step, now: Instant): Instant | undefined => {
  const attempt = findLatestAttempt(step);
  return attempt === undefined || isUnsuccessful(attempt.status)
    ? undefined
    : attempt.endedAt === undefined
      ? now
      : attempt.endedAt + getClockBehindMs(attempt);
};

const forecastStep = (
  step: Step,
  past: readonly PastRun[],
  now: Instant,
  readyByName: ReadonlyMap<string, Instant | undefined>,
): Forecast | undefined => {
  const usualMs = getMedian(getWorkTimes(past, step.name));
  if (usualMs === undefined || isStepFinished(step)) {
    return undefined;
  }

  const [first] = step.attempts;
  if (first?.startedAt !== undefined) {
    return {startAt: now, endAt: Math.max(now, first.startedAt + getClockBehindMs(first) + usualMs)};
  }

  const ready = step.upstream.map(name => readyByName.get(name));
  if (ready.some(at => at === undefined)) {
    return undefined;
  }

  const startAt = Math.max(now, ...ready.map(at => at ?? now)) + getUsualWaitMs(step, past);
  return {startAt, endAt: startAt + usualMs};
};

/** How long the step usually waits after its upstream steps have ended, in milliseconds. */
const getUsualWaitMs = ({name, upstream}: Step, past: readonly PastRun[]): number => {
  const waits = past.flatMap(({startedAt, stepsByName}) => {
    const then = stepsByName.get(name);
    const readyAt = Math.max(startedAt, ...upstream.map(other => stepsByName.get(other)?.endedAt ?? startedAt));
    return then === undefined ? [] : [Math.max(0, then.startedAt - readyAt)];
  });
  return getMedian(waits) ?? 0;
};
