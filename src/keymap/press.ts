import type {State} from '../store/state.js';
import {type Command, type Outcome, placeOf} from './command.js';
import {commandsOn} from './commands.js';
import {typedCharacter, typedOutcome, typedPaste} from './field-commands.js';
import type {Frame} from './frame.js';

export const commandFor = (key: string, state: State): Command | undefined =>
  commandsOn(placeOf(state), state.session.keys).find(({keys}) => keys.includes(key));

/** What a pressed key comes to: what its command does, or a notice that says why not; `undefined` for a key of no command. */
export const outcomeOf = (key: string, state: State, frame: Frame): Outcome | undefined => {
  const command = commandFor(key, state);
  if (command === undefined) {
    const text = placeOf(state) === 'field' ? typedCharacter(key, state) : undefined;
    return text === undefined ? undefined : typedOutcome(text);
  }

  const reason = command.whyNot?.(state, frame);
  return reason === undefined
    ? command.act(state, frame, key)
    : {action: {type: 'notice/shown', text: reason, tone: 'info'}};
};

/** A paste goes where text is typed, and is never taken for keys. */
export const pastedOutcome = (text: string, state: State): Outcome | undefined => {
  const typed = typedPaste(text, state);
  return typed === '' ? undefined : typedOutcome(typed);
};
