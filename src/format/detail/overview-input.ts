import type {Attempt, StepDetail} from '../../domain/attempt.js';
import type {Failure} from '../../domain/failure.js';
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import type {StepStatus} from '../../domain/status.js';
import type {Step} from '../../domain/step.js';
import type {UtcOffset} from '../time.js';

export type UpstreamStep = {readonly name: string; readonly status: StepStatus};

/** Parts of the overview that are folded until the reader wants them whole. */
export type OverviewSection = 'traceback' | 'inputs' | 'outputs';

/** All that the overview of a step is made of. */
export type OverviewInput = {
  readonly step: Step;
  /** The attempt that is looked at; `undefined` for a step that has not started. */
  readonly attempt: Attempt | undefined;
  /** Its own page; `undefined` until it came. */
  readonly detail: StepDetail | undefined;
  /** Why its page did not come. */
  readonly detailFailure?: Failure | undefined;
  /** Pages of the other attempts, as far as they are known: they tell why those failed. */
  readonly detailOf?: ((id: StepId) => StepDetail | undefined) | undefined;
  readonly run: Run | undefined;
  readonly isRunOver: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  /** Cells per line. */
  readonly width: number;
  /** The step whose outputs a cached or skipped one took over, and the run of that. */
  readonly original: StepDetail | undefined;
  readonly originalRun: Run | undefined;
  /** How long it worked in each of the earlier runs that have been looked at, in milliseconds. */
  readonly workTimes?: readonly number[];
  readonly upstream: readonly UpstreamStep[];
  readonly isUnfolded: (section: OverviewSection) => boolean;
  /** Name of the key that unfolds the traceback, to be told to the reader. */
  readonly unfoldKey?: string | undefined;
  readonly utcOffset: UtcOffset;
  /** Leaves the blank lines out, where height is scarce. */
  readonly isDense?: boolean;
};

/** What the parts are handed: of a step that has an attempt. */
export type AttemptInput = OverviewInput & {readonly attempt: Attempt};
