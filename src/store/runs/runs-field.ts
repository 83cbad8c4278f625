import {type Field, type FieldAction, type Line, reduceLine} from '../field.js';
import type {State} from '../state.js';
import {withFilter} from './reduce-runs-list.js';
import type {Runs} from './runs.js';

const filterLine: Line<Runs> = {read: runs => runs.filter, write: withFilter};

/** The filter of the list while it is typed. */
export const reduceRunsField = (state: State, action: FieldAction): State => {
  const {owner, field} = reduceLine<Runs>(filterLine, 'runs', state.runs, state.field, action);
  return {...state, runs: owner, field};
};

/** Whether a line that is typed, or is about to be, is the filter of the list of runs. */
export const isRunsField = (field: Field | undefined, action: FieldAction): boolean =>
  (action.type === 'field/opened' ? action.purpose : field?.purpose) === 'runs';
