import type {Outcome} from '../../connection/problem.js';
import {formatTrimmedDuration} from '../../format/duration.js';
import {formatFailure} from '../../format/failure-words.js';
import type {OpenedRun} from '../opening/open-run.js';
import type {RunTime} from '../opening/run-time.js';
import {type OpeningReports, startOpening} from '../opening/start-opening.js';
import {warnIfUnverified} from '../opening/unverified-server.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printNote} from '../printing/print.js';

/** Opens a run without a screen; reports on standard error if that takes long. With --once, nothing is retried. */
export const openForPrinting = (
  open: (signal: AbortSignal, reports: OpeningReports) => Promise<Outcome<OpenedRun>>,
  watch: WatchOptions,
  time: RunTime,
): Promise<Outcome<OpenedRun>> => {
  const opening = startOpening(
    (signal, {onConnection}) =>
      open(signal, {
        onConnection: connection => {
          onConnection(connection);
          warnIfUnverified(connection);
        },
        onWait: awaited => note(`Waiting for ${awaited} (Ctrl-C to stop) …`),
      }),
    {...watch, time, giveUpAfterMs: watch.isOnce ? 0 : watch.giveUpAfterMs},
  );
  const note = (text: string): void => {
    if (watch.output !== 'quiet') {
      printNote(text);
    }
  };
  let isFailureNoted = false;
  opening.subscribe(() => {
    const {pendingRetry, serverUrl = 'the server'} = opening.getState();
    if (pendingRetry !== undefined && !isFailureNoted) {
      isFailureNoted = true;
      const limit = formatTrimmedDuration(watch.giveUpAfterMs);
      note(
        `Cannot use ${serverUrl} yet: ${formatFailure(pendingRetry.failure)}. Retrying for up to ${limit} (Ctrl-C to stop) …`,
      );
    }
  });
  return opening.outcome;
};
