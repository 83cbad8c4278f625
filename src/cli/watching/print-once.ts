import {failWithFailure} from '../../connection/explain-failure.js';
import type {Failure} from '../../domain/failure.js';
import {isRunOver} from '../../domain/run.js';
import {buildRunUrl} from '../../domain/run-url.js';
import {maxTimerMs} from '../../domain/timer.js';
import {pluralize} from '../../format/plural.js';
import {missingGraphText} from '../../report/completeness.js';
import {buildDocument} from '../../report/document.js';
import {getRunExitCode, timeoutExitCode} from '../../report/exit-code.js';
import {formatSafeJson} from '../../report/json-values.js';
import {renderRunState} from '../../report/render-change.js';
import {fetchKnownRun} from '../opening/fetch-known-run.js';
import {fetchRunProject} from '../opening/fetch-run-project.js';
import {incompleteRecordingProblem} from '../opening/run-time.js';
import {createChangeFormatter} from '../printing/change-formatter.js';
import {printNote, printProblem} from '../printing/print.js';
import {openStandardOutput} from '../printing/standard-output.js';
import type {LineOptions} from './line-options.js';

/** The default timeout in milliseconds; a run of 5,000 steps takes about 15 seconds. */
const maxFetchMs = 600_000;

/** Prints the current state of the run. Returns the exit code for its status, 0 while it is running, or that of the problem. */
export const printOnce = async ({opened, watch, isDemo, remainingMs}: LineOptions): Promise<number> => {
  const {connection, resolved} = opened;
  const {run} = resolved;
  if (watch.output === 'quiet' && isRunOver(run)) {
    return getRunExitCode(run.status);
  }

  const signal = AbortSignal.timeout(Math.min(remainingMs ?? maxFetchMs, maxTimerMs));
  const [info, project, fetched] = await Promise.all([
    connection.serverInfo,
    fetchRunProject(connection, run, signal),
    fetchKnownRun(opened, signal),
  ]);
  if (!fetched.ok) {
    return printFetchFailure(fetched.failure, opened, remainingMs !== undefined && signal.aborted);
  }

  const {bareCount, isGraphMissing, ...known} = fetched.value;
  if (bareCount > 0) {
    printNote(`The server could not return the details of ${pluralize(bareCount, 'step')}.`);
  }

  if (isGraphMissing) {
    printNote(missingGraphText);
  }

  const server = info.ok ? info.value : undefined;
  const {serverUrl} = connection;
  const url = isDemo ? undefined : buildRunUrl({run, server, serverUrl, projectName: project?.name});
  const output = openStandardOutput();
  if (watch.output === 'json') {
    const context = {serverUrl, serverVersion: server?.version, projectName: project?.name, url};
    output.write(`${formatSafeJson(buildDocument(known, context), output.isTty)}\n`);
  } else {
    output.write(createChangeFormatter(watch, output.isTty).formatLines(renderRunState(known, url)));
  }

  return known.isOver ? getRunExitCode(run.status) : 0;
};

const printFetchFailure = (
  failure: Failure,
  {connection, time}: LineOptions['opened'],
  hasTimedOut: boolean,
): number => {
  const problem =
    time.replay === undefined
      ? failWithFailure(failure, connection.explainContext).problem
      : incompleteRecordingProblem;
  printProblem(problem);
  return hasTimedOut ? timeoutExitCode : problem.exitCode;
};
