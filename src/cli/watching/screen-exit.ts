import type {RunId} from '../../domain/ids.js';
import {getRunExitCode as runExitCode} from '../../report/exit-code.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {State} from '../../store/state.js';
import {getSignalExitCode as signalExitCode} from '../../terminal/exit.js';
import type {WatchOptions} from '../options/watch-options.js';
import type {ExitCause} from './effects.js';

/** What `timeout(1)` and its like exit with when the time ran out. */
export const timeoutExitCode = 124;
export const interruptedExitCode = 130;

/** The run that was asked for, wherever the reader has gone from there; `undefined` where it was left for another for good. */
export const findRequestedWatch = ({watch, runsBefore, runs}: State, asked: RunId | undefined): OpenRun | undefined =>
  [...runsBefore, watch, runs.left].find(each => each !== undefined && each.runId === asked);

/** The state with the run that was asked for on the screen again where the reader left in the list of runs. */
export const withRequestedRun = (state: State, asked: RunId | undefined): State =>
  state.watch === undefined ? {...state, watch: findRequestedWatch(state, asked)} : state;

/** The exit code of a screen that was left: the reader quit is success, unless the run's own end was asked for. */
export const getScreenExitCode = (
  {by}: ExitCause,
  watch: OpenRun | undefined,
  {exitsAsRun}: Pick<WatchOptions, 'exitsAsRun'>,
): number => {
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
