import type {Row} from '../../src/store/list/rows.js';
import type {OpenRun} from '../../src/store/run/open-run.js';
import {getRows} from '../../src/store/selectors.js';
import type {State} from '../../src/store/state.js';

/** The state with the cursor on an entry of the list, given by its key, such as `step:train` or `group:map-1`. */
export const withSelected = (state: State, selectedKey: string): State =>
  state.openRun === undefined
    ? state
    : {
        ...state,
        openRun: {
          ...state.openRun,
          list: {...state.openRun.list, selectedKey, wantedKey: undefined, isFollowing: false, trail: []},
        },
      };

/** The rows below that of the run. */
export const getStepRows = (openRun: OpenRun): readonly Row[] =>
  getRows(openRun).rows.filter(({kind}) => kind !== 'this-run');
