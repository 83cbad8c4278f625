import type {RunId} from '../../domain/ids.js';
import {getRunExitCode, timeoutExitCode} from '../../report/exit-code.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {State} from '../../store/state.js';
import {getSignalExitCode} from '../../terminal/exit.js';
import type {WatchOptions} from '../options/watch-options.js';
import type {ExitCause} from './effects.js';

const interruptedExitCode = 130;

/** The requested run, wherever the user has navigated since; `undefined` if another run has replaced it. */
export const findRequestedRun = (
  {openRun, runTrail, runs}: State,
  requestedId: RunId | undefined,
): OpenRun | undefined =>
  [...runTrail, openRun, runs.lastOpen].find(each => each !== undefined && each.runId === requestedId);

/** The state with the requested run open again if the user quit from the list of runs. */
export const withRequestedRun = (state: State, requestedId: RunId | undefined): State =>
  state.openRun === undefined ? {...state, openRun: findRequestedRun(state, requestedId)} : state;

/** The exit code after the screen is closed: quitting is success, unless the run's own status is requested. */
export const getScreenExitCode = (
  {by}: ExitCause,
  openRun: OpenRun | undefined,
  {shouldExitWithRunStatus}: Pick<WatchOptions, 'shouldExitWithRunStatus'>,
): number => {
  switch (by) {
    case 'user':
      return shouldExitWithRunStatus && openRun?.run !== undefined && openRun.overAt !== undefined
        ? getRunExitCode(openRun.run.status)
        : 0;

    case 'interrupt':
      return interruptedExitCode;

    case 'timeout':
      return timeoutExitCode;

    default:
      return getSignalExitCode(by);
  }
};
