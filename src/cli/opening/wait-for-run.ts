import type {Connection} from '../../connection/open-connection.js';
import {failWith, type Outcome, succeedWith} from '../../connection/problem.js';
import type {ResolvedRun} from '../../connection/resolve-run.js';
import {formatTrimmedDuration} from '../../format/duration.js';
import {timeoutExitCode} from '../../report/exit-code.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printNote} from '../printing/print.js';
import {pollForRun} from './poll-for-run.js';
import type {RunTime} from './run-time.js';

/** Waits for a run for `--wait`, and says so on standard error. `--timeout` also limits this wait. */
export const waitForRun =
  (pipeline: string | undefined, watch: WatchOptions, {clock}: RunTime) =>
  async (connection: Connection): Promise<Outcome<ResolvedRun>> => {
    const {intervalMs, timeoutMs, giveUpAfterMs, output} = watch;
    const ofPipeline = pipeline === undefined ? '' : ` of “${pipeline}”`;
    const awaited = await pollForRun(
      connection,
      {
        pipeline,
        intervalMs,
        giveUpAfterMs,
        until: timeoutMs === undefined ? undefined : clock.now() + timeoutMs,
        onWait: () => {
          if (output !== 'quiet') {
            printNote(`No run${ofPipeline} in progress. Waiting for one to start (Ctrl-C to stop) …`);
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
          message: `No run${ofPipeline} started within ${formatTrimmedDuration(timeoutMs ?? 0)}.`,
          hint: 'Use a longer --timeout, or none.',
          exitCode: timeoutExitCode,
          candidates: [],
        });
  };
