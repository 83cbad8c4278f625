import type {RunId} from '../../domain/ids.js';
import {isRunOver} from '../../domain/run.js';
import {hasEventStream} from '../../domain/server.js';
import type {State} from '../state.js';
import {getBaseScreen} from '../ui/screen.js';

/** The run whose event stream is useful: on the screen, in progress, and on a server that may have one. */
export const findStreamedRun = (state: State): RunId | undefined => {
  const {openRun, server, session, screen, isPaused} = state;
  const isShown = getBaseScreen(screen).name === 'run' && session.isScreenless !== true && !isPaused;
  const isReplay = session.replaySpeed !== undefined;
  const run = openRun?.run;
  const isInProgress = run !== undefined && !isRunOver(run) && openRun?.overAt === undefined;
  return isShown && !isReplay && isInProgress && state.outage === undefined && hasEventStream(server)
    ? run.id
    : undefined;
};
