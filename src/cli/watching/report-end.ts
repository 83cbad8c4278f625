import {failWithFailure} from '../../connection/explain-failure.js';
import {formatTrimmedDuration} from '../../format/duration.js';
import {getRunExitCode as runExitCode} from '../../report/exit-code.js';
import type {State} from '../../store/state.js';
import {getSignalExitCode as signalExitCode} from '../../terminal/exit.js';
import {printProblem} from '../printing/print.js';
import type {FollowEnd} from './follow-run.js';
import type {LineOptions} from './line-options.js';
import {timeoutExitCode} from './screen-exit.js';

/** The exit code of following a run to its end or to ours, and on standard error why it was ours. */
export const reportFollowEnd = (end: FollowEnd, {watch: known}: State, {opened, watch}: LineOptions): number => {
  switch (end.by) {
    case 'run':
      return runExitCode(known?.run?.status ?? 'unknown');

    case 'recording': {
      const status = known?.run?.statusWord ?? 'unknown';
      printProblem({
        message: `The recording ends here: the run is ${status}, and went on.`,
        hint: 'What became of it is only in a recording that goes on to its end.',
        exitCode: 4,
        candidates: [],
      });
      return 4;
    }

    case 'reader':
      return watch.exitsAsRun && known?.run !== undefined && known.overAt !== undefined
        ? runExitCode(known.run.status)
        : 0;

    case 'timeout': {
      const status = known?.run?.statusWord ?? 'unknown';
      const waited = formatTrimmedDuration(watch.timeoutMs ?? 0);
      if (watch.output !== 'quiet') {
        printProblem({
          message: `The run is not over after ${waited}: it is ${status}, and goes on.`,
          hint: 'Wait longer with a longer `--timeout`, or without one.',
          exitCode: 4,
          candidates: [],
        });
      }

      return timeoutExitCode;
    }

    case 'lost': {
      const {problem} = failWithFailure(end.failure, opened.connection.explainContext);
      const message = `Gave up after ${formatTrimmedDuration(watch.giveUpAfterMs)}; the run goes on. ${problem.message}`;
      printProblem({...problem, message});
      return problem.exitCode;
    }

    case 'output':
      // Nobody reads on, as behind `| head`: that is no failure. Of another one `main` tells.
      return 0;

    default:
      return signalExitCode(end.by);
  }
};
