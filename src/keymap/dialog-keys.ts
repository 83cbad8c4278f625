import {dropLastCharacter} from '../domain/characters.js';
import {findConfirmationWord} from '../store/intervention/reduce-intervention.js';
import type {State} from '../store/state.js';
import type {CommandOutcome} from './command.js';
import {confirmIntervention} from './intervention-commands.js';

/** The text being typed in the open dialog: the word that confirms, or a field of an answer. `undefined` if it takes no text. */
const findDialogText = ({screen}: State): string | undefined => {
  if (screen.name === 'answering') {
    return screen.texts[screen.focus] ?? '';
  }

  return screen.name === 'confirming' && findConfirmationWord(screen.intervention) !== undefined
    ? screen.typed
    : undefined;
};

const findCharacter = (key: string): string | undefined =>
  key === 'space' ? ' ' : [...key].length === 1 ? key : undefined;

const typeInto = (state: State, text: string): CommandOutcome => ({
  action: {type: state.screen.name === 'answering' ? 'answering/typed' : 'confirming/typed', text},
});

/**
 * What a key does in a dialog: it edits the dialog's text, or closes a confirmation that takes no text unless it is the key of a
 * command (`isCommand`). `undefined` if the key is left to the commands.
 */
export const findDialogOutcome = (key: string, state: State, isCommand: boolean): CommandOutcome | undefined => {
  const {screen} = state;
  if (screen.name !== 'confirming' && screen.name !== 'answering') {
    return undefined;
  }

  const text = findDialogText(state);
  if (text === undefined) {
    return isCommand ? undefined : {action: {type: 'dialog/closed'}};
  }

  if (key === 'backspace' || key === 'delete') {
    return typeInto(state, dropLastCharacter(text));
  }

  if (key === 'return' && screen.name === 'confirming' && text === findConfirmationWord(screen.intervention)) {
    return confirmIntervention(state);
  }

  const character = findCharacter(key);
  return character === undefined ? undefined : typeInto(state, text + character);
};

/** A paste goes into the open dialog, on one line; `undefined` if no open dialog takes text. */
export const findDialogPaste = (pasted: string, state: State): CommandOutcome | undefined => {
  const text = findDialogText(state);
  return text === undefined ? undefined : typeInto(state, text + pasted.trim().replace(/\s+/g, ' '));
};
