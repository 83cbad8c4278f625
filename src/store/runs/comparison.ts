import type {DagStep} from '../../domain/dag.js';
import type {RunId} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';

/** How a step of a compared run went; without a status it has not started. */
export type ComparedStep = Pick<DagStep, 'name' | 'status' | 'durationMs'> & Partial<Pick<DagStep, 'group'>>;

/** What is known about a compared run. */
export type ComparedRun = {
  readonly run: Run | undefined;
  /** Includes the metadata of its steps, as `step::key`. */
  readonly metadata: JsonRecord;
  /** The parameters of its steps, as `step::key`; empty for a run with very many steps. `undefined` until fetched. */
  readonly stepParameters: JsonRecord | undefined;
  /** `undefined` until fetched. */
  readonly steps: readonly ComparedStep[] | undefined;
};

export type Comparison = ReadonlyMap<RunId, ComparedRun>;

export const emptyComparison: Comparison = new Map();

export const unknownRun: ComparedRun = {
  run: undefined,
  metadata: {},
  stepParameters: undefined,
  steps: undefined,
};
