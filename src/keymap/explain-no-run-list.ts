import {selectProjectId} from '../store/runs/runs-needs.js';
import type {State} from '../store/state.js';

/** Why the run list cannot be shown, in words for the user; `undefined` if it can. */
export const explainNoRunList = (state: State): string | undefined => {
  if (state.session.replaySpeed !== undefined) {
    return 'a recording has no run list';
  }

  return selectProjectId(state) === undefined ? 'the project of this run is not known yet' : undefined;
};
