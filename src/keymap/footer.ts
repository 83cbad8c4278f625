import type {State} from '../store/state.js';
import {type Command, selectKeyContext} from './command.js';
import {getCommands} from './commands.js';
import type {ScreenFrame} from './frame.js';
import {formatKey} from './key-label.js';

export type FooterEntry = {readonly keys: string; readonly word: string};

/** Cells between two entries. */
export const footerGap = 2;

const essentialWords: readonly string[] = ['help', 'quit', 'back', 'answer'];

/**
 * These stay longest when the footer gets narrow: help and how to leave; how to answer the question of the run; the key to other
 * runs if the open one is gone.
 */
const isEssential = ({word}: FooterEntry, {openRun}: State): boolean =>
  essentialWords.includes(word) || (word === 'runs' && openRun?.goneAt !== undefined);

/** The entries of available commands that fit into `columns` cells; entries that do not fit are left out. */
export const buildFooterEntries = (state: State, frame: ScreenFrame, columns: number): readonly FooterEntry[] => {
  const kept = [...getAvailableEntries(state, frame)];
  while (kept.length > 0 && measureEntries(kept, state) > columns) {
    const dispensable = kept.findLastIndex(entry => !isEssential(entry, state));
    kept.splice(dispensable === -1 ? 0 : dispensable, 1);
  }

  return kept;
};

const measureEntries = (entries: readonly FooterEntry[], {session}: State): number =>
  entries.reduce((width, {keys, word}) => width + session.measureText(`${keys} ${word}`) + footerGap, -footerGap);

const getAvailableEntries = (state: State, frame: ScreenFrame): readonly FooterEntry[] => {
  const entries: FooterEntry[] = [];
  for (const command of getCommands(selectKeyContext(state), state.session.keys)) {
    const word = getFooterWord(command, state, frame);
    if (word === undefined || command.whyNot?.(state, frame) !== undefined) {
      continue;
    }

    const key = formatKey(command.keys[0] ?? '');
    const last = entries.at(-1);
    if (last?.word === word) {
      entries[entries.length - 1] = {keys: `${last.keys}/${key}`, word};
    } else {
      entries.push({keys: key, word});
    }
  }

  return entries;
};

const getFooterWord = ({short}: Command, state: State, frame: ScreenFrame): string | undefined =>
  typeof short === 'function' ? short(state, frame) : short;
