import type {Connection} from '../../connection/open-connection.js';
import {failWith, type Outcome, type Problem} from '../../connection/problem.js';
import {type Failure, isOutage} from '../../domain/failure.js';
import {maxTimerMs} from '../../domain/timer.js';
import {noConnectionArguments} from '../../domain/zentop-command.js';
import {formatTrimmedDuration} from '../../format/duration.js';
import {timeoutExitCode} from '../../report/exit-code.js';
import type {OpeningState} from '../../store/opening.js';
import {getRetryDelayMs} from '../../store/requests/backoff.js';
import type {RunTime} from './run-time.js';

/** What an attempt reports while it is under way. */
export type OpeningReports = {
  readonly onConnection: (connection: Connection) => void;
  readonly onWait: (awaited: string) => void;
};

/** Something that is being opened. */
export type Opening<T> = {
  readonly outcome: Promise<Outcome<T>>;
  readonly getState: () => OpeningState;
  /** Calls the listener after each change; returns a function that removes it. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Makes the next attempt at once. */
  readonly retry: () => void;
  readonly abort: () => void;
};

/** How often the elapsed time is updated, in milliseconds. */
const tickMs = 1000;

type OpeningOptions = {
  readonly time: RunTime;
  readonly intervalMs: number;
  /** How long to retry while the server cannot be used, in milliseconds; 0 means that the first failure is final. */
  readonly giveUpAfterMs: number;
  /** After this long, opening fails with exit code 124. */
  readonly timeoutMs?: number | undefined;
};

/** The signal of one attempt: it also aborts after a minute. */
export const limitAttempt = (signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(maxAttemptMs)]);

const maxAttemptMs = 60_000;

/**
 * Starts to open something and retries, at the same pace as while watching, for as long as only the server or the network
 * is in the way. Any other problem is final.
 */
export const startOpening = <T>(
  open: (signal: AbortSignal, reports: OpeningReports) => Promise<Outcome<T>>,
  {time, intervalMs, giveUpAfterMs, timeoutMs}: OpeningOptions,
): Opening<T> => {
  const {clock, random, replay} = time;
  const listeners = new Set<() => void>();
  let state: OpeningState = {
    serverUrl: undefined,
    connectionArguments: noConnectionArguments,
    startedAt: clock.now(),
    now: clock.now(),
    pendingRetry: undefined,
    awaited: undefined,
  };
  const update = (changes: Partial<OpeningState>): void => {
    state = {...state, now: clock.now(), ...changes};
    for (const listener of [...listeners]) {
      listener();
    }
  };
  const reports: OpeningReports = {
    onConnection: ({serverUrl, settings}) => update({serverUrl, connectionArguments: settings.connectionArguments}),
    onWait: awaited => update({awaited, pendingRetry: undefined}),
  };
  const abort = new AbortController();
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(Math.min(timeoutMs, maxTimerMs));
  const endSignal = timeout === undefined ? abort.signal : AbortSignal.any([abort.signal, timeout]);
  let wake = (): void => {};

  const pause = (ms: number): Promise<void> =>
    new Promise(resolve => {
      const finish = (): void => {
        cancel();
        endSignal.removeEventListener('abort', finish);
        resolve();
      };
      const cancel = clock.after(ms, finish);
      endSignal.addEventListener('abort', finish, {once: true});
      wake = finish;
      // A listener may have aborted when the trouble was shown.
      if (endSignal.aborted) {
        finish();
      }
    });

  /** The problem of the last attempt that was not aborted. */
  let lastProblem: Problem | undefined;
  const endWith = (outcome: FailedOutcome): FailedOutcome =>
    timeout?.aborted === true
      ? failWithTimeout(timeoutMs ?? 0, lastProblem?.message ?? `${state.serverUrl ?? 'The server'} has not responded.`)
      : outcome;

  const run = async (): Promise<Outcome<T>> => {
    for (let failedInARow = 1; ; failedInARow++) {
      const outcome = await open(endSignal, reports);
      if (outcome.ok || outcome.problem.exitCode === timeoutExitCode) {
        return outcome;
      }

      const {failure} = outcome.problem;
      lastProblem = endSignal.aborted ? lastProblem : outcome.problem;
      const now = clock.now();
      const ageMs = now - state.startedAt;
      const isFinal = failure === undefined || !canPass(failure) || replay !== undefined || ageMs >= giveUpAfterMs;
      if (isFinal || endSignal.aborted) {
        return endWith(outcome);
      }

      const streak = {failure, failedInARow, ageMs, isOwn: false, jitter: random()};
      const delayMs = Math.min(getRetryDelayMs(streak, intervalMs), state.startedAt + giveUpAfterMs - now);
      update({pendingRetry: {failure, retryAt: now + delayMs}});
      await pause(delayMs);
      if (endSignal.aborted) {
        return endWith(outcome);
      }
    }
  };

  let stopTicks = (): void => {};
  const tick = (): void => {
    stopTicks = clock.after(tickMs, () => {
      update({});
      tick();
    });
  };
  tick();
  return {
    outcome: run().finally(() => stopTicks()),
    getState: () => state,
    subscribe: listener => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    retry: () => wake(),
    abort: () => abort.abort(),
  };
};

type FailedOutcome = ReturnType<typeof failWith>;

/** Whether the failure may pass without anyone changing a setting on this machine. */
const canPass = (failure: Failure): boolean =>
  failure.kind === 'refused'
    ? failure.status >= 500 || isOutage(failure)
    : (failure.kind === 'unreachable' && failure.fault === undefined) || failure.kind === 'timed-out';

const failWithTimeout = (timeoutMs: number, reason: string) =>
  failWith({
    message: `Timed out after ${formatTrimmedDuration(timeoutMs)}. ${reason}`,
    hint: 'Use a longer --timeout, or none.',
    exitCode: timeoutExitCode,
    candidates: [],
  });
