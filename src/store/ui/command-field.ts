import {type Field, type FieldAction, reduceBoundField} from './field.js';

/** Whether the line being typed, or about to be, is a command. */
export const isCommandField = (field: Field | undefined, action: FieldAction): boolean =>
  (action.type === 'field/opened' ? action.purpose : field?.purpose) === 'command';

/** A command changes nothing before it is accepted. */
export const reduceCommandField = (field: Field | undefined, action: FieldAction): Field | undefined =>
  reduceBoundField({read: () => '', write: () => undefined}, 'command', undefined, field, action).field;
