import type {State} from '../../src/store/state.js';

/** The state with the cursor on an entry of the list, given by its key, such as `step:train` or `group:map-1`. */
export const withSelected = (state: State, selected: string): State =>
  state.openRun === undefined
    ? state
    : {
        ...state,
        openRun: {
          ...state.openRun,
          list: {...state.openRun.list, selected, wanted: undefined, isFollowing: false, trail: []},
        },
      };
