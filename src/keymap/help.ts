import {screenBelow} from '../store/screen.js';
import type {State} from '../store/state.js';
import type {Command, Place} from './command.js';
import {keymapOf} from './commands.js';
import {keyLabel} from './key-label.js';

export type HelpEntry = {readonly keys: string; readonly title: string};
export type HelpSection = {readonly title: string; readonly entries: readonly HelpEntry[]};

type Where = Place | 'both' | 'everywhere';

const titles: Readonly<Record<Where, string>> = {
  runs: 'In the list of runs',
  comparing: 'Where runs are compared',
  list: 'In the list of steps',
  both: 'In the list of steps and in the details',
  pane: 'In the details over the whole screen',
  log: 'In a log over the whole screen',
  everywhere: 'On every screen',
  help: 'In this help',
  field: 'In a line of text',
  copying: 'Where something is copied',
  choosing: 'Where a project or a server is chosen',
};

const whereOf = ({on}: Command): Where => {
  if (on.includes('list') && on.includes('runs')) {
    return 'everywhere';
  }

  if (on.includes('list') && on.includes('pane')) {
    return 'both';
  }

  return on[0] ?? 'help';
};

const sectionOf = (where: Where, chosen?: State['session']['keys']): HelpSection => ({
  title: titles[where],
  entries: keymapOf(chosen)
    .commands.filter(command => whereOf(command) === where)
    .map(({keys, title}) => ({keys: keys.map(keyLabel).join(' '), title})),
});

/** Where the reader of a screen can press keys, the screen itself first. */
const placesOf: Readonly<Record<ReturnType<typeof screenBelow>['name'], readonly Where[]>> = {
  runs: ['runs', 'everywhere', 'field', 'choosing', 'comparing'],
  comparing: ['comparing', 'everywhere'],
  run: ['list', 'both', 'pane', 'log', 'everywhere', 'field', 'copying'],
};

const all: readonly Where[] = [
  'list',
  'both',
  'pane',
  'log',
  'everywhere',
  'runs',
  'comparing',
  'field',
  'copying',
  'choosing',
  'help',
];

/** Every command with all its keys, by where it can be given. */
export const helpSections: readonly HelpSection[] = all.map(where => sectionOf(where));

/** The same with the keys that are in force, what holds on this screen first. */
export const helpSectionsOn = ({screen, session}: Pick<State, 'screen' | 'session'>): readonly HelpSection[] => {
  const first = placesOf[screenBelow(screen).name];
  return [...first, ...all.filter(where => !first.includes(where))].map(where => sectionOf(where, session.keys));
};
