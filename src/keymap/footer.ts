import type {State} from '../store/state.js';
import {type Command, placeOf} from './command.js';
import {commandsOn} from './commands.js';
import type {Frame} from './frame.js';
import {keyLabel} from './key-label.js';

export type FooterEntry = {readonly keys: string; readonly word: string};

/** Cells between two entries. */
export const footerGap = 2;

/** These stay when all others have gone: the way to the others, and the way out. */
const lastToGo = new Set(['help', 'quit', 'back']);

/** The entries that fit into `columns` cells, whole ones only, of what can be done now. */
export const footerEntries = (state: State, frame: Frame, columns: number): readonly FooterEntry[] => {
  const kept = [...entriesOf(state, frame)];
  while (kept.length > 0 && widthOf(kept) > columns) {
    const dispensable = kept.findLastIndex(({word}) => !lastToGo.has(word));
    kept.splice(dispensable === -1 ? 0 : dispensable, 1);
  }

  return kept;
};

const widthOf = (entries: readonly FooterEntry[]): number =>
  entries.reduce((width, {keys, word}) => width + keys.length + 1 + word.length + footerGap, -footerGap);

const entriesOf = (state: State, frame: Frame): readonly FooterEntry[] => {
  const entries: FooterEntry[] = [];
  for (const command of commandsOn(placeOf(state), state.session.keys)) {
    const word = wordOf(command, state, frame);
    if (word === undefined || command.whyNot?.(state, frame) !== undefined) {
      continue;
    }

    const key = keyLabel(command.keys[0] ?? '');
    const last = entries.at(-1);
    if (last?.word === word) {
      entries[entries.length - 1] = {keys: `${last.keys}/${key}`, word};
    } else {
      entries.push({keys: key, word});
    }
  }

  return entries;
};

const wordOf = ({short}: Command, state: State, frame: Frame): string | undefined =>
  typeof short === 'function' ? short(state, frame) : short;
