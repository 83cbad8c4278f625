import type {Command} from './command.js';
import {commands} from './commands.js';
import {keyLabel} from './key-label.js';

export type HelpEntry = {readonly keys: string; readonly title: string};
export type HelpSection = {readonly title: string; readonly entries: readonly HelpEntry[]};

type Where = 'list' | 'pane' | 'log' | 'both' | 'help' | 'field' | 'copying';

const titles: Readonly<Record<Where, string>> = {
  list: 'In the list',
  both: 'In the list and in the details',
  pane: 'In the details over the whole screen',
  log: 'In a log over the whole screen',
  help: 'In this help',
  field: 'In a line of text',
  copying: 'Where something is copied',
};

const whereOf = ({on}: Command): Where => {
  if (on.includes('list') && on.includes('pane')) {
    return 'both';
  }

  return on[0] ?? 'help';
};

/** Every command with all its keys, by where it can be given. */
export const helpSections: readonly HelpSection[] = (
  ['list', 'both', 'pane', 'log', 'field', 'copying', 'help'] as const
).map(where => ({
  title: titles[where],
  entries: commands
    .filter(command => whereOf(command) === where)
    .map(({keys, title}) => ({keys: keys.map(keyLabel).join(' '), title})),
}));
