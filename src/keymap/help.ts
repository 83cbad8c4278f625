import type {Place} from './command.js';
import {commandsOn} from './commands.js';
import {keyLabel} from './key-label.js';

export type HelpEntry = {readonly keys: string; readonly title: string};
export type HelpSection = {readonly title: string; readonly entries: readonly HelpEntry[]};

const sectionTitles: Readonly<Record<Place, string>> = {
  list: 'In the list',
  pane: 'In the details over the whole screen',
  help: 'In this help',
};

/** Every command of a place, with all its keys. */
export const helpSection = (place: Place): HelpSection => ({
  title: sectionTitles[place],
  entries: commandsOn(place).map(({keys, title}) => ({keys: keys.map(keyLabel).join(' '), title})),
});

/** All of help, the place from where it was called first. */
export const helpSections = (from: Place): readonly HelpSection[] =>
  (['list', 'pane', 'help'] as const).toSorted((a, b) => Number(b === from) - Number(a === from)).map(helpSection);
