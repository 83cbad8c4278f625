import {exitCodeOf as runExitCode} from '../report/exit-code.js';
import type {State} from '../store/state.js';
import {exitCodeOf as signalExitCode} from '../terminal/exit.js';
import type {WatchOptions} from './command-line.js';
import type {Leaving} from './effects.js';

/** What `timeout(1)` and its like exit with when the time ran out. */
export const timeoutExitCode = 124;
export const interruptedExitCode = 130;

/** The exit code of a screen that was left: the reader quit is success, unless the run's own end was asked for. */
export const exitCodeOnLeaving = ({by}: Leaving, state: State, {exitsAsRun}: WatchOptions): number => {
  // The run that was asked for, wherever the reader has gone from there.
  const watch = state.runsBefore[0] ?? state.watch;
  switch (by) {
    case 'reader':
      return exitsAsRun && watch?.run !== undefined && watch.overAt !== undefined ? runExitCode(watch.run.status) : 0;

    case 'interrupt':
      return interruptedExitCode;

    case 'timeout':
      return timeoutExitCode;

    default:
      return signalExitCode(by);
  }
};
