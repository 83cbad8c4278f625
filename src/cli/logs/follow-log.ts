import type {Connection} from '../../connection/open-connection.js';
import type {Problem} from '../../connection/problem.js';
import type {Attempt} from '../../domain/attempt.js';
import {isOutage} from '../../domain/failure.js';
import type {LogEntry} from '../../domain/log/entry.js';
import {pause} from '../../domain/pause.js';
import {type Result, succeed} from '../../domain/result.js';
import {isRunOver, type Run} from '../../domain/run.js';
import {isFinished} from '../../domain/status.js';
import {formatFailure} from '../../format/failure-words.js';
import {getRunExitCode} from '../../report/exit-code.js';
import {type EndingSignal, getSignalExitCode, watchExit} from '../../terminal/exit.js';
import {isHangUpIgnored} from '../../terminal/hang-up.js';
import {systemClock} from '../opening/run-time.js';
import {printNote} from '../printing/print.js';
import {openStandardOutput} from '../printing/standard-output.js';
import {type FoundStep, fetchAttempts} from './find-step.js';
import {createLogPrinter, type LogPrinter} from './log-printer.js';
import type {LogsOptions} from './logs-options.js';
import {
  explainLogFailure,
  fetchStepLog,
  findNeverRunProblem,
  findUnnumberedProblem,
  reportProblem,
} from './step-log.js';

const secondMs = 1000;

/** ZenML's client writes new log entries this often. */
const pollMs = 5 * secondMs;

/** Each response is the whole log, so a log with more entries than this is polled less often. */
const largeLogEntries = 10_000;

/** The last batch is written at most this long after the end. */
const lastBatchMs = 6 * secondMs;

/** The last batch of a step that ended this long ago has been written, even if the clocks differ a little. */
const certainlyWrittenMs = 60 * secondMs;

/** How long to retry an unreachable server: as long as `--give-up-after` by default. */
const giveUpMs = 900 * secondMs;

type FollowLogOptions = {
  readonly connection: Connection;
  readonly run: Run;
  readonly step: FoundStep;
  readonly logs: LogsOptions;
};

/**
 * Prints the log of a step as it grows, from attempt to attempt unless one is selected, until the step ends. Returns the
 * exit code for the step's status or, if a problem or a signal ended the printing before, the exit code for that.
 */
export const followLog = async (options: FollowLogOptions): Promise<number> => {
  const output = openStandardOutput();
  const abort = new AbortController();
  let ending: EndingSignal | undefined;
  const exit = watchExit(
    () => {},
    signal => {
      ending = signal;
      abort.abort();
    },
    isHangUpIgnored(process.env),
  );
  void output.closed.then(() => abort.abort());
  const code = await followUntilEnd(options, output.write, abort.signal);
  exit.stop();
  // A closed pipe, as with `| head`, is not a failure.
  return ending === undefined ? (code ?? 0) : getSignalExitCode(ending);
};

/** Returns the exit code, or `undefined` if `signal` aborted the printing. */
const followUntilEnd = async (
  options: FollowLogOptions,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<number | undefined> => {
  let printing: {readonly id: string; readonly printer: LogPrinter} | undefined;
  let respondedAt = systemClock.now();
  let endedId: string | undefined;
  let isOutageNoted = false;
  while (!signal.aborted) {
    const result = await fetchAttemptLog(options, signal);
    const now = systemClock.now();
    if (signal.aborted) {
      return undefined;
    }

    if (!result.ok && (!isOutage(result.failure) || now - respondedAt > giveUpMs)) {
      return reportProblem(explainLogFailure(result.failure, options.connection));
    }

    isOutageNoted = noteOutage(result, isOutageNoted, options.connection);
    if (!result.ok || result.value === 'waiting') {
      respondedAt = result.ok ? now : respondedAt;
      await pause(pollMs, signal, systemClock);
      continue;
    }

    if ('message' in result.value) {
      return reportProblem(result.value);
    }

    respondedAt = now;
    const {attempt, entries, isEnded} = result.value;
    if (printing?.id !== attempt.id) {
      printing?.printer.finish();
      printing = {id: attempt.id, printer: createLogPrinter(write, options.logs.hasTimes)};
    }

    printing.printer.print(entries);
    const hasLastBatch = endedId === attempt.id || now - (attempt.endedAt ?? now) > certainlyWrittenMs;
    if (isEnded && hasLastBatch) {
      printing.printer.finish();
      return getRunExitCode(attempt.status);
    }

    endedId = isEnded ? attempt.id : undefined;
    await pause(isEnded ? lastBatchMs : entries.length > largeLogEntries ? 3 * pollMs : pollMs, signal, systemClock);
  }

  return undefined;
};

/**
 * Says once on standard error that the server is not responding, and once that it responds again. Returns whether it is not
 * responding now.
 */
const noteOutage = (
  result: Result<unknown>,
  isOutageNoted: boolean,
  {serverUrl}: Pick<Connection, 'serverUrl'>,
): boolean => {
  if (!result.ok && !isOutageNoted) {
    printNote(`${serverUrl} is not responding: ${formatFailure(result.failure)}. Retrying (Ctrl-C to stop) …`);
  } else if (result.ok && isOutageNoted) {
    printNote(`${serverUrl} responds again.`);
  }

  return !result.ok;
};

type AttemptLog = {readonly attempt: Attempt; readonly entries: readonly LogEntry[]; readonly isEnded: boolean};

/** The current attempt and its log; or that the step has not started yet, or why it will never start. */
const fetchAttemptLog = async (
  {connection, run, step, logs}: FollowLogOptions,
  signal: AbortSignal,
): Promise<Result<AttemptLog | 'waiting' | Problem>> => {
  const {client} = connection;
  const attempts = await fetchAttempts(client, run, step.name, signal);
  if (!attempts.ok) {
    return attempts;
  }

  const unnumberedProblem = findUnnumberedProblem(attempts.value, logs);
  if (unnumberedProblem !== undefined) {
    return succeed(unnumberedProblem);
  }

  const chosen =
    logs.attempt === undefined
      ? attempts.value.at(-1)
      : attempts.value.find(({attempt}) => attempt.number === logs.attempt);
  const isRetried = chosen?.attempt.status === 'retried' && logs.attempt === undefined;
  const isOpen = chosen === undefined || isRetried;
  const runNow = isOpen ? await client.fetchRun(run.id, false, signal) : undefined;
  const isRunEnded = runNow?.ok === true && isRunOver(runNow.value);
  if (runNow?.ok === false && runNow.failure.kind === 'not-found') {
    return runNow;
  }

  if (chosen === undefined) {
    const neverRunProblem = runNow?.ok
      ? await findNeverRunProblem(connection, runNow.value, step.name, signal)
      : undefined;
    return succeed(neverRunProblem ?? 'waiting');
  }

  const entries = await fetchStepLog(client, chosen, logs, signal);
  const isEnded = isFinished(chosen.attempt.status) && (!isRetried || isRunEnded);
  return entries.ok ? succeed({attempt: chosen.attempt, entries: entries.value, isEnded}) : entries;
};
