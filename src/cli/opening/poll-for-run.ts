import type {Connection} from '../../connection/open-connection.js';
import {type Outcome, succeedWith} from '../../connection/problem.js';
import type {ResolvedRun} from '../../connection/resolve-run.js';
import {searchRuns} from '../../connection/run-search.js';
import type {Instant} from '../../domain/instant.js';
import {isRunInProgress} from '../../domain/run-row.js';
import type {Clock} from '../../poll/clock.js';

type AwaitRunOptions = {
  readonly pipeline: string | undefined;
  readonly intervalMs: number;
  /** When to give up, by the clock; never where it is `undefined`. */
  readonly until: Instant | undefined;
  /** How long to keep trying when the server does not answer, in milliseconds. */
  readonly giveUpAfterMs: number;
  /** There is none yet: told once, before the wait. */
  readonly onWait: () => void;
};

/** A run that is awaited, or `timeout`. */
export type AwaitedRun = {readonly kind: 'run'; readonly resolved: ResolvedRun} | {readonly kind: 'timeout'};

/** A pipeline takes seconds to start: asking more often shows nothing sooner. */
const minIntervalMs = 2000;

/** A run may have been created in the second in which we began to wait. */
const startGraceMs = 1000;

/** Runs in progress that are looked through: the server lists some whose process has long died. */
const maxInProgress = 10;

/**
 * The newest run in progress of the pipeline; where there is none, the first that is created from now on, whatever became
 * of it since. `now` is the server's, by its first answer.
 */
export const pollForRun = async (
  connection: Connection,
  {pipeline, intervalMs, until, giveUpAfterMs, onWait}: AwaitRunOptions,
  clock: Clock,
): Promise<Outcome<AwaitedRun>> => {
  const ofPipeline: Readonly<Record<string, string>> = pipeline === undefined ? {} : {pipeline};
  const search = (filters: Readonly<Record<string, string>>) =>
    searchRuns(connection, {filters: {...ofPipeline, ...filters}, size: maxInProgress}, AbortSignal.timeout(60_000));
  const gapMs = Math.max(minIntervalMs, intervalMs);
  let since: Instant | undefined;
  let failingSince: Instant | undefined;
  for (;;) {
    const [going, newest] = await Promise.all([search({in_progress: 'true'}), search({})]);
    const now = clock.now();
    if (going.ok && newest.ok) {
      const begun = since ?? (newest.value.timing.serverDateAt ?? now) - startGraceMs;
      const run =
        going.value.runs.find(isRunInProgress) ?? newest.value.runs.findLast(({createdAt = 0}) => createdAt >= begun);
      if (run !== undefined) {
        return succeedWith({kind: 'run', resolved: {run, timing: newest.value.timing}});
      }

      if (since === undefined) {
        onWait();
      }

      since = begun;
      failingSince = undefined;
    } else {
      const failed = going.ok ? newest : going;
      failingSince ??= now;
      // Before the first answer nobody knows whether the server can be used at all.
      if (!failed.ok && (since === undefined || now - failingSince >= giveUpAfterMs)) {
        return failed;
      }
    }

    if (until !== undefined && now >= until) {
      return succeedWith({kind: 'timeout'});
    }

    await new Promise<void>(resolve => {
      clock.after(Math.min(gapMs, (until ?? Number.POSITIVE_INFINITY) - now), resolve);
    });
  }
};
