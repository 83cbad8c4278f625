import type {Attempt, StepDetail} from '../../domain/attempt.js';
import type {Failure} from '../../domain/failure.js';
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {StepProgress} from '../../domain/progress.js';
import type {Run} from '../../domain/run.js';
import type {StepStatus} from '../../domain/status.js';
import type {Step} from '../../domain/step.js';
import type {Saving} from '../../domain/timeline/saving.js';
import type {WaitReason} from '../../domain/wait-reason.js';
import type {UtcOffset} from '../time.js';

export type UpstreamStep = {readonly name: string; readonly status: StepStatus};

/** Parts of the overview that can be expanded. */
export type OverviewSection = 'traceback' | 'inputs' | 'outputs';

export type OverviewInput = {
  readonly step: Step;
  /** The attempt shown; `undefined` for a step that has not started. */
  readonly attempt: Attempt | undefined;
  /** `undefined` until it is loaded. */
  readonly detail: StepDetail | undefined;
  /** Whether `detail` is being loaded if it is `undefined` (default: true). */
  readonly isDetailDue?: boolean;
  /** Why `detail` could not be loaded. */
  readonly detailFailure?: Failure | undefined;
  /** Details of other attempts, as far as loaded, to show why they failed. */
  readonly findDetail?: ((id: StepId) => StepDetail | undefined) | undefined;
  readonly run: Run | undefined;
  readonly isRunOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  /** Cells per line. */
  readonly width: number;
  /** The step whose outputs a cached or skipped step reused, and its run. */
  readonly original: StepDetail | undefined;
  readonly originalRun: Run | undefined;
  /** How long the step took in the previous runs that are loaded, in milliseconds. */
  readonly workTimes?: readonly number[];
  /** How long the step has been silent, in milliseconds, if that is much longer than usual. */
  readonly quietMs?: number | undefined;
  /** For how long nothing has been heard from its local process, in milliseconds, if it has probably died. */
  readonly lostMs?: number | undefined;
  /** `asOf`: when this progress was first seen, by the server's clock. */
  readonly progress?: (StepProgress & {readonly asOf: Instant}) | undefined;
  /** What making the step instant would save, if it is on the critical path of a run with several steps. */
  readonly saving?: Saving | undefined;
  readonly upstream: readonly UpstreamStep[];
  /** Why the step has not started or is not running; `undefined` if it is not waiting. */
  readonly wait?: WaitReason | undefined;
  readonly isExpanded: (section: OverviewSection) => boolean;
  /** The key that expands the traceback, for the hint. */
  readonly expandKey?: string | undefined;
  readonly getUtcOffset: UtcOffset;
  /** Omits blank lines, for windows with few rows. */
  readonly isDense?: boolean;
};

/** The input for a step that has an attempt. */
export type AttemptInput = OverviewInput & {readonly attempt: Attempt};
