import type {Exception} from '../domain/exception.js';
import type {Instant} from '../domain/instant.js';
import type {Run} from '../domain/run.js';
import type {StepStatus} from '../domain/status.js';
import type {KnownRun} from './known-run.js';

/** One thing that was noticed; `at` is when, by the server's clock. */
export type Change = RunChange | StepChange | ProblemChange | RecoveredChange | EndChange;

export type RunChange = {
  readonly type: 'run';
  readonly at: Instant;
  readonly run: Run;
  /** The status in the server's word as it was told before; `undefined`: the run was found so. */
  readonly from: string | undefined;
};

export type StepChange = {
  readonly type: 'step';
  readonly at: Instant;
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string;
  readonly status: StepStatus;
  /** `undefined` for a step that has no step run. */
  readonly attempt: number | undefined;
  /** `undefined` while the step's configuration is not known. */
  readonly maxAttempts: number | undefined;
  /** How long the attempt took, or has taken so far, in milliseconds. */
  readonly tookMs: number | undefined;
  readonly exception: Exception | undefined;
};

/** The server cannot be asked. */
export type ProblemChange = {
  readonly type: 'problem';
  readonly at: Instant;
  readonly reason: string;
  /** How long that has been so, in milliseconds. */
  readonly forMs: number;
};

export type RecoveredChange = {readonly type: 'recovered'; readonly at: Instant; readonly forMs: number};

export type EndChange = {
  readonly type: 'end';
  readonly at: Instant;
  readonly known: KnownRun;
  /** The run's page in the dashboard. */
  readonly url: string | undefined;
};
