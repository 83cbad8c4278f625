import type {Dag, DagStep} from './dag.js';
import type {RunId} from './ids.js';
import type {Instant} from './instant.js';
import type {Run} from './run.js';

/** A step as it went in a run that is over: its latest attempt. */
export type PastStep = {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** It took over what an earlier run had made, so that its times say nothing of its work. */
  readonly isReused: boolean;
};

/** A run that ended well, as far as it tells how long another one of its pipeline may take. */
export type PastRun = {
  readonly id: RunId;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly stepsByName: ReadonlyMap<string, PastStep>;
};

/** What `run`, with its graph, tells of how long things take; `undefined` unless it ended well and its times are known. */
export const buildPastRun = ({id, status, startedAt, endedAt}: Run, dag: Dag): PastRun | undefined =>
  status !== 'completed' || startedAt === undefined || endedAt === undefined
    ? undefined
    : {id, startedAt, endedAt, stepsByName: new Map(dag.steps.flatMap(buildStepEntry))};

const buildStepEntry = ({name, status, startedAt, durationMs}: DagStep): readonly (readonly [string, PastStep])[] => {
  if (startedAt === undefined || status === undefined) {
    return [];
  }

  const isReused = status.status !== 'completed';
  // A row that took over another's outputs has no time of its own on some servers.
  return isReused || durationMs !== undefined
    ? [[name, {startedAt, endedAt: startedAt + (durationMs ?? 0), isReused}]]
    : [];
};

/** How long the step worked in each of these runs in which it did, in milliseconds. */
export const getWorkTimes = (past: readonly PastRun[], name: string): readonly number[] =>
  past.flatMap(({stepsByName}) => {
    const step = stepsByName.get(name);
    return step === undefined || step.isReused ? [] : [step.endedAt - step.startedAt];
  });
