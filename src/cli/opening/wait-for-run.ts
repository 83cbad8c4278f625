import type {Connection} from '../../connection/open-connection.js';
import {failWith, type Outcome, succeedWith} from '../../connection/problem.js';
import type {ResolvedRun} from '../../connection/resolve-run.js';
import {formatTrimmedDuration} from '../../format/duration.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printNote} from '../printing/print.js';
import {timeoutExitCode} from '../watching/screen-exit.js';
import {pollForRun} from './poll-for-run.js';
import type {RunTime} from './run-time.js';

/** Waits for a run as `--wait` has it; says on standard error that it does. `--timeout` ends the wait too. */
export const waitForRun =
  (pipeline: string | undefined, watch: WatchOptions, {clock}: RunTime) =>
  async (connection: Connection): Promise<Outcome<ResolvedRun>> => {
    const {intervalMs, timeoutMs, giveUpAfterMs, output} = watch;
    const what = pipeline === undefined ? 'a run' : `a run of “${pipeline}”`;
    const awaited = await pollForRun(
      connection,
      {
        pipeline,
        intervalMs,
        giveUpAfterMs,
        until: timeoutMs === undefined ? undefined : clock.now() + timeoutMs,
        onWait: () => {
          if (output !== 'quiet') {
            printNote(`None is in progress: waiting for ${what} to start.`);
          }
        },
      },
      clock,
    );
    if (!awaited.ok) {
      return awaited;
    }

    return awaited.value.kind === 'run'
      ? succeedWith(awaited.value.resolved)
      : failWith({
          message: `No run has started within ${formatTrimmedDuration(timeoutMs ?? 0)}: waited for ${what}.`,
          hint: 'Wait longer with a longer `--timeout`, or without one.',
          exitCode: timeoutExitCode,
          candidates: [],
        });
  };
