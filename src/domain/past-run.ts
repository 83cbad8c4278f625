import type {Attempt} from './attempt.js';
import type {Dag, DagStep} from './dag.js';
import type {RunId} from './ids.js';
import type {Instant} from './instant.js';
import type {Run} from './run.js';

/** When a step of a past run took place. */
export type PastStep = {
  /** The start of the first attempt. */
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** The duration of the last attempt alone, in milliseconds. */
  readonly lastAttemptMs: number;
  /** It reused the outputs of another run, so its duration says nothing about the work. */
  readonly isReused: boolean;
};

/** The times of a completed run, from which the duration of another run of its pipeline is estimated. */
export type PastRun = {
  readonly id: RunId;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly stepsByName: ReadonlyMap<string, PastStep>;
};

/**
 * The times of the run and its steps; `undefined` unless the run completed and its times are known. The graph has only the last
 * attempt of each step; `retriedAttempts` are the previous ones.
 */
export const buildPastRun = (
  {id, status, startedAt, endedAt}: Run,
  dag: Dag,
  retriedAttempts: readonly Attempt[],
): PastRun | undefined => {
  if (status !== 'completed' || startedAt === undefined || endedAt === undefined) {
    return undefined;
  }

  const firstStartByName = new Map<string, Instant>();
  for (const {name, startedAt: at = endedAt} of retriedAttempts) {
    firstStartByName.set(name, Math.min(at, firstStartByName.get(name) ?? at));
  }

  const entries = dag.steps.flatMap(step => buildStepEntry(step, firstStartByName.get(step.name)));
  return {id, startedAt, endedAt, stepsByName: new Map(entries)};
};

const buildStepEntry = (
  {name, status, startedAt, durationMs}: DagStep,
  firstStartAt: Instant | undefined,
): readonly (readonly [string, PastStep])[] => {
  if (startedAt === undefined || status === undefined) {
    return [];
  }

  const isReused = status.status !== 'completed';
  // Some servers report no duration for a step that reused outputs.
  if (!isReused && durationMs === undefined) {
    return [];
  }

  const lastAttemptMs = durationMs ?? 0;
  const step = {
    startedAt: Math.min(startedAt, firstStartAt ?? startedAt),
    endedAt: startedAt + lastAttemptMs,
    lastAttemptMs,
    isReused,
  };
  return [[name, step]];
};

/**
 * How long the step with this name took in each past run in which it was not reused, in milliseconds, including all attempts and
 * the pauses between them.
 */
export const getWorkTimes = (past: readonly PastRun[], name: string): readonly number[] =>
  past.flatMap(({stepsByName}) => {
    const step = stepsByName.get(name);
    return step === undefined || step.isReused ? [] : [step.endedAt - step.startedAt];
  });

/** A step that starts this long after the last end of any step before it may have had previous attempts. */
const minPauseMs = 2000;

/** Whether any step may have had attempts before the one in the graph. If not, they need not be fetched. */
export const canHaveRetries = ({steps}: Dag, runStartedAt: Instant | undefined): boolean => {
  const ends = steps
    .flatMap(({startedAt, durationMs}) => (startedAt === undefined ? [] : startedAt + (durationMs ?? 0)))
    .sort((one, other) => one - other);
  const starts = steps
    .flatMap(({startedAt, status}) => (status?.status === 'completed' ? (startedAt ?? []) : []))
    .sort((one, other) => one - other);
  let readyAt = runStartedAt ?? Math.min(...steps.flatMap(({startedAt}) => startedAt ?? []));
  let endIndex = 0;
  for (const startedAt of starts) {
    for (let end = ends[endIndex]; end !== undefined && end <= startedAt; end = ends[endIndex]) {
      readyAt = Math.max(readyAt, end);
      endIndex += 1;
    }

    if (startedAt - readyAt >= minPauseMs) {
      return true;
    }
  }

  return false;
};
