import {pickBetween} from '../derived-ids.js';
import {roundToMicroseconds} from '../entity.js';
import type {AttemptScript, StepScript} from '../script.js';

/** The status of a row from `at` until the next state, and whether that write also set `updated`. */
export type RowState = {readonly at: number; readonly status: string; readonly setsUpdated: boolean};

export type TimedAttempt = {
  readonly version: number;
  readonly script: AttemptScript;
  readonly createdAt: number;
  readonly startAt: number;
  /** When the code of the step starts, after the statuses of `opening`. */
  readonly workStartAt: number;
  /** `Infinity` if it never ends. */
  readonly endAt: number;
  readonly states: readonly RowState[];
};

export type TimedStep = {
  readonly script: StepScript;
  /** The number of steps on the longest path to this one. */
  readonly level: number;
  /** Empty if the step never starts. */
  readonly attempts: readonly TimedAttempt[];
};

type ScheduleOptions = {
  readonly runKey: string;
  readonly startAt: number;
  /** How many real milliseconds a scripted one lasts. */
  readonly scale: number;
  /** When a user stopped the run, after which no step starts; `Infinity` if nobody did. */
  readonly stoppedAt: number;
  /** Whether no step starts after the first failure of any step, as in dynamic runs. */
  readonly stopsOnFailure: boolean;
  /** When the question of the run was answered with yes; `Infinity` if it was not. */
  readonly answeredAt: number;
};

const successfulStatuses = new Set(['completed', 'cached', 'skipped']);

/** Names of the steps that must finish before this one, sorted as in `spec.upstream_steps`. */
export const getUpstreamNames = (step: StepScript): string[] =>
  [
    ...new Set([...(step.inputs ?? []).flatMap(input => ('from' in input ? [input.from] : [])), ...(step.after ?? [])]),
  ].sort();

const getEndWriteAt = (attempt: TimedAttempt): number => attempt.states.at(-1)?.at ?? Number.POSITIVE_INFINITY;

/**
 * When the row of an attempt is written and how its status changes. As on a real server, the row appears a little after the
 * attempt starts, and the end is written a little after the attempt ends.
 */
const scheduleAttempt = (
  step: StepScript,
  version: number,
  startAt: number,
  options: ScheduleOptions,
): TimedAttempt => {
  const {runKey, scale} = options;
  const script = step.attempts?.[version - 1] ?? {durationMs: 1000};
  const createdAt = roundToMicroseconds(startAt + pickBetween(18, 70, runKey, step.name, version, 'created'));
  const statuses = [...(script.opening ?? []), {status: script.during ?? 'running', durationMs: script.durationMs}];
  const openingMs = (script.opening ?? []).reduce((sum, {durationMs}) => sum + durationMs, 0);
  const workStartAt = roundToMicroseconds(createdAt + openingMs * scale);
  const states: RowState[] = [];
  let at = createdAt + 0.024;
  for (const {status, durationMs} of statuses) {
    states.push({at: roundToMicroseconds(at), status, setsUpdated: true});
    at += durationMs * scale;
  }

  if (!Number.isFinite(at)) {
    return {version, script, createdAt, startAt, workStartAt, endAt: at, states};
  }

  const lag = pickBetween(20, 32, runKey, step.name, version, 'ended');
  states.push({at: roundToMicroseconds(at + lag), status: script.outcome ?? 'completed', setsUpdated: true});
  return {version, script, createdAt, startAt, workStartAt, endAt: roundToMicroseconds(at), states};
};

const scheduleReusedAttempt = (
  step: StepScript,
  as: string,
  startAt: number,
  options: ScheduleOptions,
): TimedAttempt => {
  const createdAt = roundToMicroseconds(startAt + pickBetween(55, 95, options.runKey, step.name, 'created'));
  const states = [{at: roundToMicroseconds(createdAt + 0.024), status: as, setsUpdated: true}];
  return {
    version: 1,
    script: {durationMs: 0, outcome: as},
    createdAt,
    startAt,
    workStartAt: startAt,
    endAt: startAt,
    states,
  };
};

/** The next attempt of a step turns all previous ones into `retried` without changing their `updated`. */
const markRetried = (attempts: readonly TimedAttempt[], at: number): TimedAttempt[] =>
  attempts.map(attempt =>
    attempt.states.some(state => state.status === 'retried')
      ? attempt
      : {...attempt, states: [...attempt.states, {at, status: 'retried', setsUpdated: false}]},
  );

const scheduleAttempts = (step: StepScript, startAt: number, options: ScheduleOptions): TimedAttempt[] => {
  if (startAt > options.stoppedAt) {
    return [];
  }

  if (step.reusedFrom) {
    return [scheduleReusedAttempt(step, step.reusedFrom.as, startAt, options)];
  }

  const count = Math.max(1, step.attempts?.length ?? 0);
  let attempts: TimedAttempt[] = [];
  let nextAt = startAt;
  for (let version = 1; version <= count && nextAt <= options.stoppedAt; version++) {
    const attempt = scheduleAttempt(step, version, roundToMicroseconds(nextAt), options);
    attempts = [...markRetried(attempts, attempt.createdAt), attempt];
    const delayMs = (step.retry?.delay ?? 0) * 1000 * (step.retry?.backoff ?? 1) ** (version - 1);
    nextAt = getEndWriteAt(attempt) + delayMs * options.scale + 15;
  }

  return attempts;
};

/**
 * Schedules the steps of a run: each starts after its delay once the end of its last upstream step is written, and never
 * if one of those did not succeed. Steps must be listed after those they depend on.
 */
export const scheduleSteps = (steps: readonly StepScript[], options: ScheduleOptions): TimedStep[] => {
  const timedByName = new Map<string, TimedStep>();
  for (const script of steps) {
    const upstream = getUpstreamNames(script).map(name => timedByName.get(name));
    const level = 1 + Math.max(-1, ...upstream.map(step => step?.level ?? -1));
    const unblockedAt = script.afterAnswer ? options.answeredAt : options.startAt;
    const readyAt = Math.max(options.startAt, unblockedAt, ...upstream.map(getReadyAt));
    const jitter = pickBetween(0, 25, options.runKey, script.name, 'start');
    const startAt = readyAt + (script.delayMs ?? 400) * options.scale + jitter;
    const attempts = Number.isFinite(startAt) ? scheduleAttempts(script, roundToMicroseconds(startAt), options) : [];
    timedByName.set(script.name, {script, level, attempts});
  }

  const timedSteps = [...timedByName.values()];
  if (!options.stopsOnFailure) {
    return timedSteps;
  }

  const failedAt = getFirstFailureAt(timedSteps);
  return timedSteps.map(step => ((step.attempts[0]?.startAt ?? 0) > failedAt ? {...step, attempts: []} : step));
};

const getReadyAt = (step: TimedStep | undefined): number => {
  const last = step?.attempts.at(-1);
  const isSuccessful = last !== undefined && successfulStatuses.has(last.states.at(-1)?.status ?? '');
  return isSuccessful ? getEndWriteAt(last) : Number.POSITIVE_INFINITY;
};

const getFirstFailureAt = (steps: readonly TimedStep[]): number =>
  Math.min(
    ...steps.flatMap(step => step.attempts).flatMap(attempt => attempt.states.filter(isFailedState).map(getStateAt)),
  );

const isFailedState = (state: RowState): boolean => state.status === 'failed';
const getStateAt = (state: RowState): number => state.at;
