import type {Connection} from '../../connection/open-connection.js';
import {failWith, type Outcome, succeedWith} from '../../connection/problem.js';
import type {ResolvedRun} from '../../connection/resolve-run.js';
import {formatTrimmedDuration} from '../../format/duration.js';
import {timeoutExitCode} from '../../report/exit-code.js';
import type {WatchOptions} from '../options/watch-options.js';
import {pollForRun} from './poll-for-run.js';
import type {RunTime} from './run-time.js';

type WaitOptions = {
  readonly signal: AbortSignal;
  /** Called once if there is no run yet, with what is being waited for. */
  readonly onWait: (awaited: string) => void;
};

/** Returns a function that waits for a run, for `--wait`. `--timeout` also limits this wait. */
export const waitForRun =
  (
    pipeline: string | undefined,
    {intervalMs, timeoutMs, giveUpAfterMs}: WatchOptions,
    {clock}: RunTime,
    {signal, onWait}: WaitOptions,
  ) =>
  async (connection: Connection): Promise<Outcome<ResolvedRun>> => {
    const pipelinePhrase = pipeline === undefined ? '' : ` of “${pipeline}”`;
    const awaited = await pollForRun(
      connection,
      {
        pipeline,
        intervalMs,
        giveUpAfterMs,
        onWait: () => onWait(`a run${pipelinePhrase} to start`),
        signal,
      },
      clock,
    );
    if (!awaited.ok) {
      return awaited;
    }

    return awaited.value.kind === 'run'
      ? succeedWith(awaited.value.resolved)
      : failWith({
          message: `No run${pipelinePhrase} started within ${formatTrimmedDuration(timeoutMs ?? 0)}.`,
          hint: 'Use a longer --timeout, or none.',
          exitCode: timeoutExitCode,
          candidates: [],
        });
  };
