import type {Client} from '../../api/client.js';
import {failWithFailure} from '../../connection/explain-failure.js';
import type {Connection} from '../../connection/open-connection.js';
import {failWith, failWithUsageError, type Outcome, type Problem, succeedWith} from '../../connection/problem.js';
import type {StepDetail} from '../../domain/attempt.js';
import {findRootFailures} from '../../domain/blockers.js';
import type {Failure} from '../../domain/failure.js';
import type {LogEntry} from '../../domain/log/entry.js';
import {findLogsIdToSend, pickStepLogSource} from '../../domain/log/pick-source.js';
import {withDag} from '../../domain/merge-steps.js';
import {fail, type Result, succeed} from '../../domain/result.js';
import {isRunOver, type Run} from '../../domain/run.js';
import {isFinished, isUnsuccessful} from '../../domain/status.js';
import {findLatestAttempt} from '../../domain/step.js';
import {emptyStepTable} from '../../domain/step-table.js';
import {formatZentopCommand} from '../../domain/zentop-command.js';
import {printProblem} from '../printing/print.js';
import type {LogsOptions} from './logs-options.js';

/** Prints the problem and returns its exit code. */
export const reportProblem = (problem: Problem): number => {
  printProblem(problem);
  return problem.exitCode;
};

/**
 * Why attempt `wanted` cannot be found: servers before 0.84 do not number attempts. `undefined` if attempts are numbered, if none
 * has started, or if none is wanted in particular.
 */
export const findUnnumberedProblem = (
  attempts: readonly StepDetail[],
  {attempt: wanted}: Pick<LogsOptions, 'attempt'>,
): Problem | undefined =>
  wanted === undefined || attempts.every(({attempt}) => attempt.isNumbered)
    ? undefined
    : failWithUsageError(
        `Cannot find attempt ${wanted} of step ${attempts[0]?.attempt.name}: the server does not number attempts.`,
        'On servers before ZenML 0.84, one log contains all attempts; omit --attempt to see it.',
      ).problem;

/** The selected attempt, else the latest; `undefined` if there is none yet. */
export const chooseAttempt = (
  attempts: readonly StepDetail[],
  {attempt: number}: LogsOptions,
): Outcome<StepDetail | undefined> => {
  const unnumberedProblem = findUnnumberedProblem(attempts, {attempt: number});
  if (unnumberedProblem !== undefined) {
    return failWith(unnumberedProblem);
  }

  const chosen = number === undefined ? attempts.at(-1) : attempts.find(({attempt}) => attempt.number === number);
  if (chosen !== undefined || number === undefined || attempts.length === 0) {
    return succeedWith(chosen);
  }

  const numbers = attempts.map(({attempt}) => attempt.number).join(', ');
  return failWithUsageError(`Step ${attempts[0]?.attempt.name} has no attempt ${number}.`, `Attempts: ${numbers}.`);
};

/** Fetches the log from the named source, else the output of the step's own code. */
export const fetchStepLog = async (
  client: Client,
  {attempt}: StepDetail,
  {source}: Pick<LogsOptions, 'source'>,
  signal: AbortSignal,
): Promise<Result<readonly LogEntry[]>> => {
  const {id, logSources, status} = attempt;
  const chosen =
    source === undefined
      ? pickStepLogSource(logSources, isFinished(status))
      : logSources.findLast(each => each.source === source);
  const query = {source: chosen?.source ?? source ?? 'step', logsId: findLogsIdToSend(logSources, chosen)};
  const response = await client.fetchStepLogs(id, query, signal);
  return response.ok ? succeed(response.value) : fail(response.failure);
};

/**
 * Explains why a log could not be fetched, for example that a remote server cannot read a directory of the machine that ran the
 * step.
 */
export const explainLogFailure = (failure: Failure, {explainContext}: Connection): Problem => {
  const isLocalStore = failure.kind === 'forbidden' && /\blocal artifact store\b/i.test(failure.detail);
  return isLocalStore
    ? {
        message: `The server cannot access the files of this artifact store: ${failure.detail}`,
        hint:
          'Use a server started with `zenml login --local` on the machine that ran the step, or set ' +
          'ZENML_SERVER_ALLOW_LOCAL_FILE_ACCESS=true on a server that can see the directory.',
        exitCode: 4,
        candidates: [],
      }
    : failWithFailure(failure, explainContext).problem;
};

/** Why a step that has not started will never start; `undefined` if it can still start. */
export const findNeverRunProblem = async (
  {client, settings}: Connection,
  run: Run,
  name: string,
  signal: AbortSignal,
): Promise<Problem | undefined> => {
  if (!isRunOver(run) && !isUnsuccessful(run.status)) {
    return undefined;
  }

  const dag = await client.fetchDag(run.id, signal);
  const roots = dag.ok ? findRootFailures(withDag(emptyStepTable, dag.value), name) : [];
  if (roots.length === 0 && !isRunOver(run)) {
    return undefined;
  }

  const [root] = roots;
  const message =
    root === undefined
      ? `Step ${name} did not run: the run ended before it started.`
      : `Step ${name} ${isRunOver(run) ? 'did' : 'will'} not run: step ${root.name}, upstream of it, ${findLatestAttempt(root)?.statusWord}.`;
  const words = root === undefined ? [run.id] : ['logs', run.id, root.name];
  const hint = `See \`${formatZentopCommand(words, settings.connectionArguments)}\`.`;
  return {message, hint, exitCode: 4, candidates: []};
};
