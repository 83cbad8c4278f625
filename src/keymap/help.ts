import type {State} from '../store/state.js';
import {getBaseScreen} from '../store/ui/screen.js';
import type {Command, KeyContext} from './command.js';
import {getKeymap} from './commands.js';
import {formatKey} from './key-label.js';

export type HelpEntry = {readonly keys: string; readonly title: string};
export type HelpSection = {readonly title: string; readonly entries: readonly HelpEntry[]};

type HelpGroup = KeyContext | 'both' | 'everywhere';

const titleByGroup: Readonly<Record<HelpGroup, string>> = {
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

const getHelpGroup = ({on}: Command): HelpGroup => {
  if (on.includes('list') && on.includes('runs')) {
    return 'everywhere';
  }

  if (on.includes('list') && on.includes('pane')) {
    return 'both';
  }

  return on[0] ?? 'help';
};

const buildHelpSection = (where: HelpGroup, chosen?: State['session']['keys']): HelpSection => ({
  title: titleByGroup[where],
  entries: getKeymap(chosen)
    .commands.filter(command => getHelpGroup(command) === where)
    .map(({keys, title}) => ({keys: keys.map(formatKey).join(' '), title})),
});

/** Where the reader of a screen can press keys, the screen itself first. */
const groupsByScreen: Readonly<Record<ReturnType<typeof getBaseScreen>['name'], readonly HelpGroup[]>> = {
  runs: ['runs', 'everywhere', 'field', 'choosing', 'comparing'],
  comparing: ['comparing', 'everywhere'],
  run: ['list', 'both', 'pane', 'log', 'everywhere', 'field', 'copying'],
};

const allGroups: readonly HelpGroup[] = [
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
export const helpSections: readonly HelpSection[] = allGroups.map(where => buildHelpSection(where));

/** The same with the keys that are in force, what holds on this screen first. */
export const selectHelpSections = ({screen, session}: Pick<State, 'screen' | 'session'>): readonly HelpSection[] => {
  const first = groupsByScreen[getBaseScreen(screen).name];
  return [...first, ...allGroups.filter(where => !first.includes(where))].map(where =>
    buildHelpSection(where, session.keys),
  );
};
