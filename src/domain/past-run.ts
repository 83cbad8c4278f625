import type {Dag, DagStep} from './dag.js';
import type {RunId} from './ids.js';
import type {Instant} from './instant.js';
import type {Run} from './run.js';

/** The latest attempt of a step in a past run. */
export type PastStep = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
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

/** `undefined` unless the run completed and its times are known. */
export const buildPastRun = ({id, status, startedAt, endedAt}: Run, dag: Dag): PastRun | undefined =>
  status !== 'completed' || startedAt === undefined || endedAt === undefined
    ? undefined
    : {id, startedAt, endedAt, stepsByName: new Map(dag.steps.flatMap(buildStepEntry))};

const buildStepEntry = ({name, status, startedAt, durationMs}: DagStep): readonly (readonly [string, PastStep])[] => {
  if (startedAt === undefined || status === undefined) {
    return [];
  }

  const isReused = status.status !== 'completed';
  // Some servers report no duration for a step that reused outputs.
  return isReused || durationMs !== undefined
    ? [[name, {startedAt, endedAt: startedAt + (durationMs ?? 0), isReused}]]
    : [];
};

/** The durations of the step in milliseconds in the runs in which it was not reused. */
export const getWorkTimes = (past: readonly PastRun[], name: string): readonly number[] =>
  past.flatMap(({stepsByName}) => {
    const step = stepsByName.get(name);
    return step === undefined || step.isReused ? [] : [step.endedAt - step.startedAt];
  });
