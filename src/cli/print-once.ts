import type {Timing} from '../api/answer.js';
import {problemOf} from '../connection/explain-failure.js';
import type {Failure} from '../domain/failure.js';
import {isRunOver} from '../domain/run.js';
import {isOver} from '../domain/run-over.js';
import {runUrl} from '../domain/run-url.js';
import {documentOf} from '../report/document.js';
import {exitCodeOf} from '../report/exit-code.js';
import {jsonText} from '../report/json-values.js';
import type {KnownRun} from '../report/known-run.js';
import {stateLines} from '../report/plain.js';
import {fetchWholeRun} from './fetch-whole-run.js';
import {findProject} from './find-project.js';
import {timeoutExitCode} from './leaving.js';
import type {LineOptions} from './line-options.js';
import {printProblem} from './print.js';
import {openStandardOutput} from './standard-output.js';
import {voiceFor} from './voice.js';

/** The longest that a state is fetched, in milliseconds: a run of 5,000 steps takes a quarter of a minute. */
const longestMs = 600_000;

/** Prints the state of the run as it is now. Answers how the run ended, or 0 while it goes on. */
export const printOnce = async ({opened, watch, isDemo}: LineOptions): Promise<number> => {
  const {connection, resolved, time} = opened;
  const {run, timing} = resolved;
  if (watch.output === 'quiet' && isRunOver(run)) {
    return exitCodeOf(run.status);
  }

  const signal = AbortSignal.timeout(watch.timeoutMs ?? longestMs);
  const [info, project] = await Promise.all([connection.serverInfo, findProject(connection, run, signal)]);
  const now = time.clock.now() + clockOffsetMs(timing);
  const whole = await fetchWholeRun(connection.client, run, signal);
  if (!whole.ok) {
    return explain(whole.failure, opened, watch.timeoutMs !== undefined && signal.aborted);
  }

  const server = info.ok ? info.value : undefined;
  const known: KnownRun = {run, ...whole.value, isOver: isOver(run, whole.value.table, now), now};
  const {serverUrl} = connection;
  const url = isDemo ? undefined : runUrl({run, server, serverUrl, projectName: project?.name});
  const output = openStandardOutput();
  if (watch.output === 'json') {
    const place = {serverUrl, serverVersion: server?.version, projectName: project?.name, url};
    output.write(`${jsonText(documentOf(known, place), output.isTty)}\n`);
  } else {
    output.write(voiceFor(watch, output.isTty).linesText(stateLines(known, url)));
  }

  return known.isOver ? exitCodeOf(run.status) : 0;
};

/** What to add to our clock to get the server's, whose Date is cut to whole seconds. */
const clockOffsetMs = ({askedAt, answeredAt, serverDateAt}: Timing): number =>
  serverDateAt === undefined ? 0 : Math.max(serverDateAt - answeredAt, Math.min(serverDateAt + 1000 - askedAt, 0));

const explain = (failure: Failure, {connection}: LineOptions['opened'], hasTimedOut: boolean): number => {
  const {problem} = problemOf(failure, connection.explainContext);
  printProblem(problem);
  return hasTimedOut ? timeoutExitCode : problem.exitCode;
};
