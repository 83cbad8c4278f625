import type {Connection} from '../../connection/open-connection.js';
import type {Problem} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import type {StepDetail} from '../../domain/attempt.js';
import {maxLogEntries} from '../../domain/log/tail.js';
import {formatZentopCommand} from '../../domain/zentop-command.js';
import {formatCount} from '../../format/number.js';
import {openNamedRun} from '../opening/open-named-run.js';
import type {ConnectionOptions} from '../options/connection-options.js';
import {printProblem} from '../printing/print.js';
import {openStandardOutput} from '../printing/standard-output.js';
import {findStepByName} from './find-step.js';
import {followLog} from './follow-log.js';
import {createLogPrinter} from './log-printer.js';
import type {LogsOptions} from './logs-options.js';
import {chooseAttempt, explainLogFailure, fetchStepLog, findNeverRunProblem, reportProblem} from './step-log.js';

type LogRequest = {readonly logs: LogsOptions; readonly connection: ConnectionOptions};

/** How long finding the step and fetching its log may take, in milliseconds; following it has no limit. */
const maxFetchMs = 600_000;

/** Prints the log of a step, or follows it. Returns the exit code. */
export const printLog = async (world: World, {logs, connection: connectionOptions}: LogRequest): Promise<number> => {
  const signal = AbortSignal.timeout(maxFetchMs);
  const opened = await openNamedRun(world, logs.run, connectionOptions, signal);
  if (!opened.ok) {
    return reportProblem(opened.problem);
  }

  const {connection, resolved} = opened.value;
  const step = await findStepByName(connection, resolved.run, logs.step, signal);
  if (!step.ok) {
    return reportProblem(step.problem);
  }

  if (logs.isFollowing) {
    return followLog({connection, run: resolved.run, step: step.value, logs});
  }

  const chosen = chooseAttempt(step.value.attempts, logs);
  if (!chosen.ok) {
    return reportProblem(chosen.problem);
  }

  if (chosen.value === undefined) {
    const neverRunProblem = await findNeverRunProblem(connection, resolved.run, step.value.name, signal);
    return reportProblem(neverRunProblem ?? createNotStartedProblem(step.value.name));
  }

  return printLogOnce(connection, chosen.value, logs, signal);
};

const printLogOnce = async (
  connection: Connection,
  detail: StepDetail,
  logs: LogsOptions,
  signal: AbortSignal,
): Promise<number> => {
  const names = detail.attempt.logSources.map(({source}) => source);
  if (logs.source !== undefined && names.length > 0 && !names.includes(logs.source)) {
    return reportProblem(createNoSourceProblem(detail.attempt.name, logs.source, names));
  }

  const output = openStandardOutput();
  const entries = await fetchStepLog(connection.client, detail, logs, signal);
  if (!entries.ok) {
    return reportProblem(explainLogFailure(entries.failure, connection));
  }

  if (entries.value.length === 0 && detail.originalStepId !== undefined) {
    return printOriginalHint(connection, detail, signal);
  }

  const printer = createLogPrinter(output.write, logs.hasTimes);
  printer.print(entries.value);
  printer.finish();
  if (entries.value.length >= maxLogEntries) {
    printProblem(truncatedLogProblem);
  }

  return 0;
};

/** Says how to print the log of the original of a cached step. */
const printOriginalHint = async (
  {client, settings}: Connection,
  detail: StepDetail,
  signal: AbortSignal,
): Promise<number> => {
  const original =
    detail.originalStepId === undefined ? undefined : await client.fetchStep(detail.originalStepId, signal);
  const runId = original?.ok === true ? original.value.runId : undefined;
  printProblem({
    message: `Step ${detail.attempt.name} was cached and has no log of its own.`,
    hint:
      runId === undefined
        ? 'See the log of the original run.'
        : `Log of the original run: \`${formatZentopCommand(['logs', runId, detail.attempt.name], settings.connectionArguments)}\``,
  });
  return 0;
};

const createNoSourceProblem = (step: string, source: string, names: readonly string[]): Problem => ({
  message: `Step ${step} has no log source “${source}”.`,
  hint: `Available: ${[...new Set(names)].join(', ')}.`,
  exitCode: 2,
  candidates: [],
});

const truncatedLogProblem: Problem = {
  message: `The server returns only the first ${formatCount(maxLogEntries)} log entries; the rest is not shown.`,
  hint: 'The full log is in the artifact store.',
  exitCode: 4,
  candidates: [],
};

const createNotStartedProblem = (name: string): Problem => ({
  message: `Step ${name} has not started, so there is no log yet.`,
  hint: 'Use -f to wait for it.',
  exitCode: 4,
  candidates: [],
});
