import type {Connection} from '../../connection/open-connection.js';
import {type Outcome, succeedWith} from '../../connection/problem.js';
import type {ResolvedRun} from '../../connection/resolve-run.js';
import {searchRuns} from '../../connection/run-search.js';
import type {Instant} from '../../domain/instant.js';
import type {RunFilters} from '../../domain/list-filters.js';
import {pause} from '../../domain/pause.js';
import {isRunInProgress} from '../../domain/run-row.js';
import type {Clock} from '../../poll/clock.js';
import {limitAttempt} from './start-opening.js';

type AwaitRunOptions = {
  readonly pipeline: string | undefined;
  readonly intervalMs: number;
  /** How long to retry an unreachable server, in milliseconds. */
  readonly giveUpAfterMs: number;
  /** Called once before the wait, if there is no run yet. */
  readonly onWait: () => void;
  /** Aborts the wait, which then ends with `timeout`. */
  readonly signal: AbortSignal;
};

/** The run that was found, or `timeout`. */
type AwaitedRun = {readonly kind: 'run'; readonly resolved: ResolvedRun} | {readonly kind: 'timeout'};

/** A pipeline takes seconds to start, so polling more often would not find it sooner. */
const minIntervalMs = 2000;

/** A run may have been created within the second in which the wait began. */
const startGraceMs = 1000;

/** How many runs that the server lists as in progress are searched for one that has not failed (see `searchActiveOrNewest`). */
const maxInProgress = 10;

/**
 * Finds the newest run in progress of the pipeline; if there is none, waits for the first one created from now on, whatever
 * its status by then. “Now” is the server's time in its first response.
 */
export const pollForRun = async (
  connection: Connection,
  {pipeline, intervalMs, giveUpAfterMs, onWait, signal}: AwaitRunOptions,
  clock: Clock,
): Promise<Outcome<AwaitedRun>> => {
  const pipelineFilter: RunFilters = pipeline === undefined ? {} : {pipeline};
  const search = (filters: RunFilters) =>
    searchRuns(connection, {filters: {...pipelineFilter, ...filters}, size: maxInProgress}, limitAttempt(signal));
  const gapMs = Math.max(minIntervalMs, intervalMs);
  let since: Instant | undefined;
  let failingSince: Instant | undefined;
  for (;;) {
    const [inProgress, newest] = await Promise.all([search({isInProgress: true}), search({})]);
    const now = clock.now();
    if (inProgress.ok && newest.ok) {
      const startedAt = since ?? (newest.value.timing.serverDateAt ?? now) - startGraceMs;
      const run =
        inProgress.value.runs.find(isRunInProgress) ??
        newest.value.runs.findLast(({createdAt = 0}) => createdAt >= startedAt);
      if (run !== undefined) {
        return succeedWith({kind: 'run', resolved: {run, timing: newest.value.timing}});
      }

      if (since === undefined) {
        onWait();
      }

      since = startedAt;
      failingSince = undefined;
    } else {
      const failedSearch = inProgress.ok ? newest : inProgress;
      failingSince ??= now;
      // Before the first response it is unknown whether the server can be used at all: the caller decides.
      if (!failedSearch.ok && (since === undefined || now - failingSince >= giveUpAfterMs)) {
        return failedSearch;
      }
    }

    await pause(gapMs, signal, clock);
    if (signal.aborted) {
      return succeedWith({kind: 'timeout'});
    }
  }
};
