import type {State} from '../state.js';
import type {Field, FieldAction} from '../ui/field.js';
import {type FieldBinding, reduceBoundField} from '../ui/reduce-field.js';
import {withRunFilter} from './reduce-runs-list.js';
import type {Runs} from './runs.js';

const filterBinding: FieldBinding<Runs> = {read: runs => runs.filter, write: withRunFilter};

/** The filter of the list while it is being typed. */
export const reduceRunsField = (state: State, action: FieldAction): State => {
  const {owner, field} = reduceBoundField<Runs>(filterBinding, 'runs', state.runs, state.field, action);
  return {...state, runs: owner, field};
};

/** Whether the line being typed, or about to be, is the filter of the list of runs. */
export const isRunsField = (field: Field | undefined, action: FieldAction): boolean =>
  (action.type === 'field/opened' ? action.purpose : field?.purpose) === 'runs';
