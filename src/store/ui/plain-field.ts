import type {Field, FieldAction, FieldPurpose} from './field.js';
import {reduceBoundField} from './reduce-field.js';

/** Input lines that have no effect until they are accepted: a command, the tags of a run. */
const plainPurposes: ReadonlySet<FieldPurpose | undefined> = new Set(['command', 'tags']);

const findPurpose = (field: Field | undefined, action: FieldAction): FieldPurpose | undefined =>
  action.type === 'field/opened' ? action.purpose : field?.purpose;

/** Whether the line being typed, or about to be, is of this kind. */
export const isPlainField = (field: Field | undefined, action: FieldAction): boolean =>
  plainPurposes.has(findPurpose(field, action));

export const reducePlainField = (field: Field | undefined, action: FieldAction): Field | undefined => {
  const purpose = findPurpose(field, action) ?? 'command';
  return reduceBoundField({read: () => '', write: () => undefined}, purpose, undefined, field, action).field;
};
