import type {DagStep} from '../../domain/dag.js';
import type {RunId} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';

/** How a step of a compared run went; without a status it did not start. */
export type ComparedStep = Pick<DagStep, 'name' | 'status' | 'durationMs'>;

/** What is known of a run that is compared. */
export type ComparedRun = {
  readonly run: Run | undefined;
  /** Holds what its steps logged too, as `step::key`. */
  readonly metadata: JsonRecord;
  /** What its steps were given, as `step::key`; nothing for a run of very many. `undefined` until it has come. */
  readonly stepParameters: JsonRecord | undefined;
  /** `undefined` until they have come. */
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
