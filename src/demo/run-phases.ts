import {between} from './ids.js';
import type {Phase, TimedStep} from './schedule.js';
import type {RunScript} from './script.js';
import {toMicroseconds} from './wire.js';
import type {WaitAnswer} from './world.js';

export type RunPhase = {
  readonly at: number;
  readonly status: string;
  readonly reason: string | null;
  readonly inProgress: boolean;
  readonly endTime: number | null;
};

export type RunTimes = {
  readonly startAt: number;
  readonly createdAt: number;
  readonly scale: number;
  readonly stoppedAt: number;
  readonly answer: WaitAnswer | undefined;
};

const stopReason = 'Manual stop requested.';
const unfinished = {reason: null, inProgress: true, endTime: null};

/** The moves of all steps that did real work; what was served from the cache moves no run. */
const movesOf = (steps: readonly TimedStep[]): {starts: number[]; ends: Phase[]; isEndless: boolean} => {
  const worked = steps.filter(step => !step.script.servedFrom).flatMap(step => step.attempts);
  const ends = worked.flatMap(attempt => (Number.isFinite(attempt.endAt) ? attempt.phases.filter(isEnd) : []));
  return {
    starts: worked.map(attempt => attempt.startAt),
    ends: ends.sort((a, b) => a.at - b.at),
    isEndless: worked.some(attempt => !Number.isFinite(attempt.endAt)),
  };
};

const isEnd = (phase: Phase, index: number, phases: readonly Phase[]): boolean =>
  phase.moves && !phases.slice(index + 1).some(later => later.moves);

/**
 * How the stored status of a run moves. A static run is computed anew whenever one of its steps ends (any failure makes it
 * `failed` at once, while the rest goes on); a dynamic run is written by its own process, at its start and its end only.
 */
export const runPhasesFor = (script: RunScript, steps: readonly TimedStep[], times: RunTimes): RunPhase[] => {
  const {startAt, createdAt, scale, stoppedAt, answer} = times;
  const {starts, ends, isEndless} = movesOf(steps);
  const phases: RunPhase[] = [{...unfinished, at: toMicroseconds(createdAt + 0.024), status: 'initializing'}];
  const firstStart = Math.min(...starts);
  if (Number.isFinite(firstStart)) {
    const at = Math.max(createdAt + 1, script.dynamic ? createdAt + 90 : firstStart - 13);
    phases.push({...unfinished, at: toMicroseconds(at), status: 'running'});
  }
  const failedFrom = ends.find(phase => phase.status === 'failed')?.at ?? Number.POSITIVE_INFINITY;
  if (!script.dynamic) {
    for (const phase of ends.slice(0, isEndless ? undefined : -1)) {
      const at = toMicroseconds(phase.at + between(28, 60, script.key, phase.at, 'bump'));
      const hasFailed = failedFrom <= phase.at;
      const status = hasFailed ? 'failed' : 'running';
      phases.push({...unfinished, at, status, endTime: hasFailed ? at : null});
    }
  }
  const wasStopped = stoppedAt < Number.POSITIVE_INFINITY;
  const wasAborted = answer?.resolution === 'abort';
  const waits = script.wait !== undefined && answer === undefined && !wasStopped;
  const interventionAt = wasStopped ? stoppedAt : (answer?.at ?? startAt);
  const lastEnd = Math.max(interventionAt, ...steps.flatMap(step => step.attempts).map(writtenEnd));
  if (!isEndless && !waits) {
    const at = toMicroseconds(lastEnd + between(100, 300, script.key, 'final') * Math.min(1, scale));
    const status = wasStopped || wasAborted ? 'stopped' : Number.isFinite(failedFrom) ? 'failed' : 'completed';
    const reason = wasStopped ? stopReason : wasAborted ? 'Wait condition was aborted.' : null;
    phases.push({at, status, reason, inProgress: false, endTime: toMicroseconds(lastEnd + 4)});
  }
  return wasStopped ? withStop(phases, stoppedAt) : phases;
};

const writtenEnd = (attempt: {readonly phases: readonly Phase[]}): number => attempt.phases.at(-1)?.at ?? 0;

/** A stop is written at once, and nothing but the end overrides it. */
const withStop = (phases: readonly RunPhase[], stoppedAt: number): RunPhase[] => [
  ...phases.filter(phase => phase.at < stoppedAt),
  {...unfinished, at: stoppedAt, status: 'stopping', reason: stopReason},
  ...phases
    .filter(phase => phase.at >= stoppedAt)
    .map(phase => (phase.inProgress ? {...phase, status: 'stopping', reason: stopReason, endTime: null} : phase)),
];

/** A course that the scenario tells outright; the run ends when it is no longer in progress. */
export const scriptedPhases = (script: RunScript, times: RunTimes): RunPhase[] =>
  (script.phases ?? []).map((phase, index) => {
    const at = toMicroseconds(times.createdAt + 0.024 + phase.atMs * times.scale + (index === 0 ? 0 : 1));
    return {
      at,
      status: phase.status,
      reason: phase.reason ?? null,
      inProgress: phase.inProgress,
      endTime: phase.inProgress ? null : toMicroseconds(at - 40),
    };
  });
