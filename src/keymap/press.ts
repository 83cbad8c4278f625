import type {State} from '../store/state.js';
import {type Command, type CommandOutcome, selectKeyContext} from './command.js';
import {getCommands} from './commands.js';
import {findDialogOutcome, findDialogPaste} from './dialog-keys.js';
import {cleanPaste, findTypedCharacter, typeText} from './field-commands.js';
import type {ScreenFrame} from './frame.js';
import {explainUnboundKey} from './unbound-key.js';

const findCommand = (key: string, state: State): Command | undefined =>
  getCommands(selectKeyContext(state), state.session.keys).find(({keys}) => keys.includes(key));

/**
 * Finds the outcome of a key press: that of its command, or a notice that says why the command is unavailable or, if the key has
 * none on this screen, which screen has one for it.
 */
export const findKeyOutcome = (key: string, state: State, frame: ScreenFrame): CommandOutcome => {
  const command = findCommand(key, state);
  const dialogOutcome = findDialogOutcome(key, state, command !== undefined);
  if (dialogOutcome !== undefined) {
    return dialogOutcome;
  }

  if (command === undefined) {
    const text = selectKeyContext(state) === 'field' ? findTypedCharacter(key, state) : undefined;
    return text === undefined ? showNotice(explainUnboundKey(key, state)) : typeText(text);
  }

  const reason = command.whyNot?.(state, frame);
  return reason === undefined ? command.act(state, frame, key) : showNotice(reason);
};

const showNotice = (text: string): CommandOutcome => ({action: {type: 'notice/shown', text, tone: 'info'}});

/**
 * A paste goes into the open text input and is never interpreted as keys; `undefined` if nothing is left of it or no input is open.
 */
export const findPasteOutcome = (text: string, state: State): CommandOutcome | undefined => {
  const typed = cleanPaste(text, state);
  return findDialogPaste(text, state) ?? (typed === '' ? undefined : typeText(typed));
};
