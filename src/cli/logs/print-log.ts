import type {Client} from '../../api/client.js';
import type {Connection} from '../../connection/open-connection.js';
import {overHttp} from '../../connection/open-transport.js';
import type {Problem} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import type {StepDetail} from '../../domain/attempt.js';
import {mostEntries} from '../../domain/log/tail.js';
import {formatCount} from '../../format/number.js';
import type {ConnectionOptions} from '../connection-options.js';
import {openRun} from '../open-run.js';
import {printProblem} from '../print.js';
import {presentTime} from '../run-time.js';
import {openStandardOutput} from '../standard-output.js';
import {noteUnverified} from '../unverified.js';
import {version} from '../version.js';
import {findStep} from './find-step.js';
import {followLog} from './follow-log.js';
import {createLogPrinter} from './log-printer.js';
import type {LogsOptions} from './logs-options.js';
import {chosenAttempt, explained, fetchLog, logProblem} from './step-log.js';

type Asked = {readonly logs: LogsOptions; readonly connection: ConnectionOptions};

const longestMs = 600_000;

/** Prints the log of a step; follows it where that is asked for. Answers the exit code. */
export const printLog = async (world: World, {logs, connection: wanted}: Asked): Promise<number> => {
  const signal = AbortSignal.timeout(longestMs);
  const way = {openTransport: overHttp(world, version), time: presentTime, onConnection: noteUnverified};
  const opened = await openRun(world, {run: logs.run, pipeline: undefined, connection: wanted}, way, signal);
  if (!opened.ok) {
    return explained(opened.problem);
  }

  const {connection, resolved} = opened.value;
  const step = await findStep(connection, resolved.run, logs.step, signal);
  if (!step.ok) {
    return explained(step.problem);
  }

  if (logs.isFollowed) {
    return followLog({connection, run: resolved.run, step: step.value, logs});
  }

  const chosen = chosenAttempt(step.value.attempts, logs);
  if (!chosen.ok) {
    return explained(chosen.problem);
  }

  if (chosen.value === undefined) {
    return explained(notStarted(step.value.name));
  }

  return printOnce(connection, chosen.value, logs, signal);
};

const printOnce = async (
  connection: Connection,
  detail: StepDetail,
  logs: LogsOptions,
  signal: AbortSignal,
): Promise<number> => {
  const names = detail.attempt.logSources.map(({source}) => source);
  if (logs.source !== undefined && names.length > 0 && !names.includes(logs.source)) {
    return explained(noSource(detail.attempt.name, logs.source, names));
  }

  const output = openStandardOutput();
  const entries = await fetchLog(connection.client, detail, logs, signal);
  if (!entries.ok) {
    return explained(logProblem(entries.failure, connection));
  }

  if (entries.value.length === 0 && detail.originalStepId !== undefined) {
    return sayOriginal(connection.client, detail, signal);
  }

  const printer = createLogPrinter(output.write, logs.hasTimes);
  printer.print(entries.value);
  printer.finish();
  if (entries.value.length >= mostEntries) {
    printProblem(cutShort);
  }

  return 0;
};

const sayOriginal = async (client: Client, detail: StepDetail, signal: AbortSignal): Promise<number> => {
  const original =
    detail.originalStepId === undefined ? undefined : await client.fetchStep(detail.originalStepId, signal);
  const runId = original?.ok === true ? original.value.runId : undefined;
  printProblem({
    what: `${detail.attempt.name} was taken from the cache, so it wrote no log.`,
    way: `See the original run${runId === undefined ? '' : `: \`zentop logs ${runId} ${detail.attempt.name}\``}.`,
    exitCode: 4,
    candidates: [],
  });
  return 0;
};

const noSource = (step: string, source: string, names: readonly string[]): Problem => ({
  what: `The step ${step} has no log “${source}”.`,
  way: `Those there are: ${[...new Set(names)].join(', ')}.`,
  exitCode: 2,
  candidates: [],
});

const cutShort: Problem = {
  what: `The server gives the first ${formatCount(mostEntries)} entries of a log: what was written after these is missing.`,
  way: 'The whole of it is in the artifact store.',
  exitCode: 4,
  candidates: [],
};

const notStarted = (name: string): Problem => ({
  what: `The step ${name} has not started: it has no log yet.`,
  way: 'With `-f` its log is printed once it has.',
  exitCode: 4,
  candidates: [],
});
