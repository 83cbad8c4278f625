import {failWithFailure} from '../../connection/explain-failure.js';
import type {Failure} from '../../domain/failure.js';
import type {Run} from '../../domain/run.js';
import {isEndDoubtful} from '../../domain/run-end.js';
import {formatZentopCommand} from '../../domain/zentop-command.js';
import {formatTrimmedDuration} from '../../format/duration.js';
import {isGraphMissing, missingGraphText} from '../../report/completeness.js';
import {getRunExitCode, timeoutExitCode} from '../../report/exit-code.js';
import type {State} from '../../store/state.js';
import {type EndingSignal, getSignalExitCode} from '../../terminal/exit.js';
import {printNote, printProblem} from '../printing/print.js';
import type {LineOptions} from './line-options.js';

/** Why following ended. */
export type FollowEnd =
  | {readonly by: 'run' | 'recording' | 'user' | 'timeout' | 'gone' | EndingSignal}
  | {readonly by: 'lost'; readonly failure: Failure}
  | {readonly by: 'output'; readonly error: NodeJS.ErrnoException};

/** Returns the exit code for how following ended, and explains it on standard error unless the run ended or the user ended it. */
export const reportFollowEnd = (end: FollowEnd, state: State, {opened, watch}: LineOptions): number => {
  const {openRun} = state;
  switch (end.by) {
    case 'run':
      if (isGraphMissing(state) && watch.output !== 'quiet') {
        printNote(missingGraphText);
      }

      return getRunExitCode(openRun?.run?.status ?? 'unknown');

    case 'recording': {
      printProblem({
        message: `The recording ends here; the run was still ${describeProgress(openRun?.run)}.`,
        hint: 'To get the outcome, record a run until it ends.',
      });
      return 4;
    }

    case 'user':
      return watch.shouldExitWithRunStatus && openRun?.run !== undefined && openRun.overAt !== undefined
        ? getRunExitCode(openRun.run.status)
        : 0;

    case 'timeout': {
      const waitingTime = formatTrimmedDuration(watch.timeoutMs ?? 0);
      if (watch.output !== 'quiet') {
        printProblem({
          message: `Timed out after ${waitingTime}; the run is still ${describeProgress(openRun?.run)}.`,
          hint: 'Use a longer --timeout, or none.',
        });
      }

      return timeoutExitCode;
    }

    case 'gone': {
      const status = openRun?.run?.statusWord ?? 'unknown';
      const {serverUrl, settings} = opened.connection;
      printProblem({
        message: `The run no longer exists on ${serverUrl}; it was ${status} when last seen.`,
        hint: `It was deleted, or the server has a new database. \`${formatZentopCommand(['runs'], settings.connectionArguments)}\` lists the runs that exist.`,
      });
      return 4;
    }

    case 'lost': {
      const {problem} = failWithFailure(end.failure, opened.connection.explainContext);
      const message = `Gave up after ${formatTrimmedDuration(watch.giveUpAfterMs)} without the server; the run itself is unaffected. ${problem.message}`;
      printProblem({...problem, message});
      return problem.exitCode;
    }

    case 'output':
      // A closed pipe, as with `| head`, is not a failure; `main` reports others.
      return 0;

    default:
      return getSignalExitCode(end.by);
  }
};

/** The status of a run that is not over; `in progress` if it has failed but other steps are running. */
const describeProgress = (run: Run | undefined): string =>
  run !== undefined && isEndDoubtful(run) ? 'in progress' : (run?.statusWord ?? 'unknown');
