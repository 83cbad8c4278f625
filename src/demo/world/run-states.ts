import {pickBetween} from '../derived-ids.js';
import {roundToMicroseconds} from '../entity.js';
import type {RunScript} from '../script.js';
import type {RunState, WaitAnswer} from './model.js';
import type {RowState, TimedStep} from './schedule.js';

type RunTimes = {
  readonly startAt: number;
  readonly createdAt: number;
  readonly scale: number;
  /** `Infinity` if nobody stopped the run. */
  readonly stoppedAt: number;
  readonly answer: WaitAnswer | undefined;
};

const stopReason = 'Manual stop requested.';
const inProgressFields = {reason: null, inProgress: true, endTime: null};

/** Start and end of all steps that did real work. Cached steps do not change the status of a run. */
const collectStepTimes = (steps: readonly TimedStep[]): {starts: number[]; ends: RowState[]; isEndless: boolean} => {
  const attempts = steps.filter(step => !step.script.reusedFrom).flatMap(step => step.attempts);
  const ends = attempts.flatMap(attempt => (Number.isFinite(attempt.endAt) ? attempt.states.filter(isLastUpdate) : []));
  return {
    starts: attempts.map(attempt => attempt.startAt),
    ends: ends.sort((a, b) => a.at - b.at),
    isEndless: attempts.some(attempt => !Number.isFinite(attempt.endAt)),
  };
};

const isLastUpdate = (state: RowState, index: number, states: readonly RowState[]): boolean =>
  state.setsUpdated && !states.slice(index + 1).some(later => later.setsUpdated);

/**
 * How the stored status of a run changes. The server recomputes the status of a static run whenever one of its steps ends:
 * the first failure makes it `failed`, although other steps are still running. The status of a dynamic run is written by
 * its own process, at its start and at its end only. The small delays are like those of a real server.
 */
export const buildRunStates = (script: RunScript, steps: readonly TimedStep[], times: RunTimes): RunState[] => {
  const {startAt, createdAt, scale, stoppedAt, answer} = times;
  const {starts, ends, isEndless} = collectStepTimes(steps);
  const states: RunState[] = [
    {...inProgressFields, at: roundToMicroseconds(createdAt + 0.024), status: 'initializing'},
  ];
  const firstStart = Math.min(...starts);
  if (Number.isFinite(firstStart)) {
    const at = Math.max(createdAt + 1, script.dynamic ? createdAt + 90 : firstStart - 13);
    states.push({...inProgressFields, at: roundToMicroseconds(at), status: 'running'});
  }

  const failedAt = ends.find(state => state.status === 'failed')?.at ?? Number.POSITIVE_INFINITY;
  if (!script.dynamic) {
    for (const state of ends.slice(0, isEndless ? undefined : -1)) {
      const at = roundToMicroseconds(state.at + pickBetween(28, 60, script.key, state.at, 'bump'));
      const hasFailed = failedAt <= state.at;
      const status = hasFailed ? 'failed' : 'running';
      states.push({...inProgressFields, at, status, endTime: hasFailed ? at : null});
    }
  }

  const wasStopped = stoppedAt < Number.POSITIVE_INFINITY;
  const wasAborted = answer?.resolution === 'abort';
  // The process of a run that is waiting for an answer does not notice that it should stop.
  const isWaiting = Number.isFinite(getAskedAt(script, times)) && answer === undefined;
  const interventionAt = Math.max(startAt, wasStopped ? stoppedAt : startAt, answer?.at ?? startAt);
  const lastEnd = Math.max(interventionAt, ...steps.flatMap(step => step.attempts).map(getLastWriteAt));
  if (!isEndless && !isWaiting) {
    const at = roundToMicroseconds(lastEnd + pickBetween(100, 300, script.key, 'final') * Math.min(1, scale));
    const status = wasStopped || wasAborted ? 'stopped' : Number.isFinite(failedAt) ? 'failed' : 'completed';
    const reason = wasAborted ? 'Wait condition was aborted.' : wasStopped ? stopReason : null;
    states.push({at, status, reason, inProgress: false, endTime: roundToMicroseconds(lastEnd + 4)});
  }

  return wasStopped ? withStop(states, stoppedAt) : states;
};

/** When the run asks its question; `Infinity` if it has none or was stopped before. */
export const getAskedAt = (
  {wait}: RunScript,
  {startAt, scale, stoppedAt}: Pick<RunTimes, 'startAt' | 'scale' | 'stoppedAt'>,
): number => {
  const askedAt = wait ? startAt + wait.atMs * scale : Number.POSITIVE_INFINITY;
  return stoppedAt < askedAt ? Number.POSITIVE_INFINITY : askedAt;
};

const getLastWriteAt = (attempt: {readonly states: readonly RowState[]}): number => attempt.states.at(-1)?.at ?? 0;

/** A stop is written immediately, and only the end of the run overrides it. */
const withStop = (states: readonly RunState[], stoppedAt: number): RunState[] => [
  ...states.filter(state => state.at < stoppedAt),
  {...inProgressFields, at: stoppedAt, status: 'stopping', reason: stopReason},
  ...states
    .filter(state => state.at >= stoppedAt)
    .map(state => (state.inProgress ? {...state, status: 'stopping', reason: stopReason, endTime: null} : state)),
];

/** States written in the scenario itself. The run ends with the first one that is not in progress. */
export const buildScriptedRunStates = (script: RunScript, times: RunTimes): RunState[] =>
  (script.states ?? []).map((state, index) => {
    const at = roundToMicroseconds(times.createdAt + 0.024 + state.atMs * times.scale + (index === 0 ? 0 : 1));
    return {
      at,
      status: state.status,
      reason: state.reason ?? null,
      inProgress: state.inProgress,
      endTime: state.inProgress ? null : roundToMicroseconds(at - 40),
    };
  });
