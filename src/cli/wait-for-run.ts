import type {Connection} from '../connection/open-connection.js';
import {found, type Outcome, stuck} from '../connection/problem.js';
import type {ResolvedRun} from '../connection/resolve-run.js';
import {roundDuration} from '../format/duration.js';
import {awaitRun} from './await-run.js';
import {timeoutExitCode} from './leaving.js';
import {printNote} from './print.js';
import type {RunTime} from './run-time.js';
import type {WatchOptions} from './watch-options.js';

/** Waits for a run as `--wait` has it; says on standard error that it does. `--timeout` ends the wait too. */
export const waitForRun =
  (pipeline: string | undefined, watch: WatchOptions, {clock}: RunTime) =>
  async (connection: Connection): Promise<Outcome<ResolvedRun>> => {
    const {intervalMs, timeoutMs, giveUpAfterMs, output} = watch;
    const what = pipeline === undefined ? 'a run' : `a run of “${pipeline}”`;
    const awaited = await awaitRun(
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
      ? found(awaited.value.resolved)
      : stuck({
          what: `No run has started within ${roundDuration(timeoutMs ?? 0)}: waited for ${what}.`,
          way: 'Wait longer with a longer `--timeout`, or without one.',
          exitCode: timeoutExitCode,
          candidates: [],
        });
  };
