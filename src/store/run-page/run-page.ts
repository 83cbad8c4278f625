import {isEqual} from '../../domain/equality.js';
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import type {PipelineSource} from '../../domain/intervention/zenml-command.js';
import type {LogActivity} from '../../domain/log/activity.js';
import type {StepProgress} from '../../domain/progress.js';
import type {Stack} from '../../domain/stack.js';
import {remember} from '../run/remember.js';

/** What is known about the open run as a whole (besides the run itself and its history), and about what its steps are doing. */
export type RunPage = {
  readonly stack: Stack | undefined;
  /** Where the function of its pipeline is defined. */
  readonly source: PipelineSource | undefined;
  /** The orchestrator has not refused to report the status of the run. */
  readonly canRefresh: boolean;
  /** The user wants to compare the run with the last good one as soon as previous runs have been fetched. */
  readonly isComparisonWanted: boolean;
  /** What the logs of running steps say, as of when they were last fetched. */
  readonly activityById: ReadonlyMap<StepId, KnownActivity>;
  readonly progressById: ReadonlyMap<StepId, KnownProgress>;
};

/** What a log said, and when, by the server's clock: it may have been written to since. */
export type KnownActivity = LogActivity & {readonly asOf: Instant};

/** How far a step said it was, and since when that has been known, by the server's clock. */
export type KnownProgress = StepProgress & {readonly asOf: Instant};

export const initialRunPage: RunPage = {
  stack: undefined,
  source: undefined,
  canRefresh: true,
  isComparisonWanted: false,
  activityById: new Map(),
  progressById: new Map(),
};

/** Nothing is kept for more steps than this. */
const maxSteps = 50;

export const withActivity = (page: RunPage, id: StepId, activity: KnownActivity): RunPage => ({
  ...page,
  activityById: remember(page.activityById, id, activity, maxSteps),
});

/** Progress that has not changed keeps the time when it was first seen, because estimates start there. */
export const withProgress = (page: RunPage, id: StepId, progress: StepProgress | undefined, asOf: Instant): RunPage => {
  const known = page.progressById.get(id);
  if (progress === undefined) {
    return page;
  }

  const next = {...progress, asOf: known?.share === progress.share ? known.asOf : asOf};
  return isEqual(known, next) ? page : {...page, progressById: remember(page.progressById, id, next, maxSteps)};
};
