import type {Connection} from '../../connection/open-connection.js';
import type {Problem} from '../../connection/problem.js';
import type {Attempt} from '../../domain/attempt.js';
import {isServerAway} from '../../domain/failure.js';
import type {LogEntry} from '../../domain/log.js';
import {type Result, succeeded} from '../../domain/result.js';
import {isRunOver, type Run} from '../../domain/run.js';
import {isFinished} from '../../domain/status.js';
import {exitCodeOf} from '../../report/exit-code.js';
import {type EndingSignal, exitCodeOf as signalExitCode, watchExit} from '../../terminal/exit.js';
import {openStandardOutput} from '../standard-output.js';
import {systemClock} from '../system-clock.js';
import {type FoundStep, fetchAttempts} from './find-step.js';
import {createLogPrinter, type LogPrinter} from './log-printer.js';
import type {LogsOptions} from './logs-options.js';
import {explained, fetchLog, logProblem} from './step-log.js';

const second = 1000;

/** The writer empties its queue this often. */
const gapMs = 5 * second;

/** What is sent each time is the whole file: a large one is asked for less often. */
const largeLog = 10_000;

/** The last batch is there so long after the end, at the latest. */
const lastBatchMs = 6 * second;

/** What ended so long ago by our clock has its last batch, even if the clocks differ a little. */
const longAgoMs = 60 * second;

/** How long it is tried again while the server does not answer. */
const patienceMs = 900 * second;

type Following = {
  readonly connection: Connection;
  readonly run: Run;
  readonly step: FoundStep;
  readonly logs: LogsOptions;
};

/**
 * Prints the log of a step as it grows, from attempt to attempt unless one was asked for, until the step has ended. Answers
 * the exit code: as the step ended.
 */
export const followLog = async (following: Following): Promise<number> => {
  const output = openStandardOutput();
  const leaving = new AbortController();
  let ending: EndingSignal | undefined;
  const exit = watchExit(
    () => {},
    signal => {
      ending = signal;
      leaving.abort();
    },
  );
  void output.closed.then(() => leaving.abort());
  const code = await follow(following, output.write, leaving.signal);
  exit.stop();
  // Nobody reads on, as behind `| head`: that is no failure.
  return ending === undefined ? (code ?? 0) : signalExitCode(ending);
};

/** `undefined`: it was given up. */
const follow = async (
  following: Following,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<number | undefined> => {
  let printing: {readonly id: string; readonly printer: LogPrinter} | undefined;
  let answeredAt = systemClock.now();
  let endedId: string | undefined;
  while (!signal.aborted) {
    const look = await lookAt(following, signal);
    const now = systemClock.now();
    if (signal.aborted) {
      return undefined;
    }

    if (!look.ok && (!isServerAway(look.failure) || now - answeredAt > patienceMs)) {
      return explained(logProblem(look.failure, following.connection));
    }

    if (!look.ok || look.value === 'waiting') {
      answeredAt = look.ok ? now : answeredAt;
      await pause(gapMs, signal);
      continue;
    }

    if (look.value === 'not run') {
      return explained(notRun(following.step.name));
    }

    answeredAt = now;
    const {attempt, entries, isEnded} = look.value;
    if (printing?.id !== attempt.id) {
      printing?.printer.finish();
      printing = {id: attempt.id, printer: createLogPrinter(write, following.logs.hasTimes)};
    }

    printing.printer.print(entries);
    const hasLastBatch = endedId === attempt.id || now - (attempt.endedAt ?? now) > longAgoMs;
    if (isEnded && hasLastBatch) {
      printing.printer.finish();
      return exitCodeOf(attempt.status);
    }

    endedId = isEnded ? attempt.id : undefined;
    await pause(isEnded ? lastBatchMs : entries.length > largeLog ? 3 * gapMs : gapMs, signal);
  }

  return undefined;
};

type Look = {readonly attempt: Attempt; readonly entries: readonly LogEntry[]; readonly isEnded: boolean};

/** The attempt as it is now, and its log; or that the step has not started, yet or at all. */
const lookAt = async (
  {connection: {client}, run, step, logs}: Following,
  signal: AbortSignal,
): Promise<Result<Look | 'waiting' | 'not run'>> => {
  const attempts = await fetchAttempts(client, run, step.name, signal);
  if (!attempts.ok) {
    return attempts;
  }

  const chosen =
    logs.attempt === undefined
      ? attempts.value.at(-1)
      : attempts.value.find(({attempt}) => attempt.number === logs.attempt);
  const isRetried = chosen?.attempt.status === 'retried' && logs.attempt === undefined;
  const isOpen = chosen === undefined || isRetried;
  const runNow = isOpen ? await client.fetchRun(run.id, false, signal) : undefined;
  const isRunEnded = runNow?.ok === true && isRunOver(runNow.value);
  if (chosen === undefined) {
    return succeeded(isRunEnded ? 'not run' : 'waiting');
  }

  const entries = await fetchLog(client, chosen, logs, signal);
  const isEnded = isFinished(chosen.attempt.status) && (!isRetried || isRunEnded);
  return entries.ok ? succeeded({attempt: chosen.attempt, entries: entries.value, isEnded}) : entries;
};

const notRun = (name: string): Problem => ({
  what: `The run is over, and ${name} did not start.`,
  way: '`zentop RUN` shows what became of it.',
  exitCode: 4,
  candidates: [],
});

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const wake = (): void => {
      cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = systemClock.after(ms, wake);
    signal.addEventListener('abort', wake);
  });
