import type {RunId} from '../../domain/ids.js';
import {isRunOver} from '../../domain/run.js';
import {isLoaded} from '../../report/completeness.js';
import type {State} from '../../store/state.js';

/**
 * Returns a function that says whether the open run has been seen in progress, with all its steps loaded, in one of the
 * states it was called with before. Only what happens to such a run is news: opening a run that failed long ago is not.
 */
export const createProgressMemory = (): ((state: State) => boolean) => {
  const seenIds = new Set<RunId>();
  return state => {
    const {openRun} = state;
    if (openRun === undefined) {
      return false;
    }

    const wasSeen = seenIds.has(openRun.runId);
    if (!wasSeen && openRun.run !== undefined && !isRunOver(openRun.run) && isLoaded(state)) {
      seenIds.add(openRun.runId);
    }

    return wasSeen;
  };
};
