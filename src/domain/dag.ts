import type {RunId, StepId} from './ids.js';
import type {Instant} from './instant.js';
import type {StatusInfo} from './status.js';
import type {Group} from './step-config.js';

/** A step as `/dag` knows it: planned while it has no id. */
export type DagStep = {
  readonly name: string;
  readonly id: StepId | undefined;
  readonly status: StatusInfo | undefined;
  readonly startedAt: Instant | undefined;
  readonly durationMs: number | undefined;
  readonly group: Group | undefined;
  /** Names of the steps it reads from or waits for. */
  readonly upstream: readonly string[];
};

/** A nested pipeline's run, or one that a step triggered. */
export type DagChildRun = {
  readonly id: RunId | undefined;
  readonly name: string;
  readonly status: StatusInfo | undefined;
  readonly startedAt: Instant | undefined;
  readonly durationMs: number | undefined;
};

export type DagWaitCondition = {
  readonly id: string | undefined;
  readonly name: string;
  readonly status: string | undefined;
  readonly question: string | undefined;
};

/** The graph of a run; `steps` in the pipeline's own, topological order. */
export type Dag = {
  readonly steps: readonly DagStep[];
  readonly childRuns: readonly DagChildRun[];
  readonly waitConditions: readonly DagWaitCondition[];
};
