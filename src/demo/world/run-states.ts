import {pickBetween} from '../derived-ids.js';
import {roundToMicroseconds} from '../entity.js';
import type {RunScript} from '../script.js';
import type {RowState, TimedStep} from './schedule.js';
import type {WaitAnswer} from './world.js';

export type RunState = {
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
const inProgressFields = {reason: null, inProgress: true, endTime: null};

/** The moves of all steps that did real work; what was served from the cache moves no run. */
const collectStepTimes = (steps: readonly TimedStep[]): {starts: number[]; ends: RowState[]; isEndless: boolean} => {
  const worked = steps.filter(step => !step.script.servedFrom).flatMap(step => step.attempts);
  const ends = worked.flatMap(attempt => (Number.isFinite(attempt.endAt) ? attempt.phases.filter(isFinalMove) : []));
  return {
    starts: worked.map(attempt => attempt.startAt),
    ends: ends.sort((a, b) => a.at - b.at),
    isEndless: worked.some(attempt => !Number.isFinite(attempt.endAt)),
  };
};

const isFinalMove = (phase: RowState, index: number, phases: readonly RowState[]): boolean =>
  phase.moves && !phases.slice(index + 1).some(later => later.moves);

/**
 * How the stored status of a run moves. A static run is computed anew whenever one of its steps ends (any failure makes it
 * `failed` at once, while the rest goes on); a dynamic run is written by its own process, at its start and its end only.
 */
export const buildRunStates = (script: RunScript, steps: readonly TimedStep[], times: RunTimes): RunState[] => {
  const {startAt, createdAt, scale, stoppedAt, answer} = times;
  const {starts, ends, isEndless} = collectStepTimes(steps);
  const phases: RunState[] = [
    {...inProgressFields, at: roundToMicroseconds(createdAt + 0.024), status: 'initializing'},
  ];
  const firstStart = Math.min(...starts);
  if (Number.isFinite(firstStart)) {
    const at = Math.max(createdAt + 1, script.dynamic ? createdAt + 90 : firstStart - 13);
    phases.push({...inProgressFields, at: roundToMicroseconds(at), status: 'running'});
  }
  const failedFrom = ends.find(phase => phase.status === 'failed')?.at ?? Number.POSITIVE_INFINITY;
  if (!script.dynamic) {
    for (const phase of ends.slice(0, isEndless ? undefined : -1)) {
      const at = roundToMicroseconds(phase.at + pickBetween(28, 60, script.key, phase.at, 'bump'));
      const hasFailed = failedFrom <= phase.at;
      const status = hasFailed ? 'failed' : 'running';
      phases.push({...inProgressFields, at, status, endTime: hasFailed ? at : null});
    }
  }
  const wasStopped = stoppedAt < Number.POSITIVE_INFINITY;
  const wasAborted = answer?.resolution === 'abort';
  const waits = script.wait !== undefined && answer === undefined && !wasStopped;
  const interventionAt = wasStopped ? stoppedAt : (answer?.at ?? startAt);
  const lastEnd = Math.max(interventionAt, ...steps.flatMap(step => step.attempts).map(getLastWriteAt));
  if (!isEndless && !waits) {
    const at = roundToMicroseconds(lastEnd + pickBetween(100, 300, script.key, 'final') * Math.min(1, scale));
    const status = wasStopped || wasAborted ? 'stopped' : Number.isFinite(failedFrom) ? 'failed' : 'completed';
    const reason = wasStopped ? stopReason : wasAborted ? 'Wait condition was aborted.' : null;
    phases.push({at, status, reason, inProgress: false, endTime: roundToMicroseconds(lastEnd + 4)});
  }
  return wasStopped ? withStop(phases, stoppedAt) : phases;
};

const getLastWriteAt = (attempt: {readonly phases: readonly RowState[]}): number => attempt.phases.at(-1)?.at ?? 0;

/** A stop is written at once, and nothing but the end overrides it. */
const withStop = (phases: readonly RunState[], stoppedAt: number): RunState[] => [
  ...phases.filter(phase => phase.at < stoppedAt),
  {...inProgressFields, at: stoppedAt, status: 'stopping', reason: stopReason},
  ...phases
    .filter(phase => phase.at >= stoppedAt)
    .map(phase => (phase.inProgress ? {...phase, status: 'stopping', reason: stopReason, endTime: null} : phase)),
];

/** A course that the scenario tells outright; the run ends when it is no longer in progress. */
export const buildScriptedRunStates = (script: RunScript, times: RunTimes): RunState[] =>
  (script.phases ?? []).map((phase, index) => {
    const at = roundToMicroseconds(times.createdAt + 0.024 + phase.atMs * times.scale + (index === 0 ? 0 : 1));
    return {
      at,
      status: phase.status,
      reason: phase.reason ?? null,
      inProgress: phase.inProgress,
      endTime: phase.inProgress ? null : roundToMicroseconds(at - 40),
    };
  });
