import {pickBetween} from '../derived-ids.js';
import {roundToMicroseconds} from '../entity.js';
import type {AttemptScript, StepScript} from '../script.js';

/** From this instant on a row has this status; `moves` tells whether the write also set `updated`. */
export type RowState = {readonly at: number; readonly status: string; readonly moves: boolean};

export type TimedAttempt = {
  readonly version: number;
  readonly script: AttemptScript;
  readonly createdAt: number;
  readonly startAt: number;
  /** When its own code begins, after what `opening` tells. */
  readonly worksFrom: number;
  /** `Infinity` when it never ends. */
  readonly endAt: number;
  readonly phases: readonly RowState[];
};

export type TimedStep = {
  readonly script: StepScript;
  readonly level: number;
  /** Empty when the step is never reached. */
  readonly attempts: readonly TimedAttempt[];
};

export type ScheduleOptions = {
  readonly runKey: string;
  readonly startAt: number;
  /** What a scripted millisecond lasts. */
  readonly scale: number;
  /** From here on nothing new starts, because someone stopped the run. */
  readonly stoppedAt: number;
  readonly stopsOnFailure: boolean;
  /** When the run's question was answered with a yes; `Infinity` before. */
  readonly answeredAt: number;
};

const successfulStatuses = new Set(['completed', 'cached', 'skipped']);

/** Names of the steps that must be done before this one, sorted, as `spec.upstream_steps` has them. */
export const getUpstreamNames = (step: StepScript): string[] =>
  [
    ...new Set([...(step.inputs ?? []).flatMap(input => ('from' in input ? [input.from] : [])), ...(step.after ?? [])]),
  ].sort();

const getEndWriteAt = (attempt: TimedAttempt): number => attempt.phases.at(-1)?.at ?? Number.POSITIVE_INFINITY;

/**
 * When the row of an attempt is written and how its status moves on. Rows appear a little after their start time, and their
 * end is written a little after it happened.
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
  const words = [...(script.opening ?? []), {status: script.during ?? 'running', durationMs: script.durationMs}];
  const openingMs = (script.opening ?? []).reduce((sum, {durationMs}) => sum + durationMs, 0);
  const worksFrom = roundToMicroseconds(createdAt + openingMs * scale);
  const phases: RowState[] = [];
  let at = createdAt + 0.024;
  for (const word of words) {
    phases.push({at: roundToMicroseconds(at), status: word.status, moves: true});
    at += word.durationMs * scale;
  }
  if (!Number.isFinite(at)) {
    return {version, script, createdAt, startAt, worksFrom, endAt: at, phases};
  }
  const lag = pickBetween(20, 32, runKey, step.name, version, 'ended');
  phases.push({at: roundToMicroseconds(at + lag), status: script.outcome ?? 'completed', moves: true});
  return {version, script, createdAt, startAt, worksFrom, endAt: roundToMicroseconds(at), phases};
};

const scheduleServedAttempt = (
  step: StepScript,
  as: string,
  startAt: number,
  options: ScheduleOptions,
): TimedAttempt => {
  const createdAt = roundToMicroseconds(startAt + pickBetween(55, 95, options.runKey, step.name, 'created'));
  const phases = [{at: roundToMicroseconds(createdAt + 0.024), status: as, moves: true}];
  return {
    version: 1,
    script: {durationMs: 0, outcome: as},
    createdAt,
    startAt,
    worksFrom: startAt,
    endAt: startAt,
    phases,
  };
};

/** The next row of a name turns all earlier ones into `retried` without moving their `updated`. */
const markRetried = (attempts: readonly TimedAttempt[], at: number): TimedAttempt[] =>
  attempts.map(attempt =>
    attempt.phases.some(phase => phase.status === 'retried')
      ? attempt
      : {...attempt, phases: [...attempt.phases, {at, status: 'retried', moves: false}]},
  );

const scheduleAttempts = (step: StepScript, startAt: number, options: ScheduleOptions): TimedAttempt[] => {
  if (startAt > options.stoppedAt) {
    return [];
  }
  if (step.servedFrom) {
    return [scheduleServedAttempt(step, step.servedFrom.as, startAt, options)];
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
 * Lays the steps of a run out in time: each starts its delay after the last of its upstream steps is written as ended, and
 * never when one of them did not end well. Steps must be given after those they depend on.
 */
export const scheduleSteps = (steps: readonly StepScript[], options: ScheduleOptions): TimedStep[] => {
  const timedByName = new Map<string, TimedStep>();
  for (const script of steps) {
    const upstream = getUpstreamNames(script).map(name => timedByName.get(name));
    const level = 1 + Math.max(-1, ...upstream.map(step => step?.level ?? -1));
    const answeredAt = script.afterAnswer ? options.answeredAt : options.startAt;
    const readyAt = Math.max(options.startAt, answeredAt, ...upstream.map(getReadyAt));
    const jitter = pickBetween(0, 25, options.runKey, script.name, 'start');
    const startAt = readyAt + (script.delayMs ?? 400) * options.scale + jitter;
    const attempts = Number.isFinite(startAt) ? scheduleAttempts(script, roundToMicroseconds(startAt), options) : [];
    timedByName.set(script.name, {script, level, attempts});
  }
  const timed = [...timedByName.values()];
  if (!options.stopsOnFailure) {
    return timed;
  }
  const failedAt = getFirstFailureAt(timed);
  return timed.map(step => ((step.attempts[0]?.startAt ?? 0) > failedAt ? {...step, attempts: []} : step));
};

const getReadyAt = (step: TimedStep | undefined): number => {
  const last = step?.attempts.at(-1);
  const isGood = last !== undefined && successfulStatuses.has(last.phases.at(-1)?.status ?? '');
  return isGood ? getEndWriteAt(last) : Number.POSITIVE_INFINITY;
};

const getFirstFailureAt = (steps: readonly TimedStep[]): number =>
  Math.min(
    ...steps.flatMap(step => step.attempts).flatMap(attempt => attempt.phases.filter(isFailedState).map(getStateAt)),
  );

const isFailedState = (phase: RowState): boolean => phase.status === 'failed';
const getStateAt = (phase: RowState): number => phase.at;
